/**
 * Mahalanobis: how far a row lies from the mean, in units of how far the training rows spread in that direction.
 *
 * Mahalanobis, "On the generalised distance in statistics", Proceedings of the National Institute of Sciences of India 1936:
 * d² = (x − μ)ᵀ Σ⁻¹ (x − μ). Columns are standardised, and `ridge` is added to the diagonal (Hoerl and Kennard 1970), so that
 * constant columns, or ones that follow from others, do no harm: a row that leaves their plane is very far.
 *
 * Use it when ordinary rows are one cloud, columns go together, and the training rows hold hardly any anomalies.
 *
 * Not when anomalies are among the training rows (`mcd` bears them), or ordinary rows are several groups (`gmm`).
 *
 * Formula: (x − μ)ᵀ (Σ + ridge)⁻¹ (x − μ), of standardised columns.
 *
 * Cost: a fit takes n × d² + d³, a score d².
 */

import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { inOne, paced } from '../../contracts/paced.ts'
import { real } from '../../contracts/params.ts'
import type { Rows } from '../../contracts/rows.ts'
import { cholesky, whitener } from '../../numerics/cholesky.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openOuter } from '../../numerics/kernels/matrix.ts'
import { copyWhitened, openWhitened, type Whitened } from '../../numerics/whitened.ts'

const params = {
  ridge: real(
    1e-6,
    0,
    10,
    'added to the variance of every standardised column; 0 refuses columns that follow from others',
  ),
}

/** Of standardised columns, `ridge` added. */
function covarianceOf(data: Float64Array, width: number, ridge: number, weights: Float64Array | undefined) {
  const { mean, deviation } = columnMoments(data, width, weights)
  const scale = scaleOf(deviation)
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : data.length / width
  const covariance = openOuter(width)
    .sum(data, mean, weights)
    .map((sum, at) => {
      const [i, j] = [Math.floor(at / width), at % width]
      return (sum / total) * ((scale[i] as number) * (scale[j] as number)) + (i === j ? ridge : 0)
    })
  return { mean, scale, covariance }
}

function whiten({ data, columns }: Rows, weights: Float64Array | undefined, ridge: number): Whitened {
  const width = columns.length
  const { mean, scale, covariance } = covarianceOf(data, width, ridge, weights)
  const lower = cholesky(covariance, width, ridge > 0 ? 0 : undefined)
  if (!lower) {
    const way = 'leave out columns that are constant or follow from others, or give a ridge above 0'
    throw new HeedfulError('fit-impossible', `mahalanobis: the covariance of the columns cannot be inverted; ${way}`)
  }
  return { centre: mean, scale, white: whitener(lower, width) }
}

const algorithm: Algorithm<typeof params, Whitened> = {
  id: 'mahalanobis',
  version: 1,
  summary: 'How far a row lies from the mean, in units of how far the training rows spread in its direction.',
  reference:
    'Mahalanobis, "On the generalised distance in statistics", 1936; Hoerl and Kennard, "Ridge Regression", 1970',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  fit: (rows, { weights }, { ridge }, _random, job) =>
    paced(
      'mahalanobis',
      job,
      inOne(() => whiten(rows, weights, ridge)),
    ),
  open: (state) => ({
    score: openWhitened(state),
    save: () => copyWhitened(state),
  }),
}

/**
 * Mahalanobis distance (1936), with a ridge. Scores are squared distances, from 0, higher is stranger. Frozen; reads numbers
 * without gaps. Anomalies among the training rows widen it: `mcd` bears them. Memory: columns² numbers.
 *
 * @example `const model = mahalanobis.fitNow(rows); model.score(newRows)`
 */
export const mahalanobis = defineDetector(algorithm)
