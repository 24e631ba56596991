/**
 * What scores usually are: a bounded sample that takes every score, to be frozen into a conformal reference. It keeps the
 * scores whose events draw the smallest numbers (bottom-k sampling, Cohen and Kaplan, PODC 2007), so it needs no state of
 * a random stream and does not depend on the order or on the number of workers.
 */
import { freezeReference, type Reference } from '@heedful/detect/calibrate/reference'

/** Scores kept, and of those of one owner: nobody may fill the reference alone. */
const CAPACITY = 20_000
const OF_ONE = 20
/** Of one owner at most this many times the average owner, where owners are few: a person may be busier than others. */
const TIMES_AVERAGE = 3
/** From this many scores on a reference answers. */
export const ENOUGH = 200

export interface SampleState {
  scores: number[]
  draws: number[]
  owners: number[]
}

export class Sample {
  private readonly state: SampleState

  constructor(saved?: SampleState) {
    this.state = saved ?? { scores: [], draws: [], owners: [] }
  }

  /** `draw`: a number that the event drew, uniform on 32 bits. `owner`: whose score it is, hashed. */
  learn(score: number, draw: number, owner: number): void {
    this.state.scores.push(score)
    this.state.draws.push(draw)
    this.state.owners.push(owner)
    if (this.state.scores.length >= 2 * CAPACITY) this.thin()
  }

  /** Keeps the smallest draws: at most OF_ONE of one owner, at most CAPACITY in all. */
  private thin(): void {
    const { scores, draws, owners } = this.state
    const order = draws.map((_, i) => i)
    order.sort((a, b) => (draws[a] as number) - (draws[b] as number) || (scores[a] as number) - (scores[b] as number))
    const held = new Map<number, number>()
    const ofOne = Math.max(OF_ONE, Math.ceil((TIMES_AVERAGE * CAPACITY) / new Set(owners).size))
    const kept: number[] = []
    for (const i of order) {
      const owned = held.get(owners[i] as number) ?? 0
      if (owned >= ofOne) continue
      held.set(owners[i] as number, owned + 1)
      kept.push(i)
      if (kept.length === CAPACITY) break
    }
    this.state.scores = kept.map((i) => scores[i] as number)
    this.state.draws = kept.map((i) => draws[i] as number)
    this.state.owners = kept.map((i) => owners[i] as number)
  }

  freeze(): Reference | undefined {
    this.thin()
    if (this.state.scores.length < ENOUGH) return undefined
    return freezeReference(this.state.scores)
  }

  save(): SampleState {
    return this.state
  }
}
