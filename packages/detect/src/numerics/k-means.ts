/**
 * k-means: centres that are the means of the rows nearest to them.
 *
 * Lloyd 1982, "Least squares quantization in PCM"; started by k-means++, Arthur and Vassilvitskii, SODA 2007, with the best of a
 * few draws for each centre, as scikit-learn does.
 */
import type { Steps } from '../contracts/paced.ts'
import type { Random } from '../contracts/random.ts'
import { openProjection, type Projection } from './kernels/matrix.ts'

export type Clusters = {
  /** clusters × columns. */
  readonly centres: Float64Array
  /** The cluster of every row. */
  readonly labels: Int32Array
  /** Rows of every cluster. */
  readonly sizes: Int32Array
}

const MOST_ROUNDS = 300
/** Ends where centres move less than this share of the mean variance of the columns. */
const TOLERANCE = 1e-4

export function squaredDistance(a: Float64Array, atA: number, b: Float64Array, atB: number, width: number): number {
  let sum = 0
  for (let j = 0; j < width; j++) {
    const away = (a[atA + j] as number) - (b[atB + j] as number)
    sum += away * away
  }
  return sum
}

/** Draws a row in proportion to its squared distance from the centres so far. */
function drawFar(squares: Float64Array, total: number, random: Random): number {
  let left = random.next() * total
  for (let row = 0; row < squares.length; row++) {
    left -= squares[row] as number
    if (left < 0) return row
  }
  return squares.length - 1
}

/** The rows that centres begin at: fewer than `k` where there are fewer different rows. */
function startRows(data: Float64Array, width: number, k: number, random: Random): number[] {
  const count = data.length / width
  const chosen = [random.integer(count)]
  const distancesTo = (row: number) => {
    const squares = new Float64Array(count)
    for (let i = 0; i < count; i++) squares[i] = squaredDistance(data, i * width, data, row * width, width)
    return squares
  }
  let squares: Float64Array = distancesTo(chosen[0] as number)
  const draws = 2 + Math.floor(Math.log(k))
  while (chosen.length < k) {
    const total = squares.reduce((sum, square) => sum + square, 0)
    if (total === 0) break
    let best: { row: number; squares: Float64Array; sum: number } | undefined
    for (let draw = 0; draw < draws; draw++) {
      const row = drawFar(squares, total, random)
      const nearer = distancesTo(row).map((square, i) => Math.min(square, squares[i] as number))
      const sum = nearer.reduce((all, square) => all + square, 0)
      if (!best || sum < best.sum) best = { row, squares: nearer, sum }
    }
    if (!best) break
    chosen.push(best.row)
    squares = best.squares
  }
  return chosen
}

/** centres → the matrix whose product with a row, less half the squared length of the centre, is largest for the nearest one. */
function planFor(centres: Float64Array, width: number) {
  const k = centres.length / width
  const matrix = new Float64Array(width * k)
  const halves = new Float64Array(k)
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < width; j++) {
      const value = centres[c * width + j] as number
      matrix[j * k + c] = value
      halves[c] = (halves[c] as number) + (value * value) / 2
    }
  }
  return { plan: { inputs: width, outputs: k, matrix, asIs: true }, halves }
}

/** The nearest centre of every row; of equally near ones the first. */
export function openAssignment(centres: Float64Array, width: number): (data: Float64Array) => Int32Array {
  const { plan, halves } = planFor(centres, width)
  const projection = openProjection(plan)
  return (data) => assign(projection, halves, data, width)
}

function assign(projection: Projection, halves: Float64Array, data: Float64Array, width: number): Int32Array {
  const labels = new Int32Array(data.length / width)
  projection.each(data, (products, from, size) => {
    for (let i = 0; i < size; i++) {
      let [best, most] = [0, Number.NEGATIVE_INFINITY]
      for (let c = 0; c < halves.length; c++) {
        const near = (products[i * projection.stride + c] as number) - (halves[c] as number)
        if (near > most) [best, most] = [c, near]
      }
      labels[from + i] = best
    }
  })
  return labels
}

function meansOf(data: Float64Array, width: number, labels: Int32Array, before: Float64Array) {
  const centres = new Float64Array(before.length)
  const sizes = new Int32Array(before.length / width)
  for (let i = 0; i < labels.length; i++) {
    const c = labels[i] as number
    sizes[c] = (sizes[c] as number) + 1
    for (let j = 0; j < width; j++)
      centres[c * width + j] = (centres[c * width + j] as number) + (data[i * width + j] as number)
  }
  for (let c = 0; c < sizes.length; c++) {
    const size = sizes[c] as number
    for (let j = 0; j < width; j++) {
      const at = c * width + j
      centres[at] = size === 0 ? (before[at] as number) : (centres[at] as number) / size
    }
  }
  return { centres, sizes }
}

/** At most `k` clusters of rows whose columns have a mean near 0 and a variance of `spread` in the mean. */
export function* kMeans(data: Float64Array, width: number, k: number, spread: number, random: Random): Steps<Clusters> {
  const rows = startRows(data, width, k, random)
  let centres = new Float64Array(rows.length * width)
  for (const [c, row] of rows.entries()) centres.set(data.subarray(row * width, (row + 1) * width), c * width)
  const projection = openProjection(planFor(centres, width).plan)
  for (let round = 0; ; round++) {
    const { plan, halves } = planFor(centres, width)
    projection.replace(plan)
    const labels = assign(projection, halves, data, width)
    const next = meansOf(data, width, labels, centres)
    const moved = squaredDistance(next.centres, 0, centres, 0, centres.length)
    centres = next.centres
    if (moved <= TOLERANCE * spread || round === MOST_ROUNDS) return { centres, labels, sizes: next.sizes }
    yield { done: round, of: MOST_ROUNDS, note: 'moving centres' }
  }
}
