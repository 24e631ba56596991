/** Weights of columns under which labels are most likely. Hastie et al., "The Elements of Statistical Learning", 2009, section 4.4.1. */
import { HeedfulError } from '../contracts/errors.ts'
import type { Steps } from '../contracts/paced.ts'
import { cholesky } from './cholesky.ts'
import { openOuter } from './kernels/matrix.ts'
import { standardised } from './kernels/matrix-slow.ts'

const MOST_STEPS = 100
const TOLERANCE = 1e-12

/** Standardised columns, and a last one of ones. */
export function withOnes(data: Float64Array, centre: Float64Array, scale: Float64Array): Float64Array {
  const width = centre.length
  const count = data.length / width
  const rows = new Float64Array(count * (width + 1))
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < width; j++)
      rows[row * (width + 1) + j] = standardised(
        data[row * width + j] as number,
        centre[j] as number,
        scale[j] as number,
      )
    rows[row * (width + 1) + width] = 1
  }
  return rows
}

/** The weighted sum of every row, which ends with its one. */
export function oddsOf(rows: Float64Array, weights: Float64Array): Float64Array {
  const size = weights.length
  const odds = new Float64Array(rows.length / size)
  for (let row = 0, at = 0; row < odds.length; row++) {
    let sum = 0
    for (let j = 0; j < size; j++, at++) sum += (rows[at] as number) * (weights[j] as number)
    odds[row] = sum
  }
  return odds
}

/** What a score is made of: (value − centre) × slope, one a column, and what is added. */
export type Line = { readonly centre: Float64Array; readonly slopes: Float64Array; readonly constant: number }

export const lineOf = (centre: Float64Array, scale: Float64Array, weights: Float64Array): Line => ({
  centre,
  slopes: scale.map((one, j) => one * (weights[j] as number)),
  constant: weights[centre.length] as number,
})

/** One a row, without a copy of the rows; four columns at a time, so that additions do not wait for each other. May overflow. */
export function oddsAlong({ centre, slopes, constant }: Line, data: Float64Array): Float64Array {
  const width = slopes.length
  const fours = width & ~3
  const odds = new Float64Array(data.length / width)
  for (let row = 0, at = 0; row < odds.length; row++) {
    let [a, b, c, d] = [constant, 0, 0, 0]
    let j = 0
    for (; j < fours; j += 4, at += 4) {
      a += ((data[at] as number) - (centre[j] as number)) * (slopes[j] as number)
      b += ((data[at + 1] as number) - (centre[j + 1] as number)) * (slopes[j + 1] as number)
      c += ((data[at + 2] as number) - (centre[j + 2] as number)) * (slopes[j + 2] as number)
      d += ((data[at + 3] as number) - (centre[j + 3] as number)) * (slopes[j + 3] as number)
    }
    for (; j < width; j++, at++) a += ((data[at] as number) - (centre[j] as number)) * (slopes[j] as number)
    odds[row] = a + b + (c + d)
  }
  return odds
}

/** ln(1 + exp(x)), without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** What is made as small as can be. */
function lossOf(
  odds: Float64Array,
  labels: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
  penalty: number,
) {
  let sum = 0
  for (let row = 0; row < odds.length; row++) {
    const own = odds[row] as number
    sum += (counts[row] as number) * (softplus(own) - (labels[row] as number) * own)
  }
  for (let j = 0; j + 1 < weights.length; j++) sum += (penalty / 2) * (weights[j] as number) * (weights[j] as number)
  return sum
}

/** x of L Lᵀ x = b. */
function solve(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length
  const x = b.slice()
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (lower[i * size + k] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (lower[i * size + i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = (x[i] as number) - (lower[k * size + i] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (lower[i * size + i] as number)
  }
  return x
}

/** Adds what every row says to the slope, and answers how much each counts in the curvature. */
function addSlopes(
  rows: Float64Array,
  odds: Float64Array,
  { size, labels, counts }: LogisticPlan,
  slope: Float64Array,
): Float64Array {
  const bends = new Float64Array(odds.length)
  for (let row = 0, at = 0; row < odds.length; row++) {
    const count = counts[row] as number
    const share = 1 / (1 + Math.exp(-(odds[row] as number)))
    const off = count * (share - (labels[row] as number))
    bends[row] = count * share * (1 - share)
    for (let j = 0; j < size; j++, at++) slope[j] = (slope[j] as number) + off * (rows[at] as number)
  }
  return bends
}

export interface LogisticPlan {
  /** Columns, with the one of ones. */
  readonly size: number
  /** One a row, 0 or 1. */
  readonly labels: Float64Array
  /** One a row: how much it counts. */
  readonly counts: Float64Array
  /** Draws all weights but the constant towards 0. */
  readonly penalty: number
}

/** The weights of the columns of `rows`, the constant last, by Newton's method. Error: `fit-impossible`. */
export function* fitLogistic(rows: Float64Array, plan: LogisticPlan): Steps<Float64Array> {
  const { size, labels, counts, penalty } = plan
  const outer = openOuter(size)
  const nowhere = new Float64Array(size)
  let weights = new Float64Array(size)
  let odds = oddsOf(rows, weights)
  let loss = lossOf(odds, labels, counts, weights, penalty)
  for (let step = 0; step < MOST_STEPS; step++) {
    const slope = weights.map((weight, j) => (j + 1 < size ? penalty * weight : 0))
    const curvature = outer.sum(rows, nowhere, addSlopes(rows, odds, plan, slope))
    for (let j = 0; j < size; j++) {
      const at = j * (size + 1)
      curvature[at] = (curvature[at] as number) + (j + 1 < size ? penalty : 1e-10)
    }
    const lower = cholesky(curvature, size, 0)
    if (!lower)
      throw new HeedfulError(
        'fit-impossible',
        'logistic-regression: the curvature cannot be inverted; raise the penalty',
      )
    const direction = solve(lower, slope)
    let next = loss
    let moved = weights
    for (let length = 1; length > 1e-6; length /= 2) {
      moved = weights.map((weight, j) => weight - length * (direction[j] as number))
      odds = oddsOf(rows, moved)
      next = lossOf(odds, labels, counts, moved, penalty)
      if (next <= loss) break
    }
    const gained = loss - next
    if (!(next <= loss)) return weights
    weights = Float64Array.from(moved)
    loss = next
    if (gained <= TOLERANCE * Math.abs(loss)) return weights
    yield { done: step, of: MOST_STEPS, note: 'fitting weights' }
  }
  return weights
}
