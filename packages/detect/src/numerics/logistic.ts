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
    const shares = odds.map((own) => 1 / (1 + Math.exp(-own)))
    const curvature = outer.sum(
      rows,
      nowhere,
      shares.map((share, row) => (counts[row] as number) * share * (1 - share)),
    )
    const slope = weights.map((weight, j) => (j + 1 < size ? penalty * weight : 0))
    for (let row = 0, at = 0; row < shares.length; row++) {
      const off = (counts[row] as number) * ((shares[row] as number) - (labels[row] as number))
      for (let j = 0; j < size; j++, at++) slope[j] = (slope[j] as number) + off * (rows[at] as number)
    }
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
