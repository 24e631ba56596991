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
import { type KernelProducts, openKernelProducts } from '../../numerics/kernel-products.ts'
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
/** What adds less than this factor of the largest term changes no digit. */
const NEGLIGIBLE = -45

class Kde implements Live<State> {
  private readonly state: State
  private readonly products: KernelProducts
  /** ln of what the sum of the Gaussians is multiplied by. */
  private readonly factor: number

  constructor(state: State) {
    const { points, centre, scale } = state
    this.state = state
    this.products = openKernelProducts(standardiseRows(points.data, centre, scale), points.width)
    const units = scale.reduce((sum, one) => sum + Math.log(one), 0)
    this.factor = units - (centre.length * LOG_TWO_PI) / 2 - Math.log(points.data.length / points.width)
  }

  score({ data, count }: Rows): Float64Array {
    const { stride, halves } = this.products
    const scores = new Float64Array(count)
    this.products.each(standardiseRows(data, this.state.centre, this.state.scale), (products, lengths, from, size) => {
      for (let i = 0; i < size; i++) {
        const half = (lengths[i] as number) / 2
        scores[from + i] = -(this.logSum(products, i * stride, halves, half) + this.factor)
      }
    })
    return scores
  }

  save(): State {
    const { points, centre, scale } = this.state
    return { points: copyPoints(points), centre: centre.slice(), scale: scale.slice() }
  }

  /** ln Σ exp(−d² / 2), the distances in units of the bandwidth. */
  private logSum(products: Float64Array, at: number, halves: Float64Array, half: number): number {
    let most = Number.NEGATIVE_INFINITY
    for (let p = 0; p < halves.length; p++) {
      const near = (products[at + p] as number) - (halves[p] as number)
      if (near > most) most = near
    }
    let sum = 0
    for (let p = 0; p < halves.length; p++) {
      const less = (products[at + p] as number) - (halves[p] as number) - most
      if (less > NEGLIGIBLE) sum += Math.exp(less)
    }
    return Math.min(most - half, 0) + Math.log(sum)
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
