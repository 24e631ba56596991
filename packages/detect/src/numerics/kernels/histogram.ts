import { HeedfulError } from '../../contracts/errors.ts'
import { histogramWasm } from './histogram.gen.ts'
import { BINS, type Histogram } from './histogram-slow.ts'
import { openKernel } from './kernel.ts'

type Exports = {
  addRows(bins: number, columns: number, rows: number, count: number, pairs: number, sums: number, counts: number): void
  subtract(
    columns: number,
    wholeSums: number,
    wholeCounts: number,
    partSums: number,
    partCounts: number,
    sums: number,
    counts: number,
  ): void
  partition(column: number, rows: number, count: number, left: number, scratch: number): number
}

/** Binned rows, their gradients, and room for some histograms, in WebAssembly. Rows are named by their place in `order`. */
export interface BinnedTable {
  /** rows × 2: gradient and hessian. To be written before histograms are made. */
  readonly pairs: Float64Array
  /** All rows, grouped by the nodes that they are in. */
  readonly order: Int32Array
  /** Histogram number `slot`. A view that stays. */
  histogram(slot: number): Histogram
  /** Makes histogram `slot` of the rows `order[from … to)`. */
  make(slot: number, from: number, to: number): void
  /** Histogram `slot` ← `whole` − `part`; `slot` may be one of them. */
  subtract(slot: number, whole: number, part: number): void
  /** Puts the rows of `order[from … to)` whose bin of `column` has a 1 in `left` first; answers where the others begin. */
  partition(column: number, from: number, to: number, left: Uint8Array): number
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsTaken(): number
}

const align = (bytes: number): number => (bytes + 15) & ~15

/** Column after column, so that rows are parted by what lies together. */
function turn(bins: Uint8Array, columns: number, target: Uint8Array): void {
  const count = bins.length / columns
  for (let row = 0, at = 0; row < count; row++)
    for (let j = 0; j < columns; j++, at++) target[j * count + row] = bins[at] as number
}

/** `bins`: rows × columns, row-major; kept twice. Errors: `memory-exceeded`, `kernel-unavailable`. */
export function openBinnedTable(bins: Uint8Array, columns: number, slots: number, memoryBytes: number): BinnedTable {
  const count = bins.length / columns
  const turnedAt = align(bins.length)
  const pairsAt = align(turnedAt + bins.length)
  const orderAt = align(pairsAt + 16 * count)
  const scratchAt = align(orderAt + 4 * count)
  const leftAt = align(scratchAt + 4 * count)
  const slotsAt = leftAt + BINS
  const [sumBytes, countBytes] = [columns * BINS * 16, columns * BINS * 4]
  const bytes = slotsAt + slots * (sumBytes + countBytes)
  if (bytes > memoryBytes) {
    const needed = `binned rows and histograms take ${bytes} bytes, more than the ${memoryBytes} they are given`
    throw new HeedfulError('memory-exceeded', `${needed}; fit on fewer rows or columns, or with fewer leaves`)
  }
  const kernel = openKernel<Exports>(histogramWasm)
  kernel.reserve(bytes)
  const buffer = kernel.buffer()
  new Uint8Array(buffer, 0, bins.length).set(bins)
  turn(bins, columns, new Uint8Array(buffer, turnedAt, bins.length))
  const order = new Int32Array(buffer, orderAt, count)
  const goesLeft = new Uint8Array(buffer, leftAt, BINS)
  const sumsAt = (slot: number) => slotsAt + slot * sumBytes
  const countsAt = (slot: number) => slotsAt + slots * sumBytes + slot * countBytes
  const views = Array.from({ length: slots }, (_, slot) => ({
    sums: new Float64Array(buffer, sumsAt(slot), sumBytes / 8),
    counts: new Int32Array(buffer, countsAt(slot), countBytes / 4),
  }))
  let taken = 0
  return {
    pairs: new Float64Array(buffer, pairsAt, 2 * count),
    order,
    rowsTaken: () => taken,
    histogram: (slot) => views[slot] as Histogram,
    make(slot, from, to) {
      const { sums, counts } = views[slot] as Histogram
      sums.fill(0)
      counts.fill(0)
      kernel.run.addRows(0, columns, orderAt + 4 * from, to - from, pairsAt, sumsAt(slot), countsAt(slot))
      taken += to - from
    },
    subtract(slot, whole, part) {
      const { run } = kernel
      run.subtract(columns, sumsAt(whole), countsAt(whole), sumsAt(part), countsAt(part), sumsAt(slot), countsAt(slot))
    },
    partition(column, from, to, left) {
      goesLeft.set(left)
      return from + kernel.run.partition(turnedAt + column * count, orderAt + 4 * from, to - from, leftAt, scratchAt)
    },
  }
}
