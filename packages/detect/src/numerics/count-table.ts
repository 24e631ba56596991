import { decay } from './decay.ts'
import type { Habit, Level } from './habit.ts'

/** Plain form of a table. Slots are in the order in which the values came. */
export type CountTableState = { values: Int32Array; counts: Float64Array; total: number; time: number }

/** Told when a table begins (1) or ceases (−1) to hold a value. */
export type Held = (value: number, by: 1 | -1) => void

const NOBODY: Held = () => undefined

/** Fainter than this a value is forgotten. */
const FORGOTTEN = 0.05
/** Up to so many values a search is faster than an index, and far smaller: most tables are small. */
const UNINDEXED = 24

/**
 * How often which value (an integer) occurred: bounded, and fading with time. What a full table forgets stays in `total`,
 * where it speaks for new values.
 */
export class CountTable {
  private readonly values: number[]
  private readonly counts: number[]
  /** value → slot, once there are many. */
  private index: Map<number, number> | undefined
  private total: number
  /** When the counts were right; −Infinity before the first time was told. */
  private time: number

  constructor(state?: CountTableState) {
    this.values = [...(state?.values ?? [])]
    this.counts = [...(state?.counts ?? [])]
    this.indexIfMany()
    this.total = state?.total ?? 0
    this.time = state?.time ?? Number.NEGATIVE_INFINITY
  }

  private indexIfMany(): void {
    if (this.index || this.values.length <= UNINDEXED) return
    this.index = new Map(this.values.map((value, slot) => [value, slot]))
  }

  /** −1: not held. */
  private slotOf(value: number): number {
    return this.index ? (this.index.get(value) ?? -1) : this.values.indexOf(value)
  }

  /** The value's count and the habit around it, as of `time`. Changes nothing. */
  level(value: number, time: number, halfLife: number): Level {
    const slot = this.slotOf(value)
    const habit: Habit = { counts: this.counts, total: this.total, kept: this.left(time, halfLife) }
    return { habit, count: slot < 0 ? 0 : this.counts[slot]! }
  }

  private left(time: number, halfLife: number): number {
    return this.time === Number.NEGATIVE_INFINITY ? 1 : decay(time - this.time, halfLife)
  }

  /** Counts a value; null counts one that has no name, so that it only speaks for new values. A late one counts faded. */
  learn(value: number | null, weight: number, time: number, halfLife: number, most: number, held = NOBODY): void {
    this.fadeTo(time, halfLife, held)
    const late = time < this.time && time !== Number.NEGATIVE_INFINITY
    const added = late ? weight * decay(this.time - time, halfLife) : weight
    this.total += added
    if (value !== null) this.add(value, added, most, held)
  }

  /** Adds to a count as it stands, or takes away; a value whose count falls to 0 leaves. For counts of holders. */
  change(value: number, by: number): void {
    this.total += by
    this.add(value, by, Number.POSITIVE_INFINITY, NOBODY)
    const slot = this.slotOf(value)
    if (this.counts[slot]! <= 0) this.drop(slot)
  }

  private add(value: number, by: number, most: number, held: Held): void {
    const slot = this.slotOf(value)
    if (slot >= 0) {
      this.counts[slot]! += by
      return
    }
    if (this.values.length >= most) held(this.drop(this.faintest()), -1)
    this.index?.set(value, this.values.length)
    this.values.push(value)
    this.counts.push(by)
    this.indexIfMany()
    held(value, 1)
  }

  private fadeTo(time: number, halfLife: number, held: Held): void {
    const left = this.left(time, halfLife)
    if (time > this.time) this.time = time
    if (left === 1) return
    this.total *= left
    for (let slot = this.values.length - 1; slot >= 0; slot--) {
      this.counts[slot]! *= left
      if (this.counts[slot]! >= FORGOTTEN) continue
      this.total -= this.counts[slot]!
      held(this.drop(slot), -1)
    }
  }

  private faintest(): number {
    let faintest = 0
    for (let slot = 1; slot < this.counts.length; slot++)
      if (this.counts[slot]! < this.counts[faintest]!) faintest = slot
    return faintest
  }

  /** The last slot moves into the place of the dropped one. */
  private drop(slot: number): number {
    const value = this.values[slot]!
    this.index?.delete(value)
    const lastValue = this.values.pop()!
    const lastCount = this.counts.pop()!
    if (slot < this.values.length) {
      this.values[slot] = lastValue
      this.counts[slot] = lastCount
      this.index?.set(lastValue, slot)
    }
    return value
  }

  held(): readonly number[] {
    return this.values
  }

  save(): CountTableState {
    const { values, counts, total, time } = this
    return { values: Int32Array.from(values), counts: Float64Array.from(counts), total, time }
  }
}
