/**
 * MCD: the squared Mahalanobis distance to the half of the rows that lie closest together, so that the anomalies among the
 * training rows do not hide themselves.
 *
 * Rousseeuw and Van Driessen, "A Fast Algorithm for the Minimum Covariance Determinant Estimator", Technometrics 1999. The
 * covariance is made consistent for normal rows (Croux and Haesbroeck 1999, equation 4.2; Pison, Van Aelst and Willems 2002,
 * section 3), then estimated again from the rows within its 97.5 % (section 4), as scikit-learn does. Columns are
 * standardised first, which changes no distance. `ridge` keeps columns of which most values are equal from ending the search
 * (Boudt et al. 2020); with 0 such rows are refused.
 *
 * Use it when ordinary rows are one cloud, columns go together, and up to nearly a half of the training rows may be
 * anomalies.
 *
 * Not when rows are fewer than about five a column, or ordinary rows are several groups: it takes the largest half for all.
 *
 * Formula: (x − μ)ᵀ Σ⁻¹ (x − μ), μ and Σ of the rows that lie closest together.
 *
 * Cost: a fit takes starts × n × d² + starts × d³, a score d².
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { chiSquaredQuantile, chiSquaredShare } from '../../numerics/chi-squared.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { Cloud, minimumCovariance } from '../../numerics/minimum-covariance.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'
import { rowsThatCount } from '../../numerics/weighted-rows.ts'
import { copyWhitened, openWhitened, type Whitened } from '../../numerics/whitened.ts'

const params = {
  support: real(0.5, 0.5, 1, 'share of the rows that the covariance is made of; 0.5 bears the most anomalies'),
  ridge: real(
    1e-4,
    0,
    10,
    'added to the variance of every standardised column; 0 refuses rows of which most lie in a plane',
  ),
}

/** Share of normal rows that the second estimate is made of. */
const INSIDE = 0.975

/** What a covariance of the closest share of normal rows is multiplied by: Croux and Haesbroeck 1999, equation 4.2. */
function consistency(width: number, share: number): number {
  return share >= 1 ? 1 : share / chiSquaredShare(chiSquaredQuantile(share, width), width + 2)
}

/** h: from (rows + columns + 1) / 2, at a support of 0.5, to all rows. */
function halfOf(count: number, width: number, support: number): number {
  const least = Math.min(count, Math.ceil((count + width + 1) / 2))
  return least + Math.floor((2 * support - 1) * (count - least))
}

function* estimate(data: Float64Array, width: number, support: number, ridge: number, random: Random): Steps<Whitened> {
  const { mean, deviation } = columnMoments(data, width)
  const scale = scaleOf(deviation)
  const cloud = new Cloud(standardiseRows(data, mean, scale), width, ridge)
  const half = halfOf(cloud.count, width, support)
  const raw = yield* minimumCovariance(cloud, half, random)
  const limit = chiSquaredQuantile(INSIDE, width) * consistency(width, half / cloud.count)
  const distances = cloud.distances(raw)
  const inside = Int32Array.from(distances.keys()).filter((row) => (distances[row] as number) < limit)
  const final = cloud.scatter(inside) ?? raw
  const shrink = 1 / Math.sqrt(consistency(width, INSIDE))
  return {
    centre: mean.map((value, j) => value + (final.centre[j] as number) / (scale[j] as number)),
    scale,
    white: final.white.map((value) => value * shrink),
  }
}

const algorithm: Algorithm<typeof params, Whitened> = {
  id: 'mcd',
  version: 1,
  summary: 'Robust Mahalanobis distance: to the half of the rows that lie closest together.',
  reference:
    'Rousseeuw and Van Driessen, "A Fast Algorithm for the MCD Estimator", Technometrics 1999, sections 2 to 4',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  fit(rows, { weights }, { support, ridge }, random, job) {
    const { data, columns } = rowsThatCount(rows, weights)
    const width = columns.length
    if (ridge === 0 && data.length / width <= width + 1) {
      const needed = `mcd needs more than ${width + 1} rows for ${width} columns; there are ${data.length / width}`
      throw new HeedfulError('rows-too-few', `${needed}; take fewer columns, or a ridge above 0`)
    }
    return paced('mcd', job, estimate(data, width, support, ridge, random))
  },
  open: (state) => ({
    score: openWhitened(state),
    save: () => copyWhitened(state),
  }),
}

/**
 * Minimum covariance determinant (Rousseeuw and Van Driessen 1999). Scores are squared distances, from 0, higher is stranger.
 * Frozen; reads numbers without gaps; rows of weight 0 are left out, other weights count alike. Memory: columns² numbers.
 * Errors: with a ridge of 0 `fit-impossible` where most rows lie in a plane, `rows-too-few`.
 *
 * @example `const model = mcd.fitNow(rows); model.score(newRows)`
 */
export const mcd = defineDetector(algorithm)
