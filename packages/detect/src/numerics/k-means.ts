/**
 * k-means: centres that are the means of the rows nearest to them.
 *
 * Lloyd 1982, "Least squares quantization in PCM"; started by k-means++, Arthur and Vassilvitskii, SODA 2007, with the best of a
 * few draws for each centre, as scikit-learn does. Rows are measured again only where the triangle inequality leaves open
 * which centre is nearest: Hamerly, "Making k-means even faster", SDM 2010.
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
function* startRows(data: Float64Array, width: number, k: number, random: Random): Steps<number[]> {
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
      yield { done: chosen.length, of: k, note: 'choosing centres' }
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

/** Rows, their centres, and what is known of their distances without measuring them again. */
class Rounds {
  centres: Float64Array
  readonly labels: Int32Array
  readonly sizes: Int32Array
  private readonly data: Float64Array
  private readonly width: number
  private readonly sums: Float64Array
  /** At least the distance of a row to its own centre, at most that to the next one. */
  private readonly upper: Float64Array
  private readonly lower: Float64Array
  /** Squared length of every row. */
  private readonly lengths: Float64Array
  private readonly doubtful: Int32Array
  private readonly projection: Projection

  constructor(data: Float64Array, width: number, centres: Float64Array) {
    const count = data.length / width
    this.data = data
    this.width = width
    this.centres = centres
    this.labels = new Int32Array(count).fill(-1)
    this.sizes = new Int32Array(centres.length / width)
    this.sums = new Float64Array(centres.length)
    this.upper = new Float64Array(count)
    this.lower = new Float64Array(count)
    this.projection = openProjection(planFor(centres, width).plan)
    this.lengths = new Float64Array(count)
    for (let row = 0, at = 0; row < count; row++) {
      let sum = 0
      for (let j = 0; j < width; j++, at++) sum += (data[at] as number) * (data[at] as number)
      this.lengths[row] = sum
    }
    this.doubtful = Int32Array.from(this.labels.keys())
    this.search(this.doubtful, count)
  }

  /** Centres become the means of their rows; answers the sum of the squared ways that they moved. */
  move(): number {
    const { width, centres, sums, sizes } = this
    const next = centres.map((value, at) => {
      const size = sizes[Math.floor(at / width)] as number
      return size === 0 ? value : (sums[at] as number) / size
    })
    const ways = Float64Array.from(sizes, (_, c) => this.way(next, c * width, c))
    this.centres = next
    const far = ways.indexOf(Math.max(...ways))
    const second = Math.max(0, ...ways.filter((_, c) => c !== far))
    for (let row = 0; row < this.labels.length; row++) {
      const own = this.labels[row] as number
      this.upper[row] = (this.upper[row] as number) + (ways[own] as number)
      this.lower[row] = (this.lower[row] as number) - (own === far ? second : (ways[far] as number))
    }
    return ways.reduce((sum, way) => sum + way * way, 0)
  }

  /** Measures the rows whose bounds no longer say which centre is nearest: Hamerly 2010, algorithm 1. */
  assign(): void {
    const halves = this.halfWays()
    const { labels, upper, lower, doubtful } = this
    let count = 0
    for (let row = 0; row < labels.length; row++) {
      const bound = Math.max(halves[labels[row] as number] as number, lower[row] as number)
      if ((upper[row] as number) > bound) doubtful[count++] = row
    }
    this.search(doubtful, count)
  }

  /** Means anew from all rows, without what adding and taking away has left. */
  finish(): Clusters {
    const { width, labels, sizes, sums } = this
    sums.fill(0)
    for (let row = 0; row < labels.length; row++) this.add(row, labels[row] as number, 1)
    const centres = this.centres.map((value, at) => {
      const size = sizes[Math.floor(at / width)] as number
      return size === 0 ? value : (sums[at] as number) / size
    })
    return { centres, labels, sizes }
  }

  private way(from: Float64Array, at: number, centre: number): number {
    return Math.sqrt(squaredDistance(from, at, this.centres, centre * this.width, this.width))
  }

  /** Half the way from each centre to the next: a row that is nearer than this has no nearer one. */
  private halfWays(): Float64Array {
    return Float64Array.from(this.sizes, (_, c) => {
      let least = Number.POSITIVE_INFINITY
      for (let other = 0; other < this.sizes.length; other++)
        if (other !== c) least = Math.min(least, this.way(this.centres, c * this.width, other))
      return least / 2
    })
  }

  private add(row: number, centre: number, sign: number): void {
    const { sums, data, width } = this
    for (let j = 0; j < width; j++) {
      const at = centre * width + j
      sums[at] = (sums[at] as number) + sign * (data[row * width + j] as number)
    }
  }

  /** The nearest centres of the rows named, of equally near ones the first, by blocks of products. */
  private search(rows: Int32Array, count: number): void {
    const { data, width, projection } = this
    const { plan, halves } = planFor(this.centres, width)
    projection.replace(plan)
    const taken = new Float64Array(count * width)
    for (let i = 0; i < count; i++) {
      const from = (rows[i] as number) * width
      for (let j = 0; j < width; j++) taken[i * width + j] = data[from + j] as number
    }
    projection.each(taken, (products, from, size) => {
      for (let i = 0; i < size; i++) this.settle(rows[from + i] as number, products, i * projection.stride, halves)
    })
  }

  /** Of the products of a row with all centres: which is nearest, and how far it and the next one are. */
  private settle(row: number, products: Float64Array, at: number, halves: Float64Array): void {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    let next = Number.NEGATIVE_INFINITY
    for (let c = 0; c < halves.length; c++) {
      const near = (products[at + c] as number) - (halves[c] as number)
      if (near > most) {
        next = most
        most = near
        best = c
      } else if (near > next) next = near
    }
    const length = this.lengths[row] as number
    this.upper[row] = Math.sqrt(Math.max(0, length - 2 * most))
    this.lower[row] = Math.sqrt(Math.max(0, length - 2 * next))
    this.join(row, best)
  }

  private join(row: number, best: number): void {
    const before = this.labels[row] as number
    if (before === best) return
    if (before >= 0) {
      this.add(row, before, -1)
      this.sizes[before] = (this.sizes[before] as number) - 1
    }
    this.add(row, best, 1)
    this.sizes[best] = (this.sizes[best] as number) + 1
    this.labels[row] = best
  }
}

/** At most `k` clusters of rows whose columns have a mean near 0 and a variance of `spread` in the mean. */
export function* kMeans(data: Float64Array, width: number, k: number, spread: number, random: Random): Steps<Clusters> {
  const rows = yield* startRows(data, width, k, random)
  const centres = new Float64Array(rows.length * width)
  for (const [c, row] of rows.entries()) centres.set(data.subarray(row * width, (row + 1) * width), c * width)
  const rounds = new Rounds(data, width, centres)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    yield { done: round, of: MOST_ROUNDS, note: 'moving centres' }
    const moved = rounds.move()
    rounds.assign()
    if (moved <= TOLERANCE * spread) break
  }
  return rounds.finish()
}
