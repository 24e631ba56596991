/**
 * ECOD: how far out in the distribution of its column each value lies, added up as if the columns were independent.
 *
 * Li, Zhao, Hu, Botta, Ionescu and Chen, "ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution
 * Functions", TKDE 2022, algorithm 1. Ranks are those among the training rows alone, so a row's score does not depend on
 * the rows beside it (PyOD ranks training rows and batch together).
 */
import type { Algorithm, Lesson, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { choice } from '../../contracts/params.ts'
import type { Rows } from '../../contracts/rows.ts'

const params = {
  largest: choice(
    'sum',
    ['sum', 'column'],
    'take the largest of the three sums over the columns (the paper), or sum the largest tail of each column (PyOD)',
  ),
}

/** What is known of one column. */
type Distribution = {
  /** Different values, ascending. */
  readonly values: Float64Array
  /** How many training rows have this value or a smaller one. Weights count as rows, scaled to a mean of 1. */
  readonly mass: Float64Array
  /** Sign of the skewness; 0 where there is none. */
  readonly skew: number
}

type State = {
  readonly largest: string
  readonly columns: readonly Distribution[]
}

/** Bytes of a value: itself and its mass. */
const VALUE_BYTES = 16
/** Rows scored at a time, column after column: enough to keep a column in the cache, few enough to bound the memory. */
const BLOCK = 65_536

/** The known values of a column, ascending, with their weights. */
function sortColumn(rows: Rows, column: number, weights: Float64Array | undefined) {
  const { data, count } = rows
  const width = rows.columns.length
  const known: number[] | Float64Array = weights ? [] : new Float64Array(count)
  let size = 0
  for (let row = 0; row < count; row++) {
    const value = data[row * width + column] as number
    if (Number.isNaN(value) || weights?.[row] === 0) continue
    known[size++] = weights ? row : value
  }
  if (!weights) return { values: (known as Float64Array).subarray(0, size).sort(), weights: undefined }
  const valueAt = (row: number) => data[row * width + column] as number
  const order = (known as number[]).sort((a, b) => valueAt(a) - valueAt(b) || a - b)
  return {
    values: Float64Array.from(order, valueAt),
    weights: Float64Array.from(order, (row) => weights[row] as number),
  }
}

/** Sum of the cubes of the deviations from the mean, in units of the largest value so that nothing overflows: its sign. */
function signOfSkewness(values: Float64Array, mass: Float64Array): number {
  const size = values.length
  const unit = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[size - 1] ?? 0))
  if (size < 2 || unit === 0) return 0
  const weightOf = (i: number) => (mass[i] as number) - (i === 0 ? 0 : (mass[i - 1] as number))
  let mean = 0
  for (let i = 0; i < size; i++) mean += (weightOf(i) * ((values[i] as number) / unit)) / (mass[size - 1] as number)
  let cubes = 0
  for (let i = 0; i < size; i++) {
    const away = (values[i] as number) / unit - mean
    cubes += weightOf(i) * away * away * away
  }
  return Math.sign(cubes)
}

function fitColumn(rows: Rows, column: number, lesson: Lesson): Distribution {
  const sorted = sortColumn(rows, column, lesson.weights)
  const count = sorted.values.length
  const scale = sorted.weights ? count / sorted.weights.reduce((sum, weight) => sum + weight, 0) : 1
  const values = new Float64Array(count)
  const mass = new Float64Array(count)
  let size = 0
  let sum = 0
  for (let i = 0; i < count; i++) {
    const value = sorted.values[i] as number
    sum += sorted.weights ? (sorted.weights[i] as number) * scale : 1
    if (size > 0 && values[size - 1] === value) size--
    values[size] = value
    mass[size++] = sum
  }
  const distinct = { values: values.slice(0, size), mass: mass.slice(0, size) }
  return { ...distinct, skew: signOfSkewness(distinct.values, distinct.mass) }
}

/** How many of the ascending values are ≤ `value`. Without a branch a step: five times as many searches a second. */
function countUpTo(values: Float64Array, value: number): number {
  let from = 0
  let left = values.length
  while (left > 1) {
    const half = left >>> 1
    from += half * +((values[from + half - 1] as number) <= value)
    left -= half
  }
  return from + +((values[from] as number) <= value)
}

/** −ln of both tails of the values of one column, one a row. */
type Block = { readonly left: Float64Array; readonly right: Float64Array }

const startBlock = (count: number): Block => ({ left: new Float64Array(count), right: new Float64Array(count) })

/** The tails of a column: F_left(z) is the share of the training rows ≤ z, F_right(z) of those ≥ z. */
class Tails {
  readonly skew: number
  private readonly values: Float64Array
  private readonly mass: Float64Array
  private readonly total: number
  private readonly below: number
  private readonly above: number

  constructor({ values, mass, skew }: Distribution) {
    const size = values.length
    this.skew = skew
    this.values = values
    this.mass = mass
    this.total = mass[size - 1] ?? 0
    this.below = this.beyond(mass[0] ?? 0)
    this.above = this.beyond(this.total - (mass[size - 2] ?? 0))
  }

  /** Measures every `width`-th value from `at` on, until `block` is full. A missing value is in no tail. */
  measure(data: Float64Array, at: number, width: number, { left, right }: Block): void {
    const { values, mass, total } = this
    const size = values.length
    for (let i = 0; i < left.length; i++) {
      const value = data[at + i * width] as number
      if (size === 0 || Number.isNaN(value)) {
        left[i] = 0
        right[i] = 0
        continue
      }
      const upTo = countUpTo(values, value)
      const smaller = upTo > 0 && values[upTo - 1] === value ? upTo - 1 : upTo
      const least = total - (smaller > 0 ? (mass[smaller - 1] as number) : 0)
      left[i] = upTo > 0 ? 0 - Math.log((mass[upTo - 1] as number) / total) : this.below
      right[i] = smaller < size && least > 0 ? 0 - Math.log(least / total) : this.above
    }
  }

  /** Beyond all that was taught a share would be 0: such a value is the one among n + 1, so stranger than any of the n. */
  private beyond(outermost: number): number {
    const first = Math.log(this.total + 1)
    return outermost > 0 ? Math.max(first, -Math.log(outermost / this.total)) : first
  }
}

/** The tail that the skewness points to: the long one. Without skewness the right one (PyOD adds both up). */
const longTail = (skew: number, { left, right }: Block): Float64Array => (skew < 0 ? left : right)

function addTo(sums: Float64Array, terms: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (terms[i] as number)
}

class Ecod implements Live<State> {
  private readonly state: State
  private readonly tails: readonly Tails[]

  constructor(state: State) {
    this.state = state
    this.tails = state.columns.map((column) => new Tails(column))
  }

  score(rows: Rows): Float64Array {
    const scores = new Float64Array(rows.count)
    for (let from = 0; from < rows.count; from += BLOCK) {
      const to = Math.min(rows.count, from + BLOCK)
      if (this.state.largest === 'column') this.addLargest(rows, from, scores.subarray(from, to))
      else scores.set(this.largestSums(rows, from, to - from), from)
    }
    return scores
  }

  /** The weights of a row add up to its score: the terms of its largest sum. */
  explain(rows: Rows): Float64Array {
    const { count } = rows
    const width = this.tails.length
    const sums = this.state.largest === 'column' ? undefined : this.sums(rows, 0, count)
    const weights = new Float64Array(count * width)
    this.eachColumn(rows, 0, count, (block, skew, column) => {
      const long = longTail(skew, block)
      const by = sums ?? { ...block, long }
      for (let row = 0; row < count; row++) {
        const [left, right] = [by.left[row] as number, by.right[row] as number]
        const rest = left > right ? block.left : block.right
        weights[row * width + column] = ((by.long[row] as number) >= Math.max(left, right) ? long : rest)[row] as number
      }
    })
    return weights
  }

  save(): State {
    const copy = ({ values, mass, skew }: Distribution) => ({ values: values.slice(), mass: mass.slice(), skew })
    return { largest: this.state.largest, columns: this.state.columns.map(copy) }
  }

  /** Measures `count` rows from `from` on, column after column. The block is written over. */
  private eachColumn(
    { data }: Rows,
    from: number,
    count: number,
    use: (block: Block, skew: number, column: number) => void,
  ): void {
    const block = startBlock(count)
    const width = this.tails.length
    for (const [column, tails] of this.tails.entries()) {
      tails.measure(data, from * width + column, width, block)
      use(block, tails.skew, column)
    }
  }

  /** The three sums of algorithm 1: O_left-only, O_right-only and O_auto. */
  private sums(rows: Rows, from: number, count: number): Block & { readonly long: Float64Array } {
    const sums = { ...startBlock(count), long: new Float64Array(count) }
    this.eachColumn(rows, from, count, (block, skew) => {
      addTo(sums.left, block.left)
      addTo(sums.right, block.right)
      addTo(sums.long, longTail(skew, block))
    })
    return sums
  }

  /** O_i = max(O_left-only, O_right-only, O_auto): algorithm 1, its last line. */
  private largestSums(rows: Rows, from: number, count: number): Float64Array {
    const { left, right, long } = this.sums(rows, from, count)
    return long.map((sum, i) => Math.max(sum, left[i] as number, right[i] as number))
  }

  private addLargest(rows: Rows, from: number, scores: Float64Array): void {
    this.eachColumn(rows, from, scores.length, ({ left, right }) => {
      for (let i = 0; i < scores.length; i++) {
        scores[i] = (scores[i] as number) + Math.max(left[i] as number, right[i] as number)
      }
    })
  }
}

function checkMemory({ count, columns }: Rows, memoryBytes: number): void {
  const bytes = count * columns.length * VALUE_BYTES
  if (bytes <= memoryBytes) return
  const needed = `the distributions may need ${bytes} bytes, more than the ${memoryBytes} they are given`
  throw new HeedfulError('memory-exceeded', `ecod: ${needed}; fit on fewer rows, drawn at random`)
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'ecod',
  version: 1,
  summary: 'How far out in the tails of its columns a row lies, by ranks alone: nothing to tune.',
  reference: 'Li, Zhao, Hu, Botta, Ionescu and Chen, "ECOD", TKDE 2022, algorithm 1',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'accepts',
  params,
  fit(rows, lesson, { largest }, _random, job) {
    checkMemory(rows, job.memoryBytes)
    return { largest, columns: rows.columns.map((_, column) => fitColumn(rows, column, lesson)) }
  },
  open: (state) => new Ecod(state),
}

/**
 * ECOD (Li et al. 2022). Scores from 0, in nats, higher is stranger: about n columns for an ordinary row. Frozen; reads
 * numbers; a missing value speaks neither for nor against a row.
 *
 * @example `const model = ecod.fitNow(rows); model.score(newRows)`
 */
export const ecod = defineDetector(algorithm)
