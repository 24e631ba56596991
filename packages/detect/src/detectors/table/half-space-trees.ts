/**
 * Half-space trees: how many rows of late lay where this one lies, in random halves of the space.
 *
 * Tan, Ting and Liu, "Fast Anomaly Detection for Streaming Data", IJCAI 2011: a workspace about a random point of each column
 * (section 3.1), halved in a random column at every step (algorithm 1), mass profiles of the newest window and the one before
 * (algorithm 3), and the score Σ over the trees of mass × 2^depth of the node where the row's walk ends (equation 4), at
 * the first node of at most `sizeLimit` rows. Here the score is −log₂ of the mean, so that higher is stranger. Columns are put
 * into [0, 1] by the ranges of the training rows. It learns on, row by row: after `window` rows the newest mass replaces the
 * reference.
 *
 * Use it when rows come as a stream that never ends and its habits drift: constant memory, each row asked and taught in one
 * pass.
 *
 * Not when the table is at hand and still (an isolation forest finds more), or values will leave the ranges of the training
 * rows.
 *
 * Formula: −log₂ of the mean over trees of mass × 2^depth where the walk of the row ends.
 *
 * Cost: t trees of height h: asking and teaching a row takes t × h each.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { checkMemory } from '../../contracts/check-memory.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inParts, paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { type Rows, sliceRows } from '../../contracts/rows.ts'

const params = {
  trees: int(25, 1, 500, 'number of trees'),
  height: int(15, 1, 18, 'halvings on the way to a leaf'),
  window: int(250, 2, 1_000_000, 'rows of trust 1 after which the newest mass becomes the reference'),
  sizeLimit: real(0.1, 0.001, 1, 'share of the window below which a walk ends'),
}

type State = {
  readonly trees: number
  readonly height: number
  readonly window: number
  readonly sizeLimit: number
  /** Range of the training rows, one a column. */
  readonly least: Float64Array
  readonly perUnit: Float64Array
  /** Inner nodes in the order of a heap, 2^height − 1 a tree: node i has the children 2i + 1 and 2i + 2. */
  readonly column: Int32Array
  readonly threshold: Float64Array
  /** Mass of the reference window and of the newest one, all nodes, 2^(height + 1) − 1 a tree. */
  readonly reference: Float64Array
  readonly newest: Float64Array
  /** Trust that the newest window holds. */
  readonly held: number
}

const NODE_BYTES = 28

/** Section 3.1: the workspace is as wide as twice the way from a random point to the farther end of [0, 1]. */
function growTree(width: number, height: number, random: Random, column: Int32Array, threshold: Float64Array): void {
  const point = Float64Array.from({ length: width }, () => random.next())
  const reach = point.map((at) => 2 * Math.max(at, 1 - at))
  const least = point.map((at, j) => at - (reach[j] as number))
  const most = point.map((at, j) => at + (reach[j] as number))
  const inner = (1 << height) - 1
  const halve = (node: number): void => {
    if (node >= inner) return
    const j = random.integer(width)
    const [from, to] = [least[j] as number, most[j] as number]
    const middle = (from + to) / 2
    column[node] = j
    threshold[node] = middle
    most[j] = middle
    halve(2 * node + 1)
    most[j] = to
    least[j] = middle
    halve(2 * node + 2)
    least[j] = from
  }
  halve(0)
}

function ranges({ data, columns, count }: Rows): { least: Float64Array; perUnit: Float64Array } {
  const width = columns.length
  const least = new Float64Array(width).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  for (let row = 0, at = 0; row < count; row++) {
    for (let j = 0; j < width; j++, at++) {
      least[j] = Math.min(least[j] as number, data[at] as number)
      most[j] = Math.max(most[j] as number, data[at] as number)
    }
  }
  const perUnit = most.map((end, j) => {
    const one = 1 / (end - (least[j] as number))
    return Number.isFinite(one) ? one : 1
  })
  return { least, perUnit }
}

class HalfSpaceTrees implements Live<State> {
  private state: State
  private readonly inner: number
  private readonly nodes: number

  constructor(state: State) {
    this.state = state
    this.inner = (1 << state.height) - 1
    this.nodes = 2 * this.inner + 1
  }

  score(rows: Rows): Float64Array {
    return Float64Array.from({ length: rows.count }, (_, row) => this.scoreRow(this.placed(rows, row)))
  }

  learn(rows: Rows, trust: Float64Array): void {
    for (let row = 0; row < rows.count; row++) {
      const own = trust[row] as number
      if (own > 0) this.learnRow(this.placed(rows, row), own)
    }
  }

  save(): State {
    const { least, perUnit, column, threshold, reference, newest } = this.state
    return {
      ...this.state,
      ...{ least: least.slice(), perUnit: perUnit.slice(), column: column.slice(), threshold: threshold.slice() },
      ...{ reference: reference.slice(), newest: newest.slice() },
    }
  }

  /** The values of a row as shares of the ranges. */
  private placed({ data }: Rows, row: number): Float64Array {
    const { least, perUnit } = this.state
    const from = row * least.length
    return least.map((start, j) => ((data[from + j] as number) - start) * (perUnit[j] as number))
  }

  /** The child that a row goes to. */
  private next(tree: number, node: number, values: Float64Array): number {
    const { column, threshold } = this.state
    const at = tree * this.inner + node
    const right = (values[column[at] as number] as number) >= (threshold[at] as number)
    return 2 * node + (right ? 2 : 1)
  }

  private scoreRow(values: Float64Array): number {
    const { trees, window, sizeLimit, reference } = this.state
    let sum = 0
    for (let tree = 0; tree < trees; tree++) {
      const first = tree * this.nodes
      let [node, scale] = [0, 1]
      while (node < this.inner && (reference[first + node] as number) > sizeLimit * window) {
        node = this.next(tree, node, values)
        scale *= 2
      }
      sum += (reference[first + node] as number) * scale
    }
    return -Math.log2((sum / trees + 1) / window)
  }

  private learnRow(values: Float64Array, trust: number): void {
    const { trees, newest, window } = this.state
    for (let tree = 0; tree < trees; tree++) {
      const first = tree * this.nodes
      let node = 0
      newest[first] = (newest[first] as number) + trust
      while (node < this.inner) {
        node = this.next(tree, node, values)
        newest[first + node] = (newest[first + node] as number) + trust
      }
    }
    const held = this.state.held + trust
    if (held < window) this.state = { ...this.state, held }
    else this.state = { ...this.state, held: 0, reference: newest, newest: new Float64Array(newest.length) }
  }
}

/** Rows between two looks at the signal. */
const TOGETHER = 1024

/** The training rows fill windows in their order; the last, unfinished one is scaled up where no other is full. */
function* taught(live: HalfSpaceTrees, rows: Rows, weights: Float64Array | undefined): Steps<State> {
  const trust = weights?.map((weight) => Math.min(1, weight)) ?? new Float64Array(rows.count).fill(1)
  yield* inParts(rows.count, TOGETHER, 'taking rows in', (from, to) =>
    live.learn(sliceRows(rows, from, to), trust.subarray(from, to)),
  )
  const state = live.save()
  if ((state.reference[0] as number) > 0 || state.held === 0) return state
  const full = state.newest.map((mass) => (mass * state.window) / state.held)
  return { ...state, reference: full, newest: new Float64Array(full.length), held: 0 }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'half-space-trees',
  version: 1,
  summary: 'How few rows of late lay where this one lies, in random halves of the space. Learns on.',
  reference:
    'Tan, Ting and Liu, "Fast Anomaly Detection for Streaming Data", IJCAI 2011, algorithms 1 to 3, equation 4',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  exempt: { 'agrees-with-the-reference': 'its trees are random, and River draws them another way' },
  fit(rows, { weights }, { trees, height, window, sizeLimit }, random, job) {
    const inner = (1 << height) - 1
    const bytes = trees * inner * NODE_BYTES * 2
    const remedy = 'take a smaller height or fewer trees'
    checkMemory({ owner: 'half-space-trees', what: 'the trees', bytes, remedy }, job.memoryBytes)
    const [column, threshold] = [new Int32Array(trees * inner), new Float64Array(trees * inner)]
    for (let tree = 0; tree < trees; tree++) {
      const part = [tree * inner, (tree + 1) * inner] as const
      growTree(rows.columns.length, height, random.split(tree), column.subarray(...part), threshold.subarray(...part))
    }
    const empty = () => new Float64Array(trees * (2 * inner + 1))
    const start = { trees, height, window, sizeLimit, ...ranges(rows), column, threshold, held: 0 }
    const live = new HalfSpaceTrees({ ...start, reference: empty(), newest: empty() })
    return paced('half-space-trees', job, taught(live, rows, weights))
  },
  open: (state) => new HalfSpaceTrees(state),
}

/**
 * Half-space trees (Tan, Ting and Liu 2011). Scores are −log₂ of a mass, higher is stranger. Learns on in constant memory; reads
 * numbers without gaps. Memory: trees × 2^height × 28 bytes.
 *
 * @example `const model = halfSpaceTrees.fitNow(rows); model.follow(newRows)`
 */
export const halfSpaceTrees = defineDetector(algorithm)
