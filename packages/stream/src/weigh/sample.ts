/**
 * What scores usually are: a bounded sample that is offered every score, to be frozen into a conformal reference. It keeps
 * the scores whose events draw the smallest numbers (bottom-k sampling, Cohen and Kaplan, PODC 2007), so it needs no state
 * of a random stream. All draws below its bar are in it, so at any moment it is a fair sample of all that came.
 */
import { Census } from './census.ts'

/** The bar falls so that so many scores are left. */
export const CAPACITY = 20_000
/** It falls when so many are held. */
const MOST = 25_000
/** Of one owner at most so many: nobody may fill the reference alone. */
const OF_ONE = 20
/** Of one owner at most this many times the average owner, where owners are few: a person may be busier than others. */
const TIMES_AVERAGE = 3
const HIGHEST = 0xffff_ffff
const NOTHING = new Float64Array(0)

/** Counted anew each time: nothing stays in it. */
const census = new Census(MOST + 1)

export interface SampleState {
  scores: Float64Array
  draws: Uint32Array
  owners: Uint32Array
  /** Draws above it do not enter. It only falls. */
  bar: number
}

export class Sample {
  private scores: Float64Array
  private draws: Uint32Array
  private owners: Uint32Array
  private size: number
  /** So many of the first are in the last sorted copy, with those of them that have gone since. */
  private settled = 0
  private gone: number[] = []
  private atMost: number
  /** Others hold these arrays as well, as they were: more may be put behind, but nothing is moved. */
  private shared: boolean

  constructor(saved?: SampleState) {
    this.scores = saved?.scores ?? new Float64Array(16)
    this.draws = saved?.draws ?? new Uint32Array(16)
    this.owners = saved?.owners ?? new Uint32Array(16)
    this.size = saved?.scores.length ?? 0
    this.atMost = saved?.bar ?? HIGHEST
    this.shared = saved !== undefined
  }

  /** Draws up to it are held. */
  get bar(): number {
    return this.atMost
  }

  /** How many scores are held. */
  get held(): number {
    return this.size
  }

  /** `draw`: a number that the event drew, uniform on 32 bits. `owner`: whose score it is, hashed to 32 bits. @returns whether it entered. */
  learn(score: number, draw: number, owner: number): boolean {
    if (draw > this.atMost) return false
    if (this.size === this.scores.length) this.grow()
    this.scores[this.size] = score + 0 // never −0, which sorts differently
    this.draws[this.size] = draw
    this.owners[this.size] = owner
    this.size++
    if (this.size > MOST) this.lowerBar()
    return true
  }

  private grow(): void {
    const length = Math.min(Math.max(16, 2 * this.size), MOST + 1)
    this.scores = resized(this.scores, new Float64Array(length))
    this.draws = resized(this.draws, new Uint32Array(length))
    this.owners = resized(this.owners, new Uint32Array(length))
    this.shared = false
  }

  private copy(): void {
    this.scores = this.scores.slice()
    this.draws = this.draws.slice()
    this.owners = this.owners.slice()
    this.shared = false
  }

  private lowerBar(): void {
    this.capOwners()
    if (this.size <= CAPACITY) return
    const bar = this.draws.slice(0, this.size).sort()[CAPACITY - 1] as number
    this.atMost = bar
    this.keep((i) => (this.draws[i] as number) <= bar)
  }

  /** Of an owner who has more than the others the smallest draws stay. */
  private capOwners(): void {
    const owners = this.owners.subarray(0, this.size)
    const { owned, most: largest } = census.count(owners)
    const most = Math.max(OF_ONE, Math.ceil((TIMES_AVERAGE * CAPACITY) / owned))
    if (largest <= most) return
    for (const owner of census.above(most)) census.limit(owner, this.smallestOf(owner, most))
    this.keep((i) => (this.draws[i] as number) <= census.limitOf(owners[i] as number))
  }

  /** The draw up to which an owner keeps `most` scores. */
  private smallestOf(owner: number, most: number): number {
    const draws: number[] = []
    for (let i = 0; i < this.size; i++) if (this.owners[i] === owner) draws.push(this.draws[i] as number)
    return Uint32Array.from(draws).sort()[most - 1] as number
  }

  private keep(stays: (at: number) => boolean): void {
    if (this.shared) this.copy()
    let kept = 0
    let settled = 0
    for (let i = 0; i < this.size; i++) {
      if (!stays(i)) {
        if (i < this.settled) this.gone.push(this.scores[i] as number)
        continue
      }
      if (i < this.settled) settled++
      this.scores[kept] = this.scores[i] as number
      this.draws[kept] = this.draws[i] as number
      this.owners[kept] = this.owners[i] as number
      kept++
    }
    this.size = kept
    this.settled = settled
  }

  /** Copies the scores whose draws lie up to `bar` to `out` from `at` on. @returns where they end. */
  copyBelow(bar: number, out: Float64Array, at: number): number {
    let end = at
    for (let i = 0; i < this.size; i++) if ((this.draws[i] as number) <= bar) out[end++] = this.scores[i] as number
    return end
  }

  /** The scores held, ascending; `before` is what it answered the last time, if that was in this process. */
  sorted(before: Float64Array | undefined): Float64Array {
    this.capOwners()
    const known = before !== undefined && before.length === this.settled + this.gone.length ? before : NOTHING
    const gone = known === NOTHING ? NOTHING : Float64Array.from(this.gone).sort()
    const added = this.scores.slice(known === NOTHING ? 0 : this.settled, this.size).sort()
    this.settled = this.size
    this.gone = []
    return merge(known, gone, added)
  }

  /** Not a copy, but it stays as it is whatever is learned. */
  save(): SampleState {
    const { size, atMost: bar } = this
    this.shared = true
    return {
      scores: this.scores.subarray(0, size),
      draws: this.draws.subarray(0, size),
      owners: this.owners.subarray(0, size),
      bar,
    }
  }
}

function resized<A extends Float64Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}

/** `known` without `gone`, and with `added`; all ascending. */
function merge(known: Float64Array, gone: Float64Array, added: Float64Array): Float64Array {
  if (known.length === 0) return added
  const merged = new Float64Array(known.length - gone.length + added.length)
  let [at, left, next] = [0, 0, 0]
  for (let i = 0; i < known.length; i++) {
    const score = known[i] as number
    if (left < gone.length && gone[left] === score) {
      left++
      continue
    }
    while (next < added.length && (added[next] as number) < score) merged[at++] = added[next++] as number
    merged[at++] = score
  }
  while (next < added.length) merged[at++] = added[next++] as number
  return merged
}
