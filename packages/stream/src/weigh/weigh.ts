/**
 * Evidence becomes one calibrated surprise. A score is compared with the scores that its behaviour usually gives at such
 * a maturity; each family says its largest surprise; what they are worth together is calibrated again, as one statistic, per class of event.
 */
import { isModelled, surprise as surpriseBy } from '@heedful/detect/calibrate/reference'
import type { Family } from '../behaviours/behaviour.ts'
import type { EntityRef, Event } from '../event.ts'
import type { Seen, Vouch } from '../features/feature.ts'
import { drawOf } from '../identity.ts'
import { Comparison, type ComparisonState } from './comparison.ts'
import { sumOfFamilies } from './e-value.ts'
import type { Evidence } from './evidence.ts'

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
const BANDS = ['under 3', 'under 10', 'under 30', '30 and more'] as const
const bandOf = (maturity: number): string => BANDS[maturity < 3 ? 0 : maturity < 10 ? 1 : maturity < 30 ? 2 : 3]

/** Events that are compared with each other. */
export function kindOf({ class: kind, status }: Event, { stranger }: Seen): string {
  let ofStatus = KINDS.get(kind)
  if (ofStatus === undefined) {
    ofStatus = new Map()
    KINDS.set(kind, ofStatus)
  }
  let names = ofStatus.get(status)
  if (names === undefined) {
    names = [`${kind} ${status}`, `${kind} ${status} of a stranger`]
    ofStatus.set(status, names)
  }
  return names[stranger ? 1 : 0]
}

/** Names that were put together once: class → status → of known people, of strangers. */
const KINDS = new Map<string, Map<string, [known: string, stranger: string]>>()

export interface WeighState {
  /** By behaviour. */
  comparisons: Map<string, ComparisonState>
  /** Of the sums of families, by kind of event. */
  sums: ComparisonState
  /** Behaviours whose references are to be fitted again, in this order; `SUMS` for those of the sums. */
  due: string[]
  calibrated: boolean
}

/** No behaviour is called so. */
const SUMS = '='

/** No single voice may say more: beyond, a tail that was modelled on a few hundred scores is fiction. */
const STRONGEST = 12

/** Scores that one tick fits references to, about 5 ms of work; one comparison more may go beyond. */
const WORK_A_TICK = 30_000

export class Weigher {
  private readonly comparisons = new Map<string, Comparison>()
  private readonly sums: Comparison
  private due: string[]
  private known: boolean

  constructor(saved?: WeighState) {
    for (const [id, comparison] of saved?.comparisons ?? []) this.comparisons.set(id, new Comparison(comparison))
    this.sums = new Comparison(saved?.sums)
    this.due = saved?.due ?? []
    this.known = saved?.calibrated ?? false
  }

  /** Pure: the same until the next tick. `habits` false: only behaviours that need none may speak. */
  weigh(seen: Seen, evidence: readonly Evidence[], vouch: Vouch, habits: boolean): Weighed {
    const weights: Weight[] = []
    for (const one of evidence) {
      if (!habits && one.behaviour.needsHabit) continue
      weights.push({ evidence: one, family: one.behaviour.family, surprise: one.surprise })
    }
    const sum = sumOfFamilies(weights, vouch)
    const kind = kindOf(seen.event, seen)
    const { surprise, modelled } = this.calibrate(kind, sum, habits)
    return { surprise, modelled, sum, kind, weights, vouch }
  }

  /**
   * Surprising is what both find so: the entity's own habit, which may be too sure of itself, and the scores that others
   * got, among whom somebody is always the strangest.
   */
  surpriseOf({ behaviour, maturity, score, values }: Evidence): number {
    const reference = this.comparisons.get(behaviour.id)?.reference(bandOf(maturity))
    if (reference !== undefined) return score <= 0 ? 0 : Math.min(score, STRONGEST, surpriseBy(reference, score))
    return behaviour.surprise?.(values) ?? 0
  }

  /** −ln p of a sum of families, among events of the kind; without a reference the sum speaks for itself. */
  calibrate(kind: string, sum: number, habits: boolean): { surprise: number; modelled: boolean } {
    const reference = habits ? this.sums.reference(kind) : undefined
    if (reference === undefined) return { surprise: sum, modelled: true }
    return { surprise: surpriseBy(reference, sum), modelled: isModelled(reference, sum) }
  }

  /** Every behaviour that has scores to compare with has had its first references. */
  get calibrated(): boolean {
    return this.known
  }

  /**
   * Takes every sum: what is strange is not left out, else the rest would look rarer than it is. The scores behind the sum
   * are taken where the event is `trusted`: an attack's would make the next one look usual.
   */
  learn(weighed: Weighed, evidence: readonly Evidence[], draw: number, whose: string, trusted: boolean): void {
    const owner = drawOf(whose, 0)
    let entity: EntityRef | undefined
    let ofEntity = owner
    for (const { behaviour, entity: about, maturity, score } of trusted ? evidence : []) {
      if (about !== entity) {
        entity = about
        ofEntity = about.type === 'host' || about.id === whose ? owner : drawOf(about.id, 0)
      }
      this.comparison(behaviour.id).learn(bandOf(maturity), score, draw, ofEntity)
    }
    if (this.known) this.sums.learn(weighed.kind, weighed.sum, draw, owner)
  }

  private comparison(id: string): Comparison {
    const known = this.comparisons.get(id)
    if (known !== undefined) return known
    const comparison = new Comparison()
    this.comparisons.set(id, comparison)
    return comparison
  }

  /** The end of an epoch: what was learned is what is compared with, as soon as the next ticks come to it. */
  endEpoch(): void {
    for (const id of [...this.comparisons.keys(), SUMS]) if (!this.due.includes(id)) this.due.push(id)
  }

  /** Fits some of the references that are due, so that no moment takes long; which ones depends on the log alone. */
  tick(): void {
    if (this.due.length === 0) return
    let work = 0
    while (this.due.length > 0 && work < WORK_A_TICK) {
      const id = this.due.shift() as string
      const comparison = id === SUMS ? this.sums : this.comparison(id)
      work += comparison.work
      comparison.refit()
    }
    if (this.due.length === 0) this.known ||= [...this.comparisons.values()].some(({ answers }) => answers)
  }

  save(): WeighState {
    return {
      comparisons: new Map([...this.comparisons].map(([id, comparison]) => [id, comparison.save()])),
      sums: this.sums.save(),
      due: [...this.due],
      calibrated: this.known,
    }
  }
}
