import { HeedfulError } from '../../contracts/errors.ts'
import { histogramWasm } from './histogram.gen.ts'
import {
  BINS,
  COLUMN,
  type CutRules,
  type FoundCut,
  type Histogram,
  LANES,
  type Units,
  unitsFor,
} from './histogram-slow.ts'
import { openKernel } from './kernel.ts'

type Exports = {
  differentiate(odds: number, labels: number, weights: number, count: number, pairs: number): void
  measure(rows: number, count: number, pairs: number, out: number): void
  sumPairs(rows: number, count: number, pairs: number, out: number): void
  round(rows: number, count: number, pairs: number, perGradient: number, perHessian: number, whole: number): void
  addRows(bins: number, stride: number, columns: number, rows: number, count: number, whole: number, sums: number): void
  subtract(columns: number, whole: number, part: number): void
  scan(
    sums: number,
    bins: number,
    all: number,
    begin: number,
    leastRows: number,
    unitGradient: number,
    unitHessian: number,
    penalty: number,
    parent: number,
    least: number,
    out: number,
  ): number
  partition(column: number, rows: number, count: number, left: number, scratch: number): number
  addStep(rows: number, count: number, values: number, step: number): void
}

/** Binned rows, their gradients, and room for some histograms, in WebAssembly. Rows are named by their place in `order`. */
export interface BinnedTable {
  /** rows × 2: gradient and hessian. To be written before `prepare`. */
  readonly pairs: Float64Array
  /** One a row: what boosting has said so far, the labels and weights. */
  readonly odds: Float64Array
  readonly labels: Float64Array
  readonly weights: Float64Array
  /** All rows, grouped by the nodes that they are in. */
  readonly order: Int32Array
  /** Writes the pairs of the logistic loss, from odds, labels and weights. */
  differentiate(): void
  /** Turns the pairs of the rows `order[0 … rows)` into whole numbers of these units. */
  prepare(rows: number): Units
  /** Σ of the pairs of the rows `order[from … to)`, as they are. */
  sum(from: number, to: number): { gradient: number; hessian: number }
  /** Adds `step` to the odds of the rows `order[from … to)`. */
  addStep(from: number, to: number, step: number): void
  /** Histogram number `slot`. A view that stays. */
  histogram(slot: number): Histogram
  /** Makes histogram `slot` of the rows `order[from … to)`. */
  make(slot: number, from: number, to: number): void
  /** Histogram `whole` ← `whole` − `part`. */
  subtract(whole: number, part: number): void
  /** The best cut of a column of numbers: `scanSlow` over its first `bins` bins in ascending order. */
  scan(
    slot: number,
    column: number,
    bins: number,
    all: ArrayLike<number>,
    begin: ArrayLike<number>,
    rules: CutRules,
  ): FoundCut | undefined
  /** Puts the rows of `order[from … to)` whose bin of `column` has a 1 in `left` first; answers where the others begin. */
  partition(column: number, from: number, to: number, left: Uint8Array): number
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsTaken(): number
}

const align = (bytes: number): number => (bytes + 15) & ~15

/** Rows that are turned together: their lines stay in the nearest cache. */
const TILE = 256

/** Column after column, so that rows are parted by what lies together. */
function turn(bins: Uint8Array, columns: number, target: Uint8Array): void {
  const count = bins.length / columns
  for (let from = 0; from < count; from += TILE) {
    const to = Math.min(count, from + TILE)
    for (let j = 0; j < columns; j++) {
      for (let row = from, at = from * columns + j; row < to; row++, at += columns)
        target[j * count + row] = bins[at] as number
    }
  }
}

/** Rows of bins, each begun at a multiple of four bytes. */
function pad(bins: Uint8Array, columns: number, stride: number, target: Uint8Array): void {
  if (stride === columns) return target.set(bins)
  for (let from = 0, to = 0; from < bins.length; from += columns, to += stride)
    for (let j = 0; j < columns; j++) target[to + j] = bins[from + j] as number
}

/** Where everything lies, in bytes. */
function layOut(count: number, columns: number, slots: number) {
  const stride = (columns + 3) & ~3
  const even = (count + 1) & ~1
  let end = 0
  const take = (bytes: number) => {
    const at = end
    end = align(end + bytes)
    return at
  }
  const places = {
    ...{ bins: take(stride * count), turned: take(columns * count), pairs: take(16 * even), whole: take(16 * count) },
    ...{ odds: take(8 * even), labels: take(8 * even), weights: take(8 * even) },
    ...{ order: take(4 * count), scratch: take(4 * count), left: take(BINS), out: take(16), sums: take(32) },
    slots: take(slots * columns * COLUMN * 4),
  }
  return { ...places, stride, bytes: end }
}

/** `bins`: rows × columns, row-major; kept twice. Errors: `memory-exceeded`, `kernel-unavailable`. */
export function openBinnedTable(bins: Uint8Array, columns: number, slots: number, memoryBytes: number): BinnedTable {
  const count = bins.length / columns
  const at = layOut(count, columns, slots)
  if (at.bytes > memoryBytes) {
    const needed = `binned rows and histograms take ${at.bytes} bytes, more than the ${memoryBytes} they are given`
    throw new HeedfulError('memory-exceeded', `${needed}; fit on fewer rows or columns, or with fewer leaves`)
  }
  const kernel = openKernel<Exports>(histogramWasm)
  kernel.reserve(at.bytes)
  const [buffer, { run }] = [kernel.buffer(), kernel]
  pad(bins, columns, at.stride, new Uint8Array(buffer, at.bins, at.stride * count))
  turn(bins, columns, new Uint8Array(buffer, at.turned, bins.length))
  const order = new Int32Array(buffer, at.order, count)
  const goesLeft = new Uint8Array(buffer, at.left, BINS)
  const [gained, found] = [new Float64Array(buffer, at.out, 2), new Int32Array(buffer, at.out, 4)]
  const [all, begun] = [new Int32Array(buffer, at.sums, LANES), new Int32Array(buffer, at.sums + 16, LANES)]
  const column = COLUMN * 4
  const slotAt = (slot: number) => at.slots + slot * columns * column
  const views = Array.from({ length: slots }, (_, slot) => new Int32Array(buffer, slotAt(slot), (columns * column) / 4))
  const doubles = (from: number, length = count) => new Float64Array(buffer, from, length)
  let units: Units = { gradient: 1, hessian: 1 }
  let taken = 0
  return {
    ...{ pairs: doubles(at.pairs, 2 * count), odds: doubles(at.odds), labels: doubles(at.labels) },
    ...{ weights: doubles(at.weights), order },
    rowsTaken: () => taken,
    histogram: (slot) => views[slot] as Histogram,
    differentiate: () => run.differentiate(at.odds, at.labels, at.weights, count, at.pairs),
    prepare(rows) {
      run.measure(at.order, rows, at.pairs, at.out)
      units = unitsFor(gained[0] as number, gained[1] as number)
      run.round(at.order, rows, at.pairs, 1 / units.gradient, 1 / units.hessian, at.whole)
      return units
    },
    sum(from, to) {
      run.sumPairs(at.order + 4 * from, to - from, at.pairs, at.out)
      return { gradient: gained[0] as number, hessian: gained[1] as number }
    },
    addStep: (from, to, step) => run.addStep(at.order + 4 * from, to - from, at.odds, step),
    make(slot, from, to) {
      ;(views[slot] as Histogram).fill(0)
      run.addRows(at.bins, at.stride, columns, at.order + 4 * from, to - from, at.whole, slotAt(slot))
      taken += to - from
    },
    subtract: (whole, part) => run.subtract(columns, slotAt(whole), slotAt(part)),
    scan(slot, j, used, whole, begin, { leastRows, penalty, parent, least }) {
      all.set(whole)
      begun.set(begin)
      const [sums, unit, other] = [slotAt(slot) + j * column, units.gradient, units.hessian]
      const [from, start] = [at.sums, at.sums + 16]
      if (!run.scan(sums, used, from, start, leastRows, unit, other, penalty, parent, least, at.out)) return undefined
      return { gain: gained[0] as number, place: found[2] as number, rows: found[3] as number }
    },
    partition(j, from, to, left) {
      goesLeft.set(left)
      return from + run.partition(at.turned + j * count, at.order + 4 * from, to - from, at.left, at.scratch)
    },
  }
}
