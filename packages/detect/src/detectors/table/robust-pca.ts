/**
 * Robust PCA: main axes of the rows that lie together, whatever else the training rows hold; a row is strange that lies far
 * out along them, or off them.
 *
 * ROBPCA: Hubert, Rousseeuw and Vanden Branden, "ROBPCA: A New Approach to Robust Principal Component Analysis", Technometrics
 * 2005. The rows least outlying along random directions (Stahel and Donoho) give first axes; all rows near those give
 * the axes; within them the minimum covariance determinant gives centre and spread. The paper flags a row by its score distance
 * or by its orthogonal distance, each over its cut-off; `SD² / cut² + OD² / cut²` makes one number of both. (Not
 * principal component pursuit, Candès et al. 2011: that parts a table into a low rank and a sparse one, and says nothing of
 * new rows.) Columns are standardised by median and MAD first. The cut-off of SD is set by the median, that of OD by median and
 * MAD of OD^(2/3) (Wilson and Hilferty), where the paper takes univariate MCD.
 *
 * Use it when columns follow from each other and are many, and the training rows hold anomalies that would turn the axes of
 * `pca`.
 *
 * Not when rows are few, or the training rows are clean (`pca` is cheaper), or the pattern is bent.
 *
 * Formula: SD² / cut² + OD² / cut²: distance along the axes and off them, each over its cut-off.
 *
 * Cost: a fit takes directions × n × d + n × d² + d³, a score d × axes.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { chiSquaredQuantile } from '../../numerics/chi-squared.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openOuter, openProjection } from '../../numerics/kernels/matrix.ts'
import { median, medianAbsoluteDeviation, NORMAL_MAD } from '../../numerics/median.ts'
import { Cloud, minimumCovariance } from '../../numerics/minimum-covariance.ts'
import { normalQuantile } from '../../numerics/normal.ts'
import { outlyingness } from '../../numerics/outlyingness.ts'
import { rowsOfSmallest } from '../../numerics/select.ts'
import { squaredLengths } from '../../numerics/squared-lengths.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts'
import { rowsThatCount } from '../../numerics/weighted-rows.ts'
import { copyWhitened, openWhitened, type Whitened } from '../../numerics/whitened.ts'

const params = {
  support: real(0.75, 0.5, 1, 'share of the rows that the first axes are made of; 0.5 bears the most anomalies'),
  kept: real(0.8, 0.01, 1, 'share of the variance that the main axes hold'),
  axes: int(10, 1, 1000, 'most main axes'),
  directions: int(250, 1, 10000, 'random directions along which rows are looked at'),
}

/** Share of normal rows within a cut-off. */
const INSIDE = 0.975
/** Distances off the axes below this, in units of a standardised column, are rounding. */
const NOTHING = 1e-6
/** Rows are held within so many robust deviations while axes are sought, so that squares of covariances stay numbers. */
const FARTHEST = 1e50
/** Keeps the spread within the main axes from being singular. */
const RIDGE = 1e-6

type Axes = {
  readonly centre: Float64Array
  /** Descending. */
  readonly values: Float64Array
  /** Row `i` is the unit vector of value `i`. */
  readonly vectors: Float64Array
}

/** Median and 1 / MAD of every column; the deviation stands in where most values are equal. */
function* robustScale(data: Float64Array, width: number): Steps<{ centre: Float64Array; scale: Float64Array }> {
  const count = data.length / width
  const fallback = scaleOf(columnMoments(data, width).deviation)
  const [centre, scale] = [new Float64Array(width), new Float64Array(width)]
  for (let j = 0; j < width; j++) {
    yield { done: j, of: width, note: 'scaling columns' }
    const column = Float64Array.from({ length: count }, (_, row) => data[row * width + j] as number)
    centre[j] = median(column)
    const spread = NORMAL_MAD * medianAbsoluteDeviation(column, centre[j])
    const inverse = 1 / spread
    scale[j] = spread > 0 && Number.isFinite(inverse) && inverse > 0 ? inverse : (fallback[j] as number)
  }
  return { centre, scale }
}

/** Mean and principal axes of the rows named. */
function axesOf(data: Float64Array, width: number, rows: Int32Array): Axes {
  const taken = new Float64Array(rows.length * width)
  for (const [i, row] of rows.entries()) taken.set(data.subarray(row * width, (row + 1) * width), i * width)
  const { mean } = columnMoments(taken, width)
  const covariance = openOuter(width)
    .sum(taken, mean)
    .map((sum) => sum / rows.length)
  return { centre: mean, ...symmetricEigen(covariance, width) }
}

/** How many axes hold the share `kept` of the variance, at most `most`; 0 where nothing varies. */
function mainAxes(values: Float64Array, kept: number, most: number): number {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  let [held, count] = [0, 0]
  while (count < Math.min(most, values.length) && held < kept * total && (values[count] as number) > 1e-12 * total)
    held += values[count++] as number
  return count
}

/** columns × axes `from … to − 1`, each times its factor. */
function columnsOf(
  { vectors, centre }: Axes,
  from: number,
  to: number,
  factor: (axis: number) => number,
): Float64Array {
  const [width, outputs] = [centre.length, to - from]
  return Float64Array.from({ length: width * outputs }, (_, at) => {
    const axis = from + (at % outputs)
    return (vectors[axis * width + Math.floor(at / outputs)] as number) * factor(axis)
  })
}

/** Squared distances of all rows from the main axes. */
function squaresOff(data: Float64Array, axes: Axes, main: number): Float64Array {
  const inputs = axes.centre.length
  const outputs = inputs - main
  if (outputs === 0) return new Float64Array(data.length / inputs)
  const matrix = columnsOf(axes, main, inputs, () => 1)
  return squaredLengths(openProjection({ inputs, outputs, matrix, centre: axes.centre }), data, data.length / inputs)
}

/** Above it a normal row seldom is: OD^(2/3) is about normal. */
function cutOff(squares: Float64Array): number {
  const roots = squares.map((square) => Math.cbrt(square))
  const limit = median(roots) + NORMAL_MAD * medianAbsoluteDeviation(roots) * normalQuantile(INSIDE)
  return Math.max(NOTHING * NOTHING, limit * limit * limit)
}

/** What makes the rows' place within the main axes one unit wide, `main × main`, and the middle of it. */
function* within(
  products: Float64Array,
  main: number,
  random: Random,
): Steps<{ white: Float64Array; centre: Float64Array }> {
  const cloud = new Cloud(products, main, RIDGE)
  const half = Math.min(cloud.count, Math.ceil((cloud.count + main + 1) / 2))
  const scatter = yield* minimumCovariance(cloud, half, random)
  const usual = Math.max(NOTHING, median(cloud.distances(scatter)) / chiSquaredQuantile(0.5, main))
  const shrink = 1 / Math.sqrt(usual * chiSquaredQuantile(INSIDE, main))
  return { white: scatter.white.map((value) => value * shrink), centre: scatter.centre }
}

/** Products of all rows with the main axes, in units of the spread along each. */
function productsWith(data: Float64Array, axes: Axes, main: number, matrix: Float64Array): Float64Array {
  const inputs = axes.centre.length
  const products = new Float64Array((data.length / inputs) * main)
  const projection = openProjection({ inputs, outputs: main, matrix, centre: axes.centre })
  projection.each(data, (block, from, size) => {
    for (let i = 0; i < size; i++)
      for (let k = 0; k < main; k++) products[(from + i) * main + k] = block[i * projection.stride + k] as number
  })
  return products
}

/** One matrix for both distances: its first columns lie within the main axes, the others off them. */
function* join(data: Float64Array, axes: Axes, main: number, random: Random): Steps<Whitened> {
  const { centre, values } = axes
  const width = centre.length
  const off = 1 / Math.sqrt(cutOff(squaresOff(data, axes, main)))
  const white = new Float64Array(width * width)
  const rest = columnsOf(axes, main, width, () => off)
  for (let at = 0; at < rest.length; at++)
    white[Math.floor(at / (width - main)) * width + main + (at % (width - main))] = rest[at] as number
  const middle = centre.slice()
  if (main > 0) {
    const unit = columnsOf(axes, 0, main, (axis) => 1 / Math.sqrt(values[axis] as number))
    const inner = yield* within(productsWith(data, axes, main, unit), main, random)
    const back = columnsOf(axes, 0, main, (axis) => Math.sqrt(values[axis] as number))
    for (let j = 0; j < width; j++) {
      for (let k = 0; k < main; k++) {
        middle[j] = (middle[j] as number) + (back[j * main + k] as number) * (inner.centre[k] as number)
        let sum = 0
        for (let i = 0; i < main; i++) sum += (unit[j * main + i] as number) * (inner.white[i * main + k] as number)
        white[j * width + k] = sum
      }
    }
  }
  return { centre: middle, scale: new Float64Array(width).fill(1), white }
}

const heldFinite = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))

type Asked = { readonly support: number; readonly kept: number; readonly axes: number; readonly directions: number }

function* estimate(data: Float64Array, width: number, asked: Asked, random: Random): Steps<Whitened> {
  const count = data.length / width
  const { centre, scale } = yield* robustScale(data, width)
  const rows = standardiseRows(data, centre, scale).map((value) => Math.min(FARTHEST, Math.max(-FARTHEST, value)))
  const out = yield* outlyingness(rows, width, asked.directions, random.split('directions'))
  const first = axesOf(rows, width, rowsOfSmallest(out, Math.max(1, Math.ceil(asked.support * count))))
  yield { done: 1, of: 4, note: 'finding axes' }
  const main = mainAxes(first.values, asked.kept, asked.axes)
  const squares = squaresOff(rows, first, main)
  const limit = cutOff(squares)
  yield { done: 2, of: 4, note: 'finding axes' }
  const near = Int32Array.from(squares.keys()).filter((row) => (squares[row] as number) <= limit)
  const axes = axesOf(rows, width, near)
  yield { done: 3, of: 4, note: 'finding axes' }
  const found = yield* join(rows, axes, mainAxes(axes.values, 1, main), random.split('scatter'))
  return {
    centre: centre.map((value, j) => heldFinite(value + (found.centre[j] as number) / (scale[j] as number))),
    scale,
    white: found.white,
  }
}

const algorithm: Algorithm<typeof params, Whitened> = {
  id: 'robust-pca',
  version: 1,
  summary: 'How far a row lies out along, or off, the main axes of the training rows that lie together.',
  reference: 'Hubert, Rousseeuw and Vanden Branden, "ROBPCA", Technometrics 2005; defaults as in rrcov',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  exempt: {
    'agrees-with-the-reference':
      'directions are random, and the implementations that are kept (rrcov in R, LIBRA in MATLAB) give two distances, not one',
  },
  fit(rows, { weights }, asked, random, job) {
    const { data, columns } = rowsThatCount(rows, weights)
    return paced('robust-pca', job, estimate(data, columns.length, asked, random))
  },
  open: (state) => ({
    score: openWhitened(state),
    save: () => copyWhitened(state),
  }),
}

/**
 * ROBPCA (Hubert et al. 2005). Scores are squared distances, from 0, about 1 at the cut-off of either; higher is stranger.
 * Frozen; reads numbers without gaps; rows of weight 0 are left out, other weights count alike. A fit takes directions × rows ×
 * columns and rows × columns² + columns³. Memory: a copy of the rows, and columns² numbers.
 *
 * @example `const model = robustPca.fitNow(rows); model.score(newRows)`
 */
export const robustPca = defineDetector(algorithm)
