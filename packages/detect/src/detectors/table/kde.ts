/**
 * KDE: how thin the training rows lie about a row, each spread out as a Gaussian.
 *
 * Parzen, "On estimation of a probability density function and mode", 1962; Scott, "Multivariate Density Estimation", 1992,
 * section 6.3 (the bandwidth n^(−1 / (columns + 4)) of standardised columns). The score is −ln of the density in the units of
 * the columns.
 *
 * Use it when rows are at most some ten thousand, columns few, and a smooth picture of where rows are is wanted.
 *
 * Not when columns are more than about ten: there are never enough rows to know a density then.
 *
 * Formula: −ln of the mean over training rows y of N(x; y, bandwidth² · I), of standardised columns.
 *
 * Cost: a fit keeps the rows, n × d; a score takes n × d.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inOne, paced } from '../../contracts/paced.ts'
import { flag, real } from '../../contracts/params.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openSimilarity, type Similarity } from '../../numerics/kernels/similarity.ts'
import { copyPoints, keepPoints, type Points } from '../../numerics/saved-points.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'

const params = {
  bandwidth: real(1, 0, 1e6, 'deviation of the Gaussians; 0 takes n^(−1 / (columns + 4)), Scott 1992'),
  standardise: flag(true, 'give every column a deviation of 1 first, so that one bandwidth serves all'),
}

type State = {
  readonly points: Points
  readonly centre: Float64Array
  /** One over the bandwidth, one a column. */
  readonly scale: Float64Array
}

const LOG_TWO_PI = Math.log(2 * Math.PI)
class Kde implements Live<State> {
  private readonly state: State
  private readonly similarity: Similarity
  /** ln of what the sum of the Gaussians is multiplied by. */
  private readonly factor: number

  constructor(state: State) {
    const { points, centre, scale } = state
    this.state = state
    this.similarity = openSimilarity(standardiseRows(points.data, centre, scale), points.width)
    const units = scale.reduce((sum, one) => sum + Math.log(one), 0)
    this.factor = units - (centre.length * LOG_TWO_PI) / 2 - Math.log(points.data.length / points.width)
  }

  score({ data }: Rows): Float64Array {
    const rows = standardiseRows(data, this.state.centre, this.state.scale)
    return this.similarity.logSum(rows).map((sum) => -(sum + this.factor))
  }

  save(): State {
    const { points, centre, scale } = this.state
    return { points: copyPoints(points), centre: centre.slice(), scale: scale.slice() }
  }
}

function widthsOf(points: Points, { bandwidth, standardise }: { bandwidth: number; standardise: boolean }): State {
  const { mean, deviation } = columnMoments(points.data, points.width)
  const scott = Math.exp(-Math.log(points.data.length / points.width) / (points.width + 4))
  const width = bandwidth > 0 ? bandwidth : scott
  const units = standardise ? scaleOf(deviation) : new Float64Array(points.width).fill(1)
  return { points, centre: mean, scale: units.map((unit) => unit / width) }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'kde',
  version: 1,
  summary: 'Kernel density: how thin the training rows lie about a row, each spread out as a Gaussian.',
  reference: 'Parzen, "On estimation of a probability density function and mode", 1962; Scott 1992, section 6.3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit: (rows, { weights }, choices, _random, job) =>
    paced(
      'kde',
      job,
      inOne(() => widthsOf(keepPoints('kde', rows, weights, job.memoryBytes), choices)),
    ),
  open: (state) => new Kde(state),
}

/**
 * Kernel density estimation (Parzen 1962). Scores are −ln of a density, higher is stranger. Frozen; reads numbers without gaps;
 * rows of weight 0 are left out, other weights count alike. The model keeps the training rows: 16 bytes a value; a score costs
 * time in proportion to their number.
 *
 * @example `const model = kde.fitNow(rows); model.score(newRows)`
 */
export const kde = defineDetector(algorithm)
