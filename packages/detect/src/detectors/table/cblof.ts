/**
 * CBLOF: how far a row lies from the middle of the nearest large cluster.
 *
 * He, Xu and Deng, "Discovering cluster-based local outliers", Pattern Recognition Letters 2003, definitions 2 and 3. Clusters
 * come from k-means. Scores are not multiplied by the size of the cluster, which finds more (Amer and Goldstein 2012); PyOD
 * has the same default.
 *
 * Use it when ordinary rows come in a few groups, and a strange row is one that belongs to none of them.
 *
 * Not when groups differ much in how wide they are (`gmm` knows that), or columns differ in their units and are not scaled.
 *
 * Formula: ‖x − c‖ to the middle c of the nearest large cluster.
 *
 * Cost: a fit takes n × d × clusters × steps of k-means, a score d × clusters.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments } from '../../numerics/column-moments.ts'
import { type Clusters, kMeans, openAssignment } from '../../numerics/k-means.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'
import { rowsThatCount } from '../../numerics/weighted-rows.ts'

const params = {
  clusters: int(8, 1, 500, 'clusters of k-means'),
  alpha: real(0.9, 0.01, 0.999, 'share of the rows that the large clusters hold together'),
  beta: real(5, 1, 1e6, 'how many times larger the smallest large cluster is than the largest small one'),
}

type State = {
  /** Mean of the training rows, taken off first. */
  readonly mean: Float64Array
  /** clusters × columns. */
  readonly centres: Float64Array
  /** 1 for the large clusters. */
  readonly large: Uint8Array
}

/** Definition 2: where the sizes, descending, fall off. `alpha` and `beta` together, else `alpha`, else `beta`, else all are large. */
function largeClusters({ sizes }: Clusters, alpha: number, beta: number): Uint8Array {
  const order = Array.from(sizes.keys()).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const cuts = { both: 0, alpha: 0, beta: 0 }
  for (let i = 1, held = 0; i < order.length; i++) {
    const [before, after] = [sizes[order[i - 1] as number] as number, sizes[order[i] as number] as number]
    held += before
    const [enough, falls] = [held >= total * alpha, before >= beta * after]
    if (enough && falls) cuts.both ||= i
    if (enough) cuts.alpha ||= i
    if (falls) cuts.beta ||= i
  }
  const cut = cuts.both || cuts.alpha || cuts.beta || order.length
  const large = new Uint8Array(sizes.length)
  for (const cluster of order.slice(0, cut)) large[cluster] = 1
  return large
}

function* fitClusters({ data, columns }: Rows, k: number, alpha: number, beta: number, random: Random): Steps<State> {
  const width = columns.length
  const { mean, deviation } = columnMoments(data, width)
  const spread = deviation.reduce((sum, one) => sum + (one * one) / width, 0)
  const found = yield* kMeans(standardiseRows(data, mean), width, k, spread, random)
  return { mean, centres: found.centres, large: largeClusters(found, alpha, beta) }
}

class Cblof implements Live<State> {
  private readonly state: State
  private readonly nearest: (data: Float64Array) => Int32Array
  private readonly largest: readonly number[]

  constructor(state: State) {
    this.state = state
    this.nearest = openAssignment(state.centres, state.mean.length, state.mean)
    this.largest = Array.from(state.large.keys()).filter((cluster) => state.large[cluster] === 1)
  }

  /** Definition 3, without the factor of the size. */
  score({ data, count }: Rows): Float64Array {
    const { large } = this.state
    const labels = this.nearest(data)
    const scores = new Float64Array(count)
    for (let row = 0; row < count; row++) {
      const own = labels[row] as number
      scores[row] = large[own] === 1 ? this.distance(data, row, own) : this.nearestLarge(data, row)
    }
    return scores
  }

  save(): State {
    const { mean, centres, large } = this.state
    return { mean: mean.slice(), centres: centres.slice(), large: large.slice() }
  }

  private distance(data: Float64Array, row: number, cluster: number): number {
    const { mean, centres } = this.state
    const width = mean.length
    let square = 0
    for (let j = 0, at = row * width, from = cluster * width; j < width; j++, at++, from++) {
      const away = (data[at] as number) - (mean[j] as number) - (centres[from] as number)
      square += away * away
    }
    return Math.sqrt(Math.min(square, Number.MAX_VALUE))
  }

  private nearestLarge(rows: Float64Array, row: number): number {
    let least = Number.POSITIVE_INFINITY
    for (const cluster of this.largest) least = Math.min(least, this.distance(rows, row, cluster))
    return least
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'cblof',
  version: 1,
  summary: 'How far a row lies from the middle of the nearest large cluster of k-means.',
  reference: 'He, Xu and Deng, "Discovering cluster-based local outliers", 2003, definitions 2 and 3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  fit: (rows, { weights }, { clusters, alpha, beta }, random, job) =>
    paced('cblof', job, fitClusters(rowsThatCount(rows, weights), clusters, alpha, beta, random)),
  open: (state) => new Cblof(state),
}

/**
 * Cluster-based local outlier factor (He et al. 2003). Scores are distances, from 0, higher is stranger. Frozen; reads numbers
 * without gaps; rows of weight 0 are left out, other weights count alike. Distances are in the units of the columns: scale
 * them first where these differ. Memory: clusters × columns numbers.
 *
 * @example `const model = cblof.fitNow(rows); model.score(newRows)`
 */
export const cblof = defineDetector(algorithm)
