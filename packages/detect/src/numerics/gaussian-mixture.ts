/**
 * A mixture of Gaussians with full covariances, by expectation and maximisation: Dempster, Laird and Rubin 1977; Bishop,
 * "Pattern Recognition and Machine Learning", 2006, section 9.2.2. Started by k-means.
 */
import { HeedfulError } from '../contracts/errors.ts'
import type { Steps } from '../contracts/paced.ts'
import type { Random } from '../contracts/random.ts'
import { cholesky, logDeterminant, whitener } from './cholesky.ts'
import { kMeans } from './k-means.ts'
import { type OuterSums, openOuter, openProjection, type Projection } from './kernels/matrix.ts'
import { squaredLengths } from './squared-lengths.ts'

/** One Gaussian of the mixture. */
export type Component = {
  readonly centre: Float64Array
  /** One a column: (value − centre) × scale is multiplied by `white`; 1 where absent. */
  readonly scale?: Float64Array
  /** columns × columns: squared lengths of products are squared Mahalanobis distances. */
  readonly white: Float64Array
  /** ln of share / √((2π)^columns · determinant): the logarithm of the density at its centre. */
  readonly peak: number
}

const LOG_TWO_PI = Math.log(2 * Math.PI)
const MOST_ROUNDS = 200
/** Ends where the mean log-likelihood of a row gains less. */
const TOLERANCE = 1e-4

/** What all components of one fit share. */
interface Workshop {
  readonly data: Float64Array
  readonly width: number
  readonly ridge: number
  readonly outer: OuterSums
}

function weightedMean(data: Float64Array, width: number, weights: Float64Array, total: number): Float64Array {
  const sums = new Float64Array(width)
  for (let row = 0, at = 0; row < weights.length; row++) {
    const weight = weights[row] as number
    for (let j = 0; j < width; j++, at++) sums[j] = (sums[j] as number) + weight * (data[at] as number)
  }
  return sums.map((sum) => sum / total)
}

/** The Gaussian of the rows, each counting as much as this component answers for it. */
function maximise({ data, width, ridge, outer }: Workshop, weights: Float64Array): Component {
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    Number.EPSILON,
  )
  const centre = weightedMean(data, width, weights, total)
  const covariance = outer.sum(data, centre, weights).map((sum) => sum / total)
  for (let at = 0; at < covariance.length; at += width + 1) covariance[at] = (covariance[at] as number) + ridge
  const lower = cholesky(covariance, width, ridge > 0 ? 0 : undefined)
  if (!lower) {
    const way = 'give a ridge above 0, fewer components, or leave out columns that follow from others'
    throw new HeedfulError('fit-impossible', `the covariance of a component cannot be inverted; ${way}`)
  }
  const log = Math.log(total / weights.length) - (width * LOG_TWO_PI + logDeterminant(lower, width)) / 2
  return { centre, white: whitener(lower, width), peak: log }
}

/** ln of every component's part of the density of every row: one array a component. */
function logParts(projection: Projection, components: readonly Component[], data: Float64Array): Float64Array[] {
  return components.map(({ centre, scale, white, peak }) => {
    const width = centre.length
    projection.replace({ inputs: width, outputs: width, matrix: white, centre, ...(scale && { scale }) })
    return squaredLengths(projection, data, data.length / width).map((square) => peak - square / 2)
  })
}

/** ln of the density, one a row. */
function logDensities(parts: readonly Float64Array[]): Float64Array {
  return (parts[0] as Float64Array).map((_, row) => {
    let most = Number.NEGATIVE_INFINITY
    for (const part of parts) most = Math.max(most, part[row] as number)
    let sum = 0
    for (const part of parts) sum += Math.exp((part[row] as number) - most)
    return most + Math.log(sum)
  })
}

const openWhite = (width: number): Projection =>
  openProjection({ inputs: width, outputs: width, matrix: new Float64Array(width * width) })

/** Fits at most `count` components to rows whose columns have a mean of 0 and a variance of 1. Error: `fit-impossible`. */
export function* fitMixture(
  data: Float64Array,
  width: number,
  count: number,
  ridge: number,
  random: Random,
): Steps<readonly Component[]> {
  const workshop = { data, width, ridge, outer: openOuter(width) }
  const rows = data.length / width
  yield { done: 0, of: MOST_ROUNDS, note: 'fitting components' }
  if (count === 1) return [maximise(workshop, new Float64Array(rows).fill(1))]
  const { labels, sizes } = yield* kMeans(data, width, count, 1, random)
  const start = Array.from(sizes.keys()).filter((cluster) => (sizes[cluster] as number) > 0)
  let components = start.map((cluster) =>
    maximise(
      workshop,
      Float64Array.from(labels, (label) => (label === cluster ? 1 : 0)),
    ),
  )
  const projection = openWhite(width)
  for (let round = 0, before = Number.NEGATIVE_INFINITY; round < MOST_ROUNDS; round++) {
    const parts = logParts(projection, components, data)
    const densities = logDensities(parts)
    const mean = densities.reduce((sum, density) => sum + density / rows, 0)
    if (mean - before < TOLERANCE) break
    before = mean
    components = parts.map((part) =>
      maximise(
        workshop,
        part.map((log, row) => Math.exp(log - (densities[row] as number))),
      ),
    )
    yield { done: round, of: MOST_ROUNDS, note: 'fitting components' }
  }
  return components
}

/** ln of the density of rows. */
export function openMixture(components: readonly Component[], width: number): (data: Float64Array) => Float64Array {
  const projection = openWhite(width)
  return (data) => logDensities(logParts(projection, components, data))
}
