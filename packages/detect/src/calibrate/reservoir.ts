/** The collecting form of a conformal reference: a bounded, fair sample of every score, with no entity in excess. */

/** Whose score it is. */
export type Owner = string | number

/** Plain data; equal for equal collections, in whatever order they came. */
export type ReservoirState = {
  /** At most this many scores are kept. */
  capacity: number
  /** At most this many of one owner, so that one noisy entity does not decide what is strange for all. */
  cap: number
  /** Older scores give way to newer ones at this rate, in the unit of `time`; Infinity: every score is as likely kept. */
  halfLife: number
  /** Scores offered so far. */
  seen: number
  /** Of the kept ones, by falling right to stay. */
  scores: Float64Array
  keys: Float64Array
  owners: readonly (Owner | null)[]
}

interface Kept {
  score: number
  /** Lower stays longer. */
  key: number
  owner: Owner | null
}

/** A reservoir with nothing in it yet.
 * @example `new Reservoir(startReservoir({ capacity: 5000 }))` */
export function startReservoir({
  capacity = 20_000,
  cap = 20,
  halfLife = Number.POSITIVE_INFINITY,
}: Partial<Pick<ReservoirState, 'capacity' | 'cap' | 'halfLife'>> = {}): ReservoirState {
  const nothing = { seen: 0, scores: new Float64Array(0), keys: new Float64Array(0), owners: [] }
  return { capacity, cap, halfLife, ...nothing }
}

/**
 * Bottom-k sampling: every score comes with a draw; an owner keeps the `cap` lowest, the reservoir the `capacity` lowest of
 * those. So what is kept depends neither on the order of arrival nor on how the stream was cut or sharded, reservoirs
 * merge, and no state of a random stream has to be kept. Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007. With
 * a half-life keys are drawn by forward decay: Cormode et al., ICDE 2009.
 *
 * @example
 * ```ts
 * const random = createRandom(7)
 * const reservoir = new Reservoir(startReservoir())
 * reservoir.collect(3.2, 'alice', random.split(event.id).next())
 * const reference = freezeReference(reservoir.scores())
 * ```
 */
export class Reservoir {
  private readonly settings: ReservoirState
  private readonly owned = new Map<Owner | null, Kept[]>()
  private size = 0
  private seen: number
  /** A key above it cannot be among the lowest any more: the bar only falls. */
  private bar = Number.POSITIVE_INFINITY

  constructor(state: ReservoirState) {
    this.settings = { ...state, scores: new Float64Array(0), keys: new Float64Array(0), owners: [] }
    this.seen = state.seen
    this.keepAll(state)
  }

  /**
   * Offers a score. Owner null: nobody's, never capped. `draw`: uniform in [0, 1), for the same event always the same, so
   * drawn from its id or its number. `time` matters with a half-life alone.
   */
  collect(score: number, owner: Owner | null, draw: number, time = 0): void {
    this.seen++
    this.keep({ score, key: this.keyOf(draw, time), owner })
    if (this.size > this.settings.capacity * 1.25 + 16) this.prune()
  }

  /** Takes over what another reservoir of the same settings collected from other scores. */
  merge(other: ReservoirState): void {
    this.seen += other.seen
    this.keepAll(other)
    this.prune()
  }

  /** How many scores were offered so far. */
  get offered(): number {
    return this.seen
  }

  /** The sample: at most `capacity` scores. */
  scores(): Float64Array {
    this.prune()
    return Float64Array.from(this.everything(), ({ score }) => score)
  }

  save(): ReservoirState {
    const kept = this.everything().sort(byKey).slice(0, this.settings.capacity)
    return {
      ...this.settings,
      seen: this.seen,
      scores: Float64Array.from(kept, ({ score }) => score),
      keys: Float64Array.from(kept, ({ key }) => key),
      owners: kept.map(({ owner }) => owner),
    }
  }

  /** Without a half-life the draw itself; with one the logarithm of an exponential waiting time that grows with age. */
  private keyOf(draw: number, time: number): number {
    const { halfLife } = this.settings
    return halfLife === Number.POSITIVE_INFINITY ? draw : Math.log(-Math.log1p(-draw)) - (Math.LN2 * time) / halfLife
  }

  private keepAll({ scores, keys, owners }: ReservoirState): void {
    for (let i = 0; i < scores.length; i++) this.keep({ score: scores[i]!, key: keys[i]!, owner: owners[i]! })
  }

  private keep(offer: Kept): void {
    if (offer.key > this.bar) return
    const mine = this.owned.get(offer.owner)
    if (mine === undefined) this.owned.set(offer.owner, [offer])
    else if (offer.owner === null || mine.length < this.settings.cap) mine.push(offer)
    else return replaceLast(mine, offer)
    this.size++
  }

  /** Lets go of what exceeds the capacity. Called now and then: what it drops could never have come back. */
  private prune(): void {
    if (this.size <= this.settings.capacity) return
    const kept = this.everything().sort(byKey).slice(0, this.settings.capacity)
    this.owned.clear()
    this.size = 0
    for (const one of kept) this.keep(one)
    this.bar = kept[kept.length - 1]!.key
  }

  private everything(): Kept[] {
    return [...this.owned.values()].flat()
  }
}

/** Puts the offer in the place of the owner's highest key, if it is lower. */
function replaceLast(mine: Kept[], offer: Kept): void {
  let last = 0
  for (let i = 1; i < mine.length; i++) if (byKey(mine[i]!, mine[last]!) > 0) last = i
  if (byKey(offer, mine[last]!) < 0) mine[last] = offer
}

function byKey(a: Kept, b: Kept): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.score - b.score
}
