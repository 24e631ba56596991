/**
 * Evidence becomes one calibrated surprise. A score is compared with the scores that its behaviour usually gives at such
 * a maturity; each family says its largest surprise; what they are worth together is calibrated again, as one statistic, per class of event.
 */
import { isModelled, type Reference, surprise as surpriseOf } from '@heedful/detect/calibrate/reference'
import type { Family } from '../behaviours/behaviour.ts'
import type { Event } from '../event.ts'
import type { Seen, Vouch } from '../features/feature.ts'
import { drawOf } from '../identity.ts'
import { sumOfFamilies } from './e-value.ts'
import type { Evidence } from './evidence.ts'
import { Sample, type SampleState } from './sample.ts'

export interface Weight {
  evidence: Evidence
  family: Family
  /** −ln p of this evidence alone. */
  surprise: number
}

export interface Weighed {
  /** −ln p of the event. */
  surprise: number
  modelled: boolean
  /** What the families are worth together: ln of an e-value, before it is calibrated. */
  sum: number
  /** What it was compared with. */
  kind: string
  weights: Weight[]
  vouch: Vouch
}

/** Events that an entity has lived through: newcomers are compared with newcomers. */
const BANDS = [3, 10, 30] as const
const band = (maturity: number): number => BANDS.filter((limit) => maturity >= limit).length

/** Events that are compared with each other. */
export function kindOf(event: Event, seen: Seen): string {
  return `${event.class} ${event.status}${seen.stranger ? ' of a stranger' : ''}`
}

export interface WeighState {
  samples: Map<string, SampleState>
  references: Map<string, Reference>
}

const ALL = 'all'

/** No single voice may say more: beyond, a tail that was modelled on a few hundred scores is fiction. */
const STRONGEST = 12

/** Just below the surprise from which on a family is worth anything (`logEvidence`): there 1 = κ·exp((1 − κ)·surprise). */
const LEAST_TOLD = 2

export class Weigher {
  private readonly samples = new Map<string, Sample>()
  private references: Map<string, Reference>

  constructor(saved?: WeighState) {
    this.references = saved?.references ?? new Map()
    for (const [key, sample] of saved?.samples ?? []) this.samples.set(key, new Sample(sample))
  }

  /** Pure: the same until the next epoch. `habits` false: only behaviours that need none may speak. */
  weigh(seen: Seen, evidence: readonly Evidence[], vouch: Vouch, habits: boolean): Weighed {
    const weights: Weight[] = []
    for (const one of evidence) {
      if (!habits && one.behaviour.needsHabit) continue
      weights.push({ evidence: one, family: one.behaviour.family, surprise: this.surprise(one) })
    }
    const sum = sumOfFamilies(weights, vouch)
    const kind = kindOf(seen.event, seen)
    return { ...this.calibrate(kind, sum, habits), sum, kind, weights, vouch }
  }

  /**
   * Surprising is what both find so: the entity's own habit, which may be too sure of itself, and the scores that others
   * got, among whom somebody is always the strangest.
   */
  private surprise({ behaviour, maturity, score, values }: Evidence): number {
    const reference = this.references.get(`${behaviour.id} ${band(maturity)}`) ?? this.references.get(behaviour.id)
    if (reference !== undefined) return Math.max(0, Math.min(score, STRONGEST, surpriseOf(reference, score)))
    return behaviour.surprise?.(values) ?? 0
  }

  /** −ln p of a sum of families, among events of the kind; without a reference the sum speaks for itself. */
  calibrate(kind: string, sum: number, habits: boolean): { surprise: number; modelled: boolean } {
    const reference = habits ? (this.references.get(`= ${kind}`) ?? this.references.get(`= ${ALL}`)) : undefined
    if (reference === undefined) return { surprise: sum, modelled: true }
    return { surprise: surpriseOf(reference, sum), modelled: isModelled(reference, sum) }
  }

  /** Whether it may become a reason: what is less surprising is worth nothing, so nobody will ask why. */
  worthTelling(one: Evidence): boolean {
    return one.score > LEAST_TOLD && this.surprise(one) > LEAST_TOLD
  }

  get calibrated(): boolean {
    return this.references.size > 0
  }

  /** Takes every score: what is strange is not left out, else the rest would look rarer than it is. */
  learn(weighed: Weighed, evidence: readonly Evidence[], draw: number, whose: string): void {
    for (const { behaviour, entity, maturity, score } of evidence) {
      const owner = drawOf(entity.type === 'host' ? whose : entity.id, 0)
      this.sample(behaviour.id).learn(score, draw, owner)
      this.sample(`${behaviour.id} ${band(maturity)}`).learn(score, draw, owner)
    }
    if (!this.calibrated) return
    const owner = drawOf(whose, 0)
    this.sample(`= ${ALL}`).learn(weighed.sum, draw, owner)
    this.sample(`= ${weighed.kind}`).learn(weighed.sum, draw, owner)
  }

  private sample(key: string): Sample {
    const sample = this.samples.get(key) ?? new Sample()
    this.samples.set(key, sample)
    return sample
  }

  /** The end of an epoch: what was learned is what is compared with from here on. */
  refit(): void {
    for (const [key, sample] of this.samples) {
      const reference = sample.freeze()
      if (reference !== undefined) this.references.set(key, reference)
    }
  }

  save(): WeighState {
    return {
      samples: new Map([...this.samples].map(([key, sample]) => [key, sample.save()])),
      references: this.references,
    }
  }
}
