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

/** Squares below this share of the squared lengths are the rounding of equal rows. */
const ROUNDING = 1e-14

/** Of `count` rows, all with some of them at a time: the squared distances, by blocks of products. */
class Distances {
  private readonly data: Float64Array
  private readonly width: number
  private readonly lengths: Float64Array
  private readonly projection: Projection
  private readonly together: number

  constructor(data: Float64Array, width: number, lengths: Float64Array, together: number) {
    this.data = data
    this.width = width
    this.lengths = lengths
    this.together = together
    this.projection = openProjection(planFor(new Float64Array(together * width), width).plan)
  }

  /** The squared distance of every row to the nearest of `before` and each of the rows named: an array and its sum each. */
  nearer(rows: readonly number[], before: Float64Array): { squares: Float64Array; sum: number }[] {
    const { data, width, lengths, together, projection } = this
    const centres = new Float64Array(together * width)
    for (const [c, row] of rows.entries()) centres.set(data.subarray(row * width, (row + 1) * width), c * width)
    projection.replace(planFor(centres, width).plan)
    const found = rows.map(() => ({ squares: new Float64Array(lengths.length), sum: 0 }))
    projection.each(data, (products, from, size) => {
      for (const [c, one] of found.entries())
        one.sum += fold(products.subarray(c), projection.stride, lengths, lengths[rows[c] as number] as number, {
          ...{ from, size, before, squares: one.squares },
        })
    })
    return found
  }
}

interface Part {
  readonly from: number
  readonly size: number
  readonly before: Float64Array
  readonly squares: Float64Array
}

/** Writes the smaller of the squares before and those to a row of this length; answers their sum. */
function fold(
  products: Float64Array,
  stride: number,
  lengths: Float64Array,
  length: number,
  { from, size, before, squares }: Part,
): number {
  let sum = 0
  for (let i = 0, at = 0; i < size; i++, at += stride) {
    const both = (lengths[from + i] as number) + length
    const away = both - 2 * (products[at] as number)
    const square = away > ROUNDING * both ? away : 0
    const kept = before[from + i] as number
    const least = square < kept ? square : kept
    squares[from + i] = least
    sum += least
  }
  return sum
}

/** The rows that centres begin at: fewer than `k` where there are fewer different rows. */
function* startRows(
  data: Float64Array,
  width: number,
  k: number,
  lengths: Float64Array,
  random: Random,
): Steps<number[]> {
  const count = lengths.length
  const chosen = [random.integer(count)]
  const draws = 2 + Math.floor(Math.log(k))
  const distances = new Distances(data, width, lengths, draws)
  const nowhere = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  let best = distances.nearer(chosen, nowhere)[0] as { squares: Float64Array; sum: number }
  while (chosen.length < k && best.sum > 0) {
    yield { done: chosen.length, of: k, note: 'choosing centres' }
    const { squares, sum } = best
    const rows = Array.from({ length: draws }, () => drawFar(squares, sum, random))
    const found = distances.nearer(rows, squares)
    let place = 0
    for (const [i, one] of found.entries()) if (one.sum < (found[place]?.sum ?? 0)) place = i
    chosen.push(rows[place] as number)
    best = found[place] as { squares: Float64Array; sum: number }
  }
  return chosen
}

/** The squared length of every row. */
function lengthsOf(data: Float64Array, width: number): Float64Array {
  const lengths = new Float64Array(data.length / width)
  for (let row = 0, at = 0; row < lengths.length; row++) {
    let sum = 0
    for (let j = 0; j < width; j++, at++) sum += (data[at] as number) * (data[at] as number)
    lengths[row] = sum
  }
  return lengths
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

/** The nearest centre of every row less `mean`; of equally near ones the first. */
export function openAssignment(
  centres: Float64Array,
  width: number,
  mean: Float64Array = new Float64Array(width),
): (data: Float64Array) => Int32Array {
  const { plan, halves } = planFor(centres, width)
  const projection = openProjection({ ...plan, asIs: false, centre: mean })
  return (data) => {
    const labels = new Int32Array(data.length / width)
    projection.eachLargest(data, halves, (best, _, from, size) => labels.set(best.subarray(0, size), from))
    return labels
  }
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
  /** Room for the rows that are measured again. */
  private taken: Float64Array | undefined
  private readonly projection: Projection

  constructor(data: Float64Array, width: number, lengths: Float64Array, centres: Float64Array) {
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
    this.lengths = lengths
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
    const nearer = ways.map((_, c) => (c === far ? second : (ways[far] as number)))
    this.loosen(ways, nearer)
    return ways.reduce((sum, way) => sum + way * way, 0)
  }

  /** How much farther the own centre may be now, and how much nearer another. */
  private loosen(farther: Float64Array, nearer: Float64Array): void {
    const { labels, upper, lower } = this
    for (let row = 0; row < labels.length; row++) {
      const own = labels[row] as number
      upper[row] = (upper[row] as number) + (farther[own] as number)
      lower[row] = (lower[row] as number) - (nearer[own] as number)
    }
  }

  /** Measures the rows whose bounds no longer say which centre is nearest: Hamerly 2010, algorithm 1. */
  assign(): void {
    const halves = this.halfWays()
    const { labels, upper, lower, doubtful } = this
    let count = 0
    for (let row = 0; row < labels.length; row++) {
      const [own, half] = [upper[row] as number, halves[labels[row] as number] as number]
      if (own > half && own > (lower[row] as number)) doubtful[count++] = row
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
    const { projection } = this
    const { plan, halves } = planFor(this.centres, this.width)
    projection.replace(plan)
    projection.eachLargest(this.rowsNamed(rows, count), halves, (best, near, from, size) => {
      for (let i = 0; i < size; i++) {
        const row = rows[from + i] as number
        const length = this.lengths[row] as number
        this.upper[row] = Math.sqrt(Math.max(0, length - 2 * (near[2 * i] as number)))
        this.lower[row] = Math.sqrt(Math.max(0, length - 2 * (near[2 * i + 1] as number)))
        if (this.labels[row] !== best[i]) this.join(row, best[i] as number)
      }
    })
  }

  private rowsNamed(rows: Int32Array, count: number): Float64Array {
    const { data, width } = this
    if (count * width === data.length) return data
    this.taken ??= new Float64Array(data.length)
    const taken = this.taken.subarray(0, count * width)
    for (let i = 0; i < count; i++) {
      const from = (rows[i] as number) * width
      for (let j = 0; j < width; j++) taken[i * width + j] = data[from + j] as number
    }
    return taken
  }

  private join(row: number, best: number): void {
    const before = this.labels[row] as number
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
  const lengths = lengthsOf(data, width)
  const rows = yield* startRows(data, width, k, lengths, random)
  const centres = new Float64Array(rows.length * width)
  for (const [c, row] of rows.entries()) centres.set(data.subarray(row * width, (row + 1) * width), c * width)
  const rounds = new Rounds(data, width, lengths, centres)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    yield { done: round, of: MOST_ROUNDS, note: 'moving centres' }
    const moved = rounds.move()
    rounds.assign()
    if (moved <= TOLERANCE * spread) break
  }
  return rounds.finish()
}
