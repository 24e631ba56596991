/**
 * Logistic regression: the log-odds of an anomaly as a weighted sum of the columns.
 *
 * Cox, "The regression analysis of binary sequences", 1958; fitted by Newton's method (iteratively reweighted least squares:
 * Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 2009, section 4.4.1) with a quadratic penalty on the
 * weights of standardised columns, not on the constant, and steps that are halved until the loss falls.
 *
 * Use it when anomalies are labelled, more of a column means more or less risk, and people have to read why: weights add up
 * to the score.
 *
 * Not when what is strange is so on both sides of a column, or only in how columns go together.
 *
 * Formula: constant + Σ over columns of weight × (x − mean) / deviation.
 *
 * Cost: a fit takes n × d² + d³ a step of Newton, a few steps; a score d.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { flag, real } from '../../contracts/params.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { standardised } from '../../numerics/kernels/matrix-slow.ts'
import { type Labelled, labelledRows } from '../../numerics/labelled-rows.ts'
import { fitLogistic, lineOf, oddsAlong, oddsOf, withOnes } from '../../numerics/logistic.ts'

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
  const found = yield* fitLogistic(withOnes(rows.data, mean, scale), { size: width + 1, labels, counts, penalty })
  return { centre: mean, scale, weights: found }
}

const bounded = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))

/** The score of one row whose values or sums overflow: each term is held. */
function heldOdds(
  data: Float64Array,
  row: number,
  centre: Float64Array,
  scale: Float64Array,
  weights: Float64Array,
): number {
  const width = centre.length
  return bounded(oddsOf(withOnes(data.subarray(row * width, (row + 1) * width), centre, scale), weights)[0] as number)
}

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
    score({ data, count }) {
      const odds = oddsAlong(lineOf(centre, scale, weights), data)
      for (let row = 0; row < count; row++)
        if (!Number.isFinite(odds[row])) odds[row] = heldOdds(data, row, centre, scale, weights)
      return odds
    },
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
