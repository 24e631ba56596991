/**
 * What scores usually are: a bounded sample that takes every score, and its frozen form that answers how surprising one
 * is. The sample keeps the scores whose events draw the smallest numbers (bottom-k sampling, Cohen and Kaplan 2007), so
 * it needs no state of a random stream and does not depend on the order or on the number of workers.
 */

/** Scores kept, and of those of one owner: nobody may fill the reference alone. */
const CAPACITY = 20_000
const OF_ONE = 20
/** From this many scores on a reference answers. */
export const ENOUGH = 200
/** Where fewer than this many scores are as high, the modelled tail answers. */
const TAIL = 10

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
    const kept: number[] = []
    for (const i of order) {
      const owned = held.get(owners[i] as number) ?? 0
      if (owned >= OF_ONE) continue
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
    return freezeReference(Float64Array.from(this.state.scores).sort())
  }

  save(): SampleState {
    return this.state
  }
}

/** Ascending scores, and the tail that is modelled above `anchor`. */
export interface Reference {
  scores: Float64Array
  /** The score that TAIL scores reach; above it the tail answers. */
  anchor: number
  /** Generalised Pareto tail: scale at the anchor, shape ≥ 0. */
  scale: number
  shape: number
}

function freezeReference(scores: Float64Array): Reference {
  const n = scores.length
  const anchor = scores[n - TAIL] as number
  const { scale, shape } = fitTail(scores.subarray(n - Math.max(3 * TAIL, Math.floor(n / 20))))
  return { scores, anchor, scale, shape }
}

/** Probability-weighted moments, Hosking and Wallis 1987, section 3; a shape below 0 would end the tail, so it is held at 0. */
function fitTail(top: Float64Array): { scale: number; shape: number } {
  const threshold = top[0] as number
  const n = top.length
  let a0 = 0
  let a1 = 0
  for (let i = 0; i < n; i++) {
    const x = (top[i] as number) - threshold
    a0 += x / n
    a1 += (x * (n - i - 0.65)) / (n * n)
  }
  const shape = a0 > 2 * a1 ? 2 - a0 / (a0 - 2 * a1) : 0
  if (!(shape > 0)) return { scale: Math.max(a0, 0.05), shape: 0 }
  const bounded = Math.min(0.4, shape)
  return { scale: Math.max(0.05, a0 * (1 - bounded)), shape: bounded }
}

/** How many scores are below. */
function below(scores: Float64Array, score: number): number {
  let low = 0
  let high = scores.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((scores[middle] as number) < score) low = middle + 1
    else high = middle
  }
  return low
}

export interface Surprise {
  /** −ln p. */
  surprise: number
  modelled: boolean
}

/** Conformal: p = (1 + number as high) / (n + 1), Vovk 2005; below TAIL of them the modelled tail goes on from there. */
export function surpriseOf(reference: Reference, score: number): Surprise {
  const n = reference.scores.length
  const high = n - below(reference.scores, score)
  if (high >= TAIL || score <= reference.anchor) return { surprise: -Math.log((1 + high) / (n + 1)), modelled: false }
  const beyond = (score - reference.anchor) / reference.scale
  const decay = reference.shape > 0 ? Math.log1p(reference.shape * beyond) / reference.shape : beyond
  return { surprise: -Math.log((1 + TAIL) / (n + 1)) + decay, modelled: true }
}
