/**
 * SCiForest: isolation by planes that part the rows where they fall into two groups, so that anomalies that lie together are
 * found as well as lone ones.
 *
 * Liu, Ting and Zhou, "On Detecting Clustered Anomalies Using SCiForest", ECML PKDD 2010. A plane is f(x) = Σ cⱼ·xⱼ / σⱼ − p over
 * `attributes` random columns, cⱼ uniform in [−1, 1], σⱼ the deviation among the rows of the node; p is where the deviations of
 * the two sides are smallest beside that of all (Sd gain); of `planes` (τ) such planes the one of the largest gain is taken. A
 * row that lies farther from p than the rows of the node are wide (v) falls outside the range that they cover, and the step
 * adds nothing to its path. (So the paper; read beside another implementation of it, not beside its numbered equations.) Score
 * as in Liu, Ting and Zhou 2008, equation 2, with exact harmonic numbers. Trees grow until two rows are left, or rows that are
 * equal in all columns; `height` bounds them.
 *
 * Use it when anomalies come in groups, which lie together and hide each other from an isolation forest.
 *
 * Not when time is short: its fit looks for good planes and is many times that of an isolation forest.
 *
 * Formula: 2^(−mean path length / c(ψ)); steps outside of the range of a node add nothing to the path.
 *
 * Cost: t trees, τ planes a split: a fit takes t × τ × ψ × ln ψ × height at most, a score t × height × attributes.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { checkMemory } from '../../contracts/check-memory.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { averagePathLengths, isolationScores } from '../../numerics/average-path.ts'
import { checkTrees } from '../../numerics/check-trees.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { deviationGain } from '../../numerics/deviation-gain.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'

const params = {
  trees: int(100, 1, 2000, 'number of trees'),
  subSample: int(256, 2, 16384, 'rows that each tree sees, drawn without replacement (ψ)'),
  planes: int(10, 1, 1000, 'random planes of which the best parts a node (τ)'),
  attributes: int(2, 1, 100, 'columns of a plane (q)'),
  height: int(64, 1, 1000, 'most steps of a path'),
}

type State = {
  readonly subSample: number
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** Columns of a plane. */
  readonly attributes: number
  readonly roots: Int32Array
  /** nodes × attributes: column and factor of each term of a plane. */
  readonly column: Int32Array
  readonly factor: Float64Array
  /** One a node: p, and v. */
  readonly offset: Float64Array
  readonly range: Float64Array
  /** Left child, the right one follows it; −1 at a leaf. */
  readonly left: Int32Array
  /** c(rows) at a leaf. */
  readonly path: Float64Array
}

/** Deviations of standardised columns below this are rounding. */
const NOTHING = 1e-12

type Plane = {
  readonly column: Int32Array
  readonly factor: Float64Array
  readonly values: Float64Array
  readonly offset: number
  readonly gain: number
}

function widthOf(values: Float64Array): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return most - least
}

/** A forest while it grows. */
class Growth {
  readonly column: number[] = []
  readonly factor: number[] = []
  readonly offset: number[] = []
  readonly range: number[] = []
  readonly left: number[] = []
  readonly path: number[] = []
  private readonly data: Float64Array
  private readonly width: number
  private readonly attributes: number
  private readonly planes: number
  private readonly height: number
  private readonly average: Float64Array

  constructor(
    data: Float64Array,
    width: number,
    { attributes, planes, height }: { attributes: number; planes: number; height: number },
    subSample: number,
  ) {
    this.data = data
    this.width = width
    this.attributes = attributes
    this.planes = planes
    this.height = height
    this.average = averagePathLengths(subSample)
  }

  /** Grows one tree of the named rows; answers where it begins. */
  tree(rows: Int32Array, random: Random): number {
    const root = this.add()
    this.grow(root, rows, 0, random)
    return root
  }

  private add(): number {
    for (let i = 0; i < this.attributes; i++) {
      this.column.push(0)
      this.factor.push(0)
    }
    this.offset.push(0)
    this.range.push(0)
    this.left.push(-1)
    this.path.push(0)
    return this.offset.length - 1
  }

  private grow(node: number, rows: Int32Array, depth: number, random: Random): void {
    const plane = depth < this.height && rows.length > 2 ? this.best(rows, random) : undefined
    if (!plane) {
      this.path[node] = this.average[rows.length] as number
      return
    }
    const { column, factor, values, offset } = plane
    for (let i = 0; i < this.attributes; i++) {
      this.column[node * this.attributes + i] = column[i] as number
      this.factor[node * this.attributes + i] = factor[i] as number
    }
    this.offset[node] = offset
    this.range[node] = widthOf(values)
    const left = this.add()
    this.add()
    this.left[node] = left
    this.grow(
      left,
      rows.filter((_, i) => (values[i] as number) < offset),
      depth + 1,
      random,
    )
    this.grow(
      left + 1,
      rows.filter((_, i) => (values[i] as number) >= offset),
      depth + 1,
      random,
    )
  }

  /** Of some random planes the one of the largest gain; undefined where no column varies. */
  private best(rows: Int32Array, random: Random): Plane | undefined {
    const deviations = this.deviations(rows)
    const varying = Array.from(deviations.keys()).filter((j) => (deviations[j] as number) > NOTHING)
    if (varying.length === 0) return undefined
    let best: Plane | undefined
    for (let i = 0; i < this.planes; i++) {
      const plane = this.plane(rows, varying, deviations, random)
      if (plane && !(plane.gain <= (best?.gain ?? Number.NEGATIVE_INFINITY))) best = plane
    }
    return best
  }

  private deviations(rows: Int32Array): Float64Array {
    const { data, width } = this
    return new Float64Array(width).map((_, j) => {
      let [mean, squares] = [0, 0]
      for (let i = 0; i < rows.length; i++) {
        const away = (data[(rows[i] as number) * width + j] as number) - mean
        mean += away / (i + 1)
        squares += away * ((data[(rows[i] as number) * width + j] as number) - mean)
      }
      return Math.sqrt(squares / rows.length)
    })
  }

  /** Undefined where the rows do not differ along it. Where fewer columns vary than a plane has, the rest count 0. */
  private plane(
    rows: Int32Array,
    varying: readonly number[],
    deviations: Float64Array,
    random: Random,
  ): Plane | undefined {
    const { data, width, attributes } = this
    const [column, factor] = [new Int32Array(attributes), new Float64Array(attributes)]
    const left = [...varying]
    for (let i = 0; i < attributes && left.length > 0; i++) {
      const place = random.integer(left.length)
      const j = left[place] as number
      left[place] = left[left.length - 1] as number
      left.pop()
      column[i] = j
      factor[i] = (2 * random.next() - 1) / (deviations[j] as number)
    }
    const values = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i++)
      values[i] = project(data, (rows[i] as number) * width, column, factor, 0, attributes)
    const cut = deviationGain(values)
    return cut && { column, factor, values, ...cut }
  }
}

function project(
  data: Float64Array,
  at: number,
  column: Int32Array,
  factor: Float64Array,
  from: number,
  attributes: number,
): number {
  let sum = 0
  for (let i = from; i < from + attributes; i++)
    sum += (factor[i] as number) * (data[at + (column[i] as number)] as number)
  return sum
}

class SciForest implements Live<State> {
  private readonly state: State

  constructor(state: State) {
    checkTrees({ roots: state.roots, child: state.left, leaf: 'none' })
    this.state = state
  }

  score({ data, count }: Rows): Float64Array {
    const { centre, scale } = this.state
    const width = centre.length
    const rows = standardiseRows(data, centre, scale)
    return isolationScores(this.state, count, (root, row) => this.pathOf(root, rows, row * width))
  }

  save(): State {
    const { subSample, attributes, centre, scale, roots, column, factor, offset, range, left, path } = this.state
    return {
      ...{ subSample, attributes, centre: centre.slice(), scale: scale.slice(), roots: roots.slice() },
      ...{ column: column.slice(), factor: factor.slice(), offset: offset.slice(), range: range.slice() },
      ...{ left: left.slice(), path: path.slice() },
    }
  }

  /** Algorithm 3: a step counts only within the range of the rows that the node was made of. */
  private pathOf(root: number, rows: Float64Array, at: number): number {
    const { column, factor, offset, range, left, path, attributes } = this.state
    let [node, steps] = [root, 0]
    for (let next = left[node] as number; next >= 0; next = left[node] as number) {
      const away = project(rows, at, column, factor, node * attributes, attributes) - (offset[node] as number)
      if (Math.abs(away) <= (range[node] as number)) steps++
      node = next + (away < 0 ? 0 : 1)
    }
    return steps + (path[node] as number)
  }
}

function* plant(
  trees: number,
  random: Random,
  draw: (random: Random) => Int32Array,
  growth: Growth,
): Steps<Int32Array> {
  const roots = new Int32Array(trees)
  for (let tree = 0; tree < trees; tree++) {
    const own = random.split(tree)
    roots[tree] = growth.tree(draw(own), own)
    yield { done: tree + 1, of: trees, note: 'growing trees' }
  }
  return roots
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'sciforest',
  version: 1,
  summary:
    'Isolation by planes that part rows where they fall into two groups: anomalies that lie together are found, too.',
  reference: 'Liu, Ting and Zhou, "On Detecting Clustered Anomalies Using SCiForest", ECML PKDD 2010',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  exempt: {
    'agrees-with-the-reference':
      'every plane is random, so scores agree in distribution only; isotree has such a mode and was not compared yet',
  },
  fit({ data, count, columns }, { weights }, given, random, job) {
    const { trees, subSample, attributes: asked } = given
    const width = columns.length
    const attributes = Math.min(asked, width)
    const size = Math.min(subSample, drawableRows(count, weights))
    if (size < 2) throw new HeedfulError('rows-too-few', 'sciforest needs at least 2 rows of a weight above 0')
    const remedy = 'take fewer trees or a smaller subSample'
    checkMemory(
      { owner: 'sciforest', what: 'the forest', bytes: trees * 2 * size * (12 * attributes + 28), remedy },
      job.memoryBytes,
    )
    const { mean, deviation } = columnMoments(data, width, weights)
    const scale = scaleOf(deviation)
    const growth = new Growth(standardiseRows(data, mean, scale), width, { ...given, attributes }, size)
    const roots = paced('sciforest', job, plant(trees, random, createSampler(count, size, weights), growth))
    return settle(
      roots,
      (planted): State => ({
        ...{ subSample: size, centre: mean, scale, attributes, roots: planted },
        ...{ column: Int32Array.from(growth.column), factor: Float64Array.from(growth.factor) },
        ...{ offset: Float64Array.from(growth.offset), range: Float64Array.from(growth.range) },
        ...{ left: Int32Array.from(growth.left), path: Float64Array.from(growth.path) },
      }),
    )
  },
  open: (state) => new SciForest(state),
}

/**
 * SCiForest (Liu, Ting and Zhou 2010). Scores in (0, 1], higher is stranger. Frozen; reads numbers without gaps. A fit takes
 * trees × planes × subSample × ln subSample × height at most: the gain likes to part a few rows from many, so trees are high. Memory: trees × subSample × (24 × attributes + 56) bytes.
 *
 * @example `const model = sciforest.fitNow(rows); model.score(newRows)`
 */
export const sciforest = defineDetector(algorithm)
