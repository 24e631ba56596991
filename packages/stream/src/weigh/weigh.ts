/**
 * Evidence becomes a calibrated surprise. A score is compared with the scores that its behaviour usually gives at such a
 * maturity; each family says its largest surprise; what they are worth together, and what of that is news, is calibrated
 * again, each as one statistic, per class of event.
 */
import { isModelled, type Reference, surprise as surpriseBy } from '@heedful/detect/calibrate/reference'
import type { Family } from '../behaviours/behaviour.ts'
import type { EntityRef, Event } from '../event.ts'
import type { Seen, Vouch } from '../features/feature.ts'
import { drawOf } from '../identity.ts'
import { Comparison, type ComparisonState } from './comparison.ts'
import { worthsOf } from './e-value.ts'
import type { Evidence } from './evidence.ts'
import { ownerOf } from './owner.ts'
import { Said, type SaidState } from './said.ts'

export interface Weight {
  evidence: Evidence
  family: Family
  /** −ln p of this evidence alone. */
  surprise: number
}

/** What an event says, and how rarely anything of its kind says so much. */
export interface Calibrated {
  /** ln of an e-value, before it is calibrated. */
  sum: number
  /** −ln p. */
  surprise: number
  modelled: boolean
}

export interface Weighed {
  /** All that the families say together: what it counts in a story, and whether it may teach. */
  whole: Calibrated
  /** What of it was not said lately: how unusual the event is in itself. */
  news: Calibrated
  /** Who answers for it. */
  owner: string
  /** What each family is worth, in the order of `FAMILIES`. */
  worths: Float64Array
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

/** Without a reference a sum speaks for itself. */
function calibrate(reference: Reference | undefined, sum: number): Calibrated {
  if (reference === undefined) return { sum, surprise: sum, modelled: true }
  return { sum, surprise: surpriseBy(reference, sum), modelled: isModelled(reference, sum) }
}

export interface WeighState {
  /** By behaviour. */
  comparisons: Map<string, ComparisonState>
  /** Of the sums of families, and of what was news in them, by kind of event. */
  sums: ComparisonState
  news: ComparisonState
  said: SaidState
  /** Behaviours whose references are to be fitted again, in this order; `SUMS` and `NEWS` for those of events. */
  due: string[]
  calibrated: boolean
}

/** No behaviour is called so. */
const SUMS = '='
const NEWS = '+'

/** No single voice may say more: beyond, a tail that was modelled on a few hundred scores is fiction. */
const STRONGEST = 12

/** Scores that one tick fits references to, about 5 ms of work; one comparison more may go beyond. */
const WORK_A_TICK = 30_000

export class Weigher {
  private readonly comparisons = new Map<string, Comparison>()
  private readonly sums: Comparison
  private readonly news: Comparison
  private readonly said: Said
  private due: string[]
  private known: boolean

  constructor(saved?: WeighState) {
    for (const [id, comparison] of saved?.comparisons ?? []) this.comparisons.set(id, new Comparison(comparison))
    this.sums = new Comparison(saved?.sums)
    this.news = new Comparison(saved?.news)
    this.said = new Said(saved?.said)
    this.due = saved?.due ?? []
    this.known = saved?.calibrated ?? false
  }

  /** Changes nothing. `habits` false: only behaviours that need none may speak. */
  weigh(seen: Seen, evidence: readonly Evidence[], vouch: Vouch, habits: boolean): Weighed {
    const weights: Weight[] = []
    for (const one of evidence) {
      if (!habits && one.behaviour.needsHabit) continue
      weights.push({ evidence: one, family: one.behaviour.family, surprise: one.surprise })
    }
    const worths = worthsOf(weights, vouch)
    const sum = worths.reduce((total, worth) => total + worth, 0)
    const kind = kindOf(seen.event, seen)
    const owner = ownerOf(seen, evidence)
    const whole = calibrate(habits ? this.sums.reference(kind) : undefined, sum)
    const news = calibrate(habits ? this.news.reference(kind) : undefined, this.said.newsOf(owner, worths))
    return { whole, news, owner, worths, kind, weights, vouch }
  }

  /** A fact, at once: what was said of somebody is no news to the next event. */
  note({ owner, worths }: Weighed): void {
    if (worths.some((worth) => worth > 0)) this.said.note(owner, worths)
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

  /** Every behaviour that has scores to compare with has had its first references. */
  get calibrated(): boolean {
    return this.known
  }

  /**
   * Takes the sum of every event: what is strange is not left out, else the rest would look rarer than it is. The scores behind
   * it, and what of it is news, are taken where the event is `trusted`: an attack's would make the next one look usual.
   */
  learn(weighed: Weighed, evidence: readonly Evidence[], draw: number, trusted: boolean): void {
    const owner = drawOf(weighed.owner, 0)
    let entity: EntityRef | undefined
    let ofEntity = owner
    for (const { behaviour, entity: about, maturity, score } of trusted ? evidence : []) {
      if (about !== entity) {
        entity = about
        ofEntity = about.type === 'host' || about.id === weighed.owner ? owner : drawOf(about.id, 0)
      }
      this.comparison(behaviour.id).learn(bandOf(maturity), score, draw, ofEntity)
    }
    if (!this.known) return
    this.sums.learn(weighed.kind, weighed.whole.sum, draw, owner)
    if (trusted) this.news.learn(weighed.kind, weighed.news.sum, draw, owner)
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
    this.said.endDay()
    for (const id of [...this.comparisons.keys(), SUMS, NEWS]) if (!this.due.includes(id)) this.due.push(id)
  }

  /** Fits some of the references that are due, so that no moment takes long; which ones depends on the log alone. */
  tick(): void {
    if (this.due.length === 0) return
    let work = 0
    while (this.due.length > 0 && work < WORK_A_TICK) {
      const id = this.due.shift() as string
      const comparison = id === SUMS ? this.sums : id === NEWS ? this.news : this.comparison(id)
      work += comparison.work
      comparison.refit()
    }
    if (this.due.length === 0) this.known ||= [...this.comparisons.values()].some(({ answers }) => answers)
  }

  save(): WeighState {
    return {
      comparisons: new Map([...this.comparisons].map(([id, comparison]) => [id, comparison.save()])),
      sums: this.sums.save(),
      news: this.news.save(),
      said: this.said.save(),
      due: [...this.due],
      calibrated: this.known,
    }
  }
}
