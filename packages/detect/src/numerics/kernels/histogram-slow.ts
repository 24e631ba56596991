import { exp, nearest } from './exp-slow.ts'

/** Bins a column. */
export const BINS = 256
/** Whole numbers of a bin, and of a row: gradient, hessian, count, and nothing. */
export const LANES = 4

/** Whole numbers of a column: its bins, and 16 so that equal bins of two columns do not share a line of the nearest cache. */
export const COLUMN = BINS * LANES + 16

/** Of all columns: whole gradients, hessians and rows of every bin; columns × `COLUMN`. */
export type Histogram = Int32Array

/** What one whole number of each stands for. */
export interface Units {
  readonly gradient: number
  readonly hessian: number
}

/** Sums of whole numbers stay below this, and a half a row for their rounding: they do not overflow. */
const ROOM = 1 << 30
/** No unit is smaller: its inverse is a number. */
const LEAST = 1e-300

/** The power of two that brings `sum` just below `ROOM`, so that numbers of few digits stay what they are. */
function unitOf(sum: number): number {
  if (!(sum > 0)) return 1
  let unit = 1
  while (sum / unit > ROOM) unit *= 2
  while (unit > LEAST && sum / unit <= ROOM / 2) unit /= 2
  return unit
}

/** @param gradients, hessians Σ|·| over the rows of a tree, at most some 2^29 of them. */
export const unitsFor = (gradients: number, hessians: number): Units => ({
  gradient: unitOf(gradients),
  hessian: unitOf(hessians),
})

/** Slow twin: whole gradient and hessian and a 1, `LANES` a row. */
export function roundSlow(pairs: Float64Array, units: Units): Int32Array {
  const whole = new Int32Array((pairs.length / 2) * LANES)
  for (let row = 0; 2 * row < pairs.length; row++) {
    whole[LANES * row] = nearest((pairs[2 * row] as number) * (1 / units.gradient))
    whole[LANES * row + 1] = nearest((pairs[2 * row + 1] as number) * (1 / units.hessian))
    whole[LANES * row + 2] = 1
  }
  return whole
}

/** Slow twin: the histogram of the rows named. `bins`: rows × columns; `whole`: rows × `LANES`. */
export function histogramSlow(
  bins: Uint8Array,
  columns: number,
  rows: ArrayLike<number>,
  whole: Int32Array,
): Histogram {
  const sums = new Int32Array(columns * COLUMN)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    for (let j = 0; j < columns; j++) {
      const at = j * COLUMN + LANES * (bins[row * columns + j] as number)
      for (let lane = 0; lane < LANES; lane++)
        sums[at + lane] = (sums[at + lane] as number) + (whole[LANES * row + lane] as number)
    }
  }
  return sums
}

/** Slow twin: the rows that go left, then the others, each in their order. */
export function partitionSlow(
  bins: Uint8Array,
  columns: number,
  column: number,
  rows: readonly number[],
  left: Uint8Array,
): number[] {
  const goes = (row: number) => left[bins[row * columns + column] as number] === 1
  return [...rows.filter(goes), ...rows.filter((row) => !goes(row))]
}

/** What a cut is judged by. */
export interface CutRules {
  readonly leastRows: number
  /** λ: added to hessians. */
  readonly penalty: number
  /** What the node is worth uncut. */
  readonly parent: number
  /** A cut has to gain more. */
  readonly least: number
}

/** Where a column is cut: after this place of the order of its bins. */
export interface FoundCut {
  readonly place: number
  readonly gain: number
  /** Rows on the left. */
  readonly rows: number
}

/** g²/(h + λ) of both sides together. */
export type Worth = (gradient: number, hessian: number, otherGradient: number, otherHessian: number) => number

/**
 * Slow twin, and the way for categories and bounded values: the best cut of one column. `bins`: in the order in which they are
 * tried; `all`, `begin`: sums of the node, and of what goes left before the first bin.
 */
export function scanSlow(
  histogram: Histogram,
  column: number,
  bins: Uint8Array,
  all: ArrayLike<number>,
  begin: ArrayLike<number>,
  units: Units,
  { leastRows, penalty, parent, least }: CutRules,
  worth: Worth = (g, h, otherG, otherH) => (g * g) / (h + penalty) + (otherG * otherG) / (otherH + penalty),
): FoundCut | undefined {
  let [g, h, n] = [begin[0] as number, begin[1] as number, begin[2] as number]
  const [allG, allH, allN] = [all[0] as number, all[1] as number, all[2] as number]
  let found: FoundCut | undefined
  let most = least
  for (let place = 0; place < bins.length; place++) {
    const at = column * COLUMN + LANES * (bins[place] as number)
    if (histogram[at + 2] === 0) continue
    g += histogram[at] as number
    h += histogram[at + 1] as number
    n += histogram[at + 2] as number
    if (n < leastRows) continue
    if (allN - n < leastRows) break
    const [left, right] = [g * units.gradient, (allG - g) * units.gradient]
    const gain = worth(left, h * units.hessian, right, (allH - h) * units.hessian) - parent
    if (gain > most) {
      most = gain
      found = { place, gain, rows: n }
    }
  }
  return found
}

/** Slow twin: gradient and hessian of the logistic loss, two a row. */
export function differentiateSlow(odds: Float64Array, labels: Float64Array, weights: Float64Array): Float64Array {
  const pairs = new Float64Array(2 * odds.length)
  for (let row = 0; row < odds.length; row++) {
    const share = 1 / (1 + exp(-Math.max(-700, Math.min(700, odds[row] as number))))
    const weight = weights[row] as number
    pairs[2 * row] = weight * (share - (labels[row] as number))
    pairs[2 * row + 1] = weight * share * (1 - share)
  }
  return pairs
}
