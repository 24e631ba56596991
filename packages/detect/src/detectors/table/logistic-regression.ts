/**
 * Logistic regression: the log-odds of an anomaly as a weighted sum of the columns.
 *
 * Cox, "The regression analysis of binary sequences", 1958; fitted by Newton's method (iteratively reweighted least squares:
 * Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2009, section 4.4.1) with a quadratic penalty on the
 * weights of standardised columns, not on the constant, and steps that are halved until the loss falls.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { flag, real } from '../../contracts/params.ts'
import { cholesky } from '../../numerics/cholesky.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openOuter } from '../../numerics/kernels/matrix.ts'
import { standardised } from '../../numerics/kernels/matrix-slow.ts'
import { type Labelled, labelledRows } from '../../numerics/labelled-rows.ts'

const params = {
  penalty: real(1, 1e-6, 1e6, 'draws the weights towards 0: 1 / C of scikit-learn and LIBLINEAR'),
  balanced: flag(false, 'count anomalies and normal rows as if there were as many of both'),
}

type State = {
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** One a standardised column, then the constant. */
  readonly weights: Float64Array
}

const MOST_STEPS = 100
const TOLERANCE = 1e-12

/** Standardised columns, and a last one of ones. */
function withOnes(data: Float64Array, centre: Float64Array, scale: Float64Array): Float64Array {
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

function oddsOf(rows: Float64Array, weights: Float64Array): Float64Array {
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

function* newton(
  rows: Float64Array,
  size: number,
  labels: Float64Array,
  counts: Float64Array,
  penalty: number,
): Steps<Float64Array> {
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

/** Weights under which both kinds count as much, the total as before. */
function balance({ labels, weights }: Labelled): Float64Array {
  const totals = [0, 0]
  for (const [row, label] of labels.entries()) totals[label] = (totals[label] as number) + (weights[row] as number)
  const half = ((totals[0] as number) + (totals[1] as number)) / 2
  return weights.map((weight, row) => (weight * half) / (totals[labels[row] as number] as number))
}

function* fitRows(labelled: Labelled, penalty: number, balanced: boolean): Steps<State> {
  const { rows, labels, weights } = labelled
  const width = rows.columns.length
  const { mean, deviation } = columnMoments(rows.data, width)
  const scale = scaleOf(deviation)
  const counts = balanced ? balance(labelled) : weights
  const found = yield* newton(withOnes(rows.data, mean, scale), width + 1, labels, counts, penalty)
  return { centre: mean, scale, weights: found }
}

const bounded = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))

const algorithm: Algorithm<typeof params, State> = {
  id: 'logistic-regression',
  version: 1,
  summary: 'Learns from labels: the log-odds of an anomaly as a weighted sum of the columns.',
  reference: 'Cox, "The regression analysis of binary sequences", 1958; Hastie et al. 2009, section 4.4.1',
  kind: 'table',
  learnsFrom: 'labels',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit: (rows, lesson, { penalty, balanced }, _random, job) =>
    paced('logistic-regression', job, fitRows(labelledRows('logistic-regression', rows, lesson), penalty, balanced)),
  open: ({ centre, scale, weights }) => ({
    score: ({ data }) => oddsOf(withOnes(data, centre, scale), weights).map(bounded),
    /** Weight × distance from the mean in deviations. */
    explain: ({ data }) => {
      const width = centre.length
      return data.map((value, at) => {
        const j = at % width
        return bounded(standardised(value, centre[j] as number, scale[j] as number) * (weights[j] as number))
      })
    },
    save: () => ({ centre: centre.slice(), scale: scale.slice(), weights: weights.slice() }),
  }),
}

/**
 * Logistic regression (Cox 1958). Scores are log-odds of an anomaly, higher is stranger; the weights of a row and the constant
 * add up to its score. Learns from labelled rows alone (NaN is not labelled); frozen; reads numbers without gaps.
 *
 * @example `const model = logisticRegression.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const logisticRegression = defineDetector(algorithm)
