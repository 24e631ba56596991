import { binsWasm } from './bins.gen.ts'
import type { BinPlan } from './bins-slow.ts'
import { openKernel } from './kernel.ts'

type Exports = {
  sumBins(
    rows: number,
    count: number,
    columns: number,
    first: number,
    perUnit: number,
    bins: number,
    low: number,
    high: number,
    table: number,
    out: number,
  ): void
  countBins(
    rows: number,
    count: number,
    columns: number,
    first: number,
    perUnit: number,
    bins: number,
    low: number,
    high: number,
    weights: number,
    table: number,
  ): void
  widen(rows: number, count: number, columns: number, weights: number, least: number, most: number): void
}

/** Rows lie in memory a block at a time. */
const BLOCK_BYTES = 1 << 17
/** Below this many values a call costs more than it saves. */
export const FEW_VALUES = 512

/** Bins of rows in WebAssembly, with room for blocks of some rows. */
export interface Bins {
  /** Adds up what the bins of each row hold, into `sums` from `to` on; equal to `sumBinsSlow`. */
  sum(data: Float64Array, sums: Float64Array, to: number): void
  /** What is held: (bins + 2) a column. */
  readonly table: Float64Array
  /** Adds the weights of the rows, one each (1 where absent), to the table; equal to `countBinsSlow`. */
  count(data: Float64Array, weights: Float64Array | undefined): void
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsTaken(): number
}

const rowsOfBlock = (columns: number): number => Math.max(4, Math.floor(BLOCK_BYTES / (8 * columns)))
const align = (bytes: number): number => (bytes + 15) & ~15

function eachBlock(
  data: Float64Array,
  columns: number,
  memory: Float64Array,
  use: (from: number, size: number) => void,
): void {
  const [count, block] = [data.length / columns, rowsOfBlock(columns)]
  for (let from = 0; from < count; from += block) {
    const size = Math.min(block, count - from)
    memory.set(data.subarray(from * columns, (from + size) * columns))
    use(from, size)
  }
}

function writeWeights(target: Float64Array, weights: Float64Array | undefined, from: number, size: number): void {
  if (weights) target.set(weights.subarray(from, from + size))
  else target.fill(1, 0, size)
}

/** Error: `kernel-unavailable`. */
export function openBins({ columns, bins, first, perUnit, low, high }: BinPlan): Bins {
  const block = rowsOfBlock(columns)
  const firstAt = align(8 * block * columns)
  const perUnitAt = align(firstAt + 8 * columns)
  const besideAt = align(perUnitAt + 8 * columns)
  const tableAt = align(besideAt + 8 * block)
  const size = columns * (bins + 2)
  const kernel = openKernel<Exports>(binsWasm)
  kernel.reserve(tableAt + 8 * size)
  const [buffer, { run }] = [kernel.buffer(), kernel]
  const doubles = (at: number, length: number) => new Float64Array(buffer, at, length)
  const [rows, beside] = [doubles(0, block * columns), doubles(besideAt, block)]
  doubles(firstAt, columns).set(first)
  doubles(perUnitAt, columns).set(perUnit)
  let taken = 0
  return {
    table: doubles(tableAt, size),
    rowsTaken: () => taken,
    sum(data, sums, to) {
      eachBlock(data, columns, rows, (from, count) => {
        run.sumBins(0, count, columns, firstAt, perUnitAt, bins, low, high, tableAt, besideAt)
        sums.set(beside.subarray(0, count), to + from)
        taken += count
      })
    },
    count(data, weights) {
      eachBlock(data, columns, rows, (from, count) => {
        writeWeights(beside, weights, from, count)
        run.countBins(0, count, columns, firstAt, perUnitAt, bins, low, high, besideAt, tableAt)
        taken += count
      })
    },
  }
}

/** The least and the most of columns that are handed over in parts. */
export interface Ranges {
  /** Takes rows in, with their weights (1 where absent): those of weight 0 do not count; equal to `rangesSlow`. */
  take(data: Float64Array, weights: Float64Array | undefined): void
  /** One a column; ±Infinity where no row counted. */
  readonly least: Float64Array
  readonly most: Float64Array
}

/** Error: `kernel-unavailable`. */
export function openRanges(columns: number): Ranges {
  const block = rowsOfBlock(columns)
  const weightsAt = align(8 * block * columns)
  const leastAt = align(weightsAt + 8 * block)
  const mostAt = align(leastAt + 8 * columns)
  const kernel = openKernel<Exports>(binsWasm)
  kernel.reserve(mostAt + 8 * columns)
  const doubles = (at: number, length: number) => new Float64Array(kernel.buffer(), at, length)
  const [rows, beside] = [doubles(0, block * columns), doubles(weightsAt, block)]
  const [least, most] = [doubles(leastAt, columns), doubles(mostAt, columns)]
  least.fill(Number.POSITIVE_INFINITY)
  most.fill(Number.NEGATIVE_INFINITY)
  return {
    ...{ least, most },
    take(data, weights) {
      eachBlock(data, columns, rows, (from, count) => {
        writeWeights(beside, weights, from, count)
        kernel.run.widen(0, count, columns, weightsAt, leastAt, mostAt)
      })
    },
  }
}
