/**
 * The minimum covariance determinant: centre and covariance of the half of the rows that lie closest together.
 *
 * Rousseeuw and Van Driessen, "A Fast Algorithm for the Minimum Covariance Determinant Estimator", Technometrics 1999:
 * C-steps (section 2), starts from columns + 1 rows and two C-steps each (section 3.1), five nested parts of 300 rows where
 * there are more than 600 (section 3.3). With a ridge it is the minimum regularised covariance determinant of Boudt, Rousseeuw,
 * Vanduffel and Verdonck, Statistics and Computing 2020, section 2, with a fixed multiple of the identity: C-steps still never
 * raise the determinant.
 */
import { HeedfulError } from '../contracts/errors.ts'
import type { Steps } from '../contracts/paced.ts'
import type { Random } from '../contracts/random.ts'
import { cholesky, logDeterminant, whitener } from './cholesky.ts'
import { type OuterSums, openOuter, openProjection, type Projection } from './kernels/matrix.ts'
import { createSampler } from './sample-rows.ts'
import { rowsOfSmallest } from './select.ts'
import { squaredLengths } from './squared-lengths.ts'

/** Centre and covariance of some rows. */
export type Scatter = {
  readonly centre: Float64Array
  /** `width × width`, divided by the number of rows. */
  readonly covariance: Float64Array
  /** What rows are multiplied by so that squared lengths are Mahalanobis distances. */
  readonly white: Float64Array
  /** ln of the determinant. */
  readonly size: number
}

/** Starts (section 3.2); fewer where columns are so many that a single start takes long. */
const TRIALS = 500
const LEAST_TRIALS = 10
/** Multiplications that all starts together may take. */
const EFFORT = 1e10
const BEST = 10
const PART = 300
const MOST_PARTS = 5
/** C-steps until nothing changes take about ten. */
const MOST_STEPS = 100

/** Variances below this are the rounding of a constant, in units of a column's variance over all rows. */
const NO_VARIANCE = 1e-28

/** Rows to which C-steps are applied, with the kernels that all of them share. */
export class Cloud {
  readonly data: Float64Array
  readonly count: number
  readonly width: number
  readonly ridge: number
  private readonly outer: OuterSums
  private readonly projection: Projection

  /** `ridge` is added to the variance of every column; with it no covariance is singular. */
  constructor(data: Float64Array, width: number, ridge: number, shared?: Cloud) {
    this.data = data
    this.ridge = ridge
    this.width = width
    this.count = data.length / width
    this.outer = shared?.outer ?? openOuter(width)
    const empty = { inputs: width, outputs: width, matrix: new Float64Array(width * width) }
    this.projection = shared?.projection ?? openProjection(empty)
  }

  /** The rows named. */
  take(rows: Int32Array): Float64Array {
    const { data, width } = this
    const taken = new Float64Array(rows.length * width)
    for (let i = 0, at = 0; i < rows.length; i++) {
      const from = (rows[i] as number) * width
      for (let j = 0; j < width; j++) taken[at++] = data[from + j] as number
    }
    return taken
  }

  /** Undefined where the rows lie in a plane. */
  scatter(rows: Int32Array): Scatter | undefined {
    const { width } = this
    const taken = this.take(rows)
    const centre = new Float64Array(width)
    for (let at = 0; at < taken.length; )
      for (let j = 0; j < width; j++, at++) centre[j] = (centre[j] as number) + (taken[at] as number)
    for (let j = 0; j < width; j++) centre[j] = (centre[j] as number) / rows.length
    const covariance = this.outer.sum(taken, centre).map((sum) => sum / rows.length)
    for (let at = 0; at < covariance.length; at += width + 1) covariance[at] = (covariance[at] as number) + this.ridge
    const lower = cholesky(covariance, width, this.ridge > 0 ? 0 : undefined, NO_VARIANCE)
    return lower && { centre, covariance, white: whitener(lower, width), size: logDeterminant(lower, width) }
  }

  /** Squared Mahalanobis distances of all rows. */
  distances({ centre, white }: Scatter): Float64Array {
    const { width, projection } = this
    projection.replace({ inputs: width, outputs: width, matrix: white, centre })
    return squaredLengths(projection, this.data, this.count)
  }

  /** One C-step: the scatter of the `half` rows that are closest. Theorem 1: its determinant is not larger. */
  concentrate(from: Scatter, half: number): Scatter | undefined {
    return this.scatter(rowsOfSmallest(this.distances(from), half))
  }
}

function refuse(width: number): never {
  const why = `most training rows lie in a plane, so their ${width} columns have no covariance to invert`
  const way = 'leave out columns that are constant or follow from others, or give a ridge above 0'
  throw new HeedfulError('fit-impossible', `${why}; ${way}`)
}

/** The scatter of columns + 1 random rows, or of more where those lie in a plane. */
function start(cloud: Cloud, random: Random): Scatter {
  const { count, width } = cloud
  for (let size = Math.min(count, width + 1); ; size = Math.min(count, 2 * size)) {
    const found = cloud.scatter(createSampler(count, size, undefined)(random))
    if (found) return found
    if (size === count) refuse(width)
  }
}

function bestOf(candidates: readonly Scatter[], most: number): Scatter[] {
  const sorted = [...candidates].sort((a, b) => a.size - b.size)
  return sorted.filter(({ size }, i) => i === 0 || size - (sorted[i - 1] as Scatter).size > 1e-9).slice(0, most)
}

/** Two C-steps from each. */
function improve(cloud: Cloud, candidates: readonly Scatter[], half: number): Scatter[] {
  return candidates.map((candidate) => {
    const once = cloud.concentrate(candidate, half) ?? refuse(cloud.width)
    return cloud.concentrate(once, half) ?? refuse(cloud.width)
  })
}

function* converge(cloud: Cloud, from: Scatter, half: number): Steps<Scatter> {
  let scatter = from
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = cloud.concentrate(scatter, half) ?? refuse(cloud.width)
    if (!(next.size < scatter.size - 1e-12)) return next
    scatter = next
    yield { done: step, of: MOST_STEPS, note: 'concentrating' }
  }
  return scatter
}

function shuffled(count: number, size: number, random: Random): Int32Array {
  const rows = createSampler(count, size, undefined)(random)
  for (let i = size - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const kept = rows[i] as number
    rows[i] = rows[j] as number
    rows[j] = kept
  }
  return rows
}

const trialsFor = (width: number): number =>
  Math.min(TRIALS, Math.max(LEAST_TRIALS, Math.floor(EFFORT / (width * width * width))))

/** The best candidates of each part, with its share of the rows and of the trials. */
function* tryParts(parts: readonly Cloud[], share: number, random: Random): Steps<Scatter[]> {
  const best: Scatter[] = []
  const trials = Math.ceil(trialsFor((parts[0] as Cloud).width) / parts.length)
  for (const [i, part] of parts.entries()) {
    const half = Math.min(part.count, Math.max(part.width + 1, Math.ceil(part.count * share)))
    const candidates: Scatter[] = []
    for (let trial = 0; trial < trials; trial++) {
      candidates.push(...improve(part, [start(part, random)], half))
      yield { done: i * trials + trial, of: trials * parts.length, note: 'trying starts' }
    }
    best.push(...bestOf(candidates, BEST))
  }
  return best
}

/** The scatter of the `half` rows whose covariance has the smallest determinant that was found. Error: `fit-impossible`. */
export function* minimumCovariance(cloud: Cloud, half: number, random: Random): Steps<Scatter> {
  const { count, width } = cloud
  const share = half / count
  const parts = Math.min(MOST_PARTS, Math.floor(count / PART))
  let candidates: Scatter[]
  if (parts < 2) candidates = yield* tryParts([cloud], share, random)
  else {
    const rows = shuffled(count, parts * PART, random)
    const cut = (from: number, to: number) => new Cloud(cloud.take(rows.subarray(from, to)), width, cloud.ridge, cloud)
    const each = Array.from({ length: parts }, (_, i) => cut(i * PART, (i + 1) * PART))
    const found = yield* tryParts(each, share, random)
    const merged = cut(0, rows.length)
    candidates = bestOf(improve(merged, found, Math.ceil(rows.length * share)), BEST)
  }
  const whole: Scatter[] = []
  for (const [i, candidate] of candidates.entries()) {
    whole.push(...improve(cloud, [candidate], half))
    yield { done: i, of: candidates.length, note: 'taking the best to all rows' }
  }
  return yield* converge(cloud, bestOf(whole, 1)[0] as Scatter, half)
}
