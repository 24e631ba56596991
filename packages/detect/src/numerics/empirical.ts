/** What is known of one column by ranks alone: its empirical distribution function, and how far out a value lies in it. */

import type { Lesson } from '../contracts/algorithm.ts'
import type { Steps } from '../contracts/paced.ts'
import type { Rows } from '../contracts/rows.ts'
import { takeColumns } from './columns.ts'
import type { Order } from './kernels/order.ts'

export type Distribution = {
  /** Different values, ascending. */
  readonly values: Float64Array
  /** How many training rows have this value or a smaller one. Weights count as rows, scaled to a mean of 1. */
  readonly mass: Float64Array
  /** Sign of the skewness; 0 where there is none. */
  readonly skew: number
}

/** Bytes of a value: itself and its mass. */
export const VALUE_BYTES = 16

/** The known values, ascending. */
function sortKnown(column: Float64Array, order: Order): Float64Array {
  const known = new Float64Array(column.length)
  let size = 0
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number
    if (!Number.isNaN(value)) known[size++] = value
  }
  return order.sort(known.subarray(0, size))
}

/** The rows that count, by their values ascending, and the share of each among a mean of 1. */
function sortWeighted(column: Float64Array, weights: Float64Array): { values: Float64Array; shares: Float64Array } {
  const known = Array.from(column.keys()).filter((row) => !Number.isNaN(column[row]) && weights[row] !== 0)
  const valueAt = (row: number) => column[row] as number
  const sorted = known.sort((a, b) => valueAt(a) - valueAt(b) || a - b)
  const shares = Float64Array.from(sorted, (row) => weights[row] as number)
  const scale = shares.length / shares.reduce((sum, weight) => sum + weight, 0)
  return { values: Float64Array.from(sorted, valueAt), shares: shares.map((weight) => weight * scale) }
}

/** Sum of the cubes of the deviations from the mean, in units of the largest value so that nothing overflows: its sign. */
function signOfSkewness(values: Float64Array, mass: Float64Array): number {
  const size = values.length
  const unit = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[size - 1] ?? 0))
  if (size < 2 || unit === 0) return 0
  let mean = 0
  for (let i = 0, before = 0; i < size; i++) {
    mean += ((mass[i] as number) - before) * ((values[i] as number) / unit)
    before = mass[i] as number
  }
  mean /= mass[size - 1] as number
  let cubes = 0
  for (let i = 0, before = 0; i < size; i++) {
    const away = (values[i] as number) / unit - mean
    cubes += ((mass[i] as number) - before) * (away * away * away)
    before = mass[i] as number
  }
  return Math.sign(cubes)
}

/** Equal values become one; `mass` cumulates their shares (1 each without `shares`). */
function cumulate(sorted: Float64Array, shares: Float64Array | undefined): Distribution {
  const count = sorted.length
  const values = new Float64Array(count)
  const mass = new Float64Array(count)
  let size = 0
  let sum = 0
  for (let i = 0; i < count; i++) {
    const value = sorted[i] as number
    sum += shares ? (shares[i] as number) : 1
    if (size > 0 && values[size - 1] === value) size--
    values[size] = value
    mass[size++] = sum
  }
  const distinct = size === count ? { values, mass } : { values: values.slice(0, size), mass: mass.slice(0, size) }
  return { ...distinct, skew: signOfSkewness(distinct.values, distinct.mass) }
}

/** One a column. Weights count as rows, scaled to a mean of 1. */
export function* fitDistributions(
  { data, count, columns }: Rows,
  lesson: Lesson,
  order: Order,
): Steps<readonly Distribution[]> {
  const found: Distribution[] = []
  for (const column of takeColumns(data, columns.length, 0, count)) {
    yield { done: found.length, of: columns.length, note: 'sorting columns' }
    if (!lesson.weights) found.push(cumulate(sortKnown(column, order), undefined))
    else {
      const { values, shares } = sortWeighted(column, lesson.weights)
      found.push(cumulate(values, shares))
    }
  }
  return found
}

export function copyDistribution({ values, mass, skew }: Distribution): Distribution {
  return { values: values.slice(), mass: mass.slice(), skew }
}

/** −ln of both tails of the values of one column, one a row. */
export type TailBlock = { readonly left: Float64Array; readonly right: Float64Array }

const startTails = (count: number): TailBlock => ({
  left: new Float64Array(count),
  right: new Float64Array(count),
})

function allWhole(mass: Float64Array): boolean {
  for (let i = 0; i < mass.length; i++) if (Math.floor(mass[i] as number) !== mass[i]) return false
  return true
}

/** Rows from which a table of logarithms repays itself. */
const MANY = 1000

/**
 * The tails of a column: F_left(z) is the share of the training rows ≤ z, F_right(z) of those ≥ z. Without weights a share
 * is a whole number of rows over their total, so −ln of every share stands in one table that equal columns share.
 */
export class Tails {
  readonly skew: number
  private readonly distribution: Distribution
  private readonly total: number
  private readonly below: number
  private readonly above: number
  private readonly order: Order
  private readonly tables: Map<number, Float64Array>
  private readonly whole: boolean

  constructor(distribution: Distribution, order: Order, tables: Map<number, Float64Array>) {
    const { mass, skew } = distribution
    const size = mass.length
    this.skew = skew
    this.distribution = distribution
    this.order = order
    this.tables = tables
    this.total = mass[size - 1] ?? 0
    this.whole = allWhole(mass)
    this.below = this.beyond(mass[0] ?? 0)
    this.above = this.beyond(this.total - (mass[size - 2] ?? 0))
  }

  /** Measures the values `asked` of this column. A missing value is in no tail. */
  measure(asked: Float64Array, block: TailBlock): void {
    const { left, right } = block
    if (this.total === 0) {
      left.fill(0)
      right.fill(0)
      return
    }
    const upTo = new Int32Array(asked.length)
    this.order.countUpTo(this.distribution.values, asked, upTo)
    if (this.whole && (asked.length >= MANY || this.tables.has(this.total))) this.lookUp(asked, upTo, block)
    else this.compute(asked, upTo, block)
  }

  private compute(asked: Float64Array, counts: Int32Array, { left, right }: TailBlock): void {
    const { total } = this
    const { values, mass } = this.distribution
    for (let i = 0; i < asked.length; i++) {
      const value = asked[i] as number
      const upTo = counts[i] as number
      const smaller = upTo > 0 && values[upTo - 1] === value ? upTo - 1 : upTo
      const least = total - (smaller > 0 ? (mass[smaller - 1] as number) : 0)
      const known = !Number.isNaN(value)
      left[i] = !known ? 0 : upTo > 0 ? 0 - Math.log((mass[upTo - 1] as number) / total) : this.below
      right[i] = !known ? 0 : smaller < values.length && least > 0 ? 0 - Math.log(least / total) : this.above
    }
  }

  /** The same, with −ln(k / total) from the table; total − mass is ≥ 1 below the last value. */
  private lookUp(asked: Float64Array, counts: Int32Array, { left, right }: TailBlock): void {
    const { total, below, above } = this
    const { values, mass } = this.distribution
    const size = values.length
    const table = this.table()
    for (let i = 0; i < asked.length; i++) {
      const value = asked[i] as number
      const upTo = counts[i] as number
      const known = !Number.isNaN(value)
      const smaller = upTo > 0 && values[upTo - 1] === value ? upTo - 1 : upTo
      left[i] = !known ? 0 : upTo > 0 ? (table[mass[upTo - 1] as number] as number) : below
      const least = smaller > 0 ? total - (mass[smaller - 1] as number) : total
      right[i] = !known ? 0 : smaller < size ? (table[least] as number) : above
    }
  }

  private table(): Float64Array {
    const { total, tables } = this
    const known = tables.get(total)
    if (known) return known
    const table = Float64Array.from({ length: total + 1 }, (_, count) => 0 - Math.log(count / total))
    tables.set(total, table)
    return table
  }

  /** Beyond all that was taught a share would be 0: such a value is the one among n + 1, so stranger than any of the n. */
  private beyond(outermost: number): number {
    const first = Math.log(this.total + 1)
    return outermost > 0 ? Math.max(first, -Math.log(outermost / this.total)) : first
  }
}

/** The tails of every column. */
export function openTails(columns: readonly Distribution[], order: Order): readonly Tails[] {
  const tables = new Map<number, Float64Array>()
  return columns.map((column) => new Tails(column, order, tables))
}

/** Rows measured at a time: enough to repay the search, few enough to bound the memory. */
const BLOCK = 65_536

/** Measures all rows, a block of them after the other, and in each column after column. `tails` is written over. */
export function eachColumn(
  columns: readonly Tails[],
  { data, count }: Rows,
  use: (tails: TailBlock, column: number, from: number) => void,
): void {
  const width = columns.length
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from)
    const block = startTails(size)
    for (const [column, asked] of takeColumns(data, width, from, size).entries()) {
      columns[column]?.measure(asked, block)
      use(block, column, from)
    }
  }
}
