/**
 * Random cut forest: how much a sample of rows would have to make room for this one. Learns on, and forgets.
 *
 * Guha, Mishra, Roy and Schrijvers, "Robust Random Cut Forest Based Anomaly Detection on Streams", ICML 2016. The score is the
 * collusive displacement (definition 4), its expectation over the cuts that would part the row from each tree, so that asking
 * inserts nothing: parted at a node with probability (how far outside its box) / (that + how wide the box is), the row moves
 * the node's mass, or, with its companions at any node above, the mass beside it over their number, whichever is more. Each
 * tree holds a random sample; a row enters with probability sample / min(rows so far, horizon), in the place of a random one.
 *
 * Use it when rows come as a stream whose habits change: it learns on and forgets, and anomalies that lie together count as
 * one company.
 *
 * Not when the table is at hand and still (an isolation forest is far faster), or columns are many.
 *
 * Formula: mean over trees of the expected largest (mass beside a node / mass within) that inserting x would move.
 *
 * Cost: t trees of m rows: a fit takes t × m × ln m × d, a score and a lesson t × depth × d.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { checkMemory } from '../../contracts/check-memory.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { flag, int } from '../../contracts/params.ts'
import { createRandom } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { standardised } from '../../numerics/kernels/matrix-slow.ts'
import { type CutTree, childOf, copyTree, reachOf, startTree, takePoint } from '../../numerics/random-cut-tree.ts'

const params = {
  trees: int(100, 1, 1000, 'number of trees'),
  sample: int(256, 2, 4096, 'rows that each tree holds'),
  horizon: int(100_000, 10, 1_000_000_000, 'rows after which older ones are forgotten faster than by even chance'),
  standardise: flag(true, 'give every column a mean of 0 and a deviation of 1, as in the training rows'),
}

type State = {
  readonly sample: number
  readonly horizon: number
  readonly seed: number
  /** Rows learned so far: with the seed it decides what the next one draws. */
  readonly seen: number
  readonly centre: Float64Array
  readonly scale: Float64Array
  readonly trees: readonly CutTree[]
}

/** Rows learned between two looks at the clock. */
const STEP = 32
/** Below this probability nothing changes any more. */
const NEGLIGIBLE = 1e-9

/** The expected collusive displacement of a point. */
function displacement(tree: CutTree, point: Float64Array): number {
  let [score, left, above] = [0, 1, 0]
  for (let node = tree.root; node >= 0; ) {
    const mass = tree.mass[node] as number
    const { outside, inside } = reachOf(tree, node, point)
    const parted = outside > 0 ? outside / (outside + inside) : 0
    score += left * parted * Math.max(above, mass)
    left *= 1 - parted
    if ((tree.column[node] as number) < 0 || left < NEGLIGIBLE) break
    const child = childOf(tree, node, point)
    const own = tree.mass[child] as number
    above = Math.max(above, (mass - own) / (own + 1))
    node = child
  }
  return score + left * above
}

class RandomCutForest implements Live<State> {
  private readonly state: State
  private seen: number

  constructor(state: State) {
    this.state = state
    this.seen = state.seen
  }

  score(rows: Rows): Float64Array {
    const { trees } = this.state
    return Float64Array.from({ length: rows.count }, (_, row) => {
      const point = this.pointOf(rows, row)
      let sum = 0
      for (const tree of trees) sum += displacement(tree, point)
      return sum / trees.length
    })
  }

  learn(rows: Rows, trust: Float64Array): void {
    for (let row = 0; row < rows.count; row++)
      if ((trust[row] as number) > 0) this.take(this.pointOf(rows, row), trust[row] as number)
  }

  save(): State {
    const { centre, scale, trees } = this.state
    return { ...this.state, seen: this.seen, centre: centre.slice(), scale: scale.slice(), trees: trees.map(copyTree) }
  }

  private pointOf({ data }: Rows, row: number): Float64Array {
    const { centre, scale } = this.state
    const from = row * centre.length
    return centre.map((middle, j) => standardised(data[from + j] as number, middle, scale[j] as number))
  }

  private take(point: Float64Array, trust: number): void {
    const { trees, sample, horizon, seed } = this.state
    const random = createRandom(seed).split(this.seen++)
    const chance = (trust * sample) / Math.max(sample, Math.min(this.seen, horizon))
    for (const tree of trees) if (random.next() < chance) takePoint(tree, point, random)
  }
}

function* teach(start: State, rows: Rows, weights: Float64Array | undefined): Steps<State> {
  const live = new RandomCutForest(start)
  const width = rows.columns.length
  for (let from = 0; from < rows.count; from += STEP) {
    const to = Math.min(rows.count, from + STEP)
    const part = { columns: rows.columns, count: to - from, data: rows.data.subarray(from * width, to * width) }
    const trust = Float64Array.from({ length: to - from }, (_, i) => Math.min(1, weights?.[from + i] ?? 1))
    live.learn(part, trust)
    yield { done: to, of: rows.count, note: 'taking rows in' }
  }
  return live.save()
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'random-cut-forest',
  version: 1,
  summary: 'How much a sample of rows would have to make room for this one. Learns on, and forgets.',
  reference:
    'Guha, Mishra, Roy and Schrijvers, "Robust Random Cut Forest", ICML 2016, definitions 1 and 4, algorithms 1 and 2',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  fit(rows, { weights }, { trees, sample, horizon, standardise }, random, job) {
    const width = rows.columns.length
    const bytes = trees * 2 * sample * (20 * width + 36)
    const remedy = 'take fewer trees or a smaller sample'
    checkMemory({ owner: 'random-cut-forest', what: 'the trees', bytes, remedy }, job.memoryBytes)
    const { mean, deviation } = columnMoments(rows.data, width, weights)
    const centre = standardise ? mean : new Float64Array(width)
    const scale = standardise ? scaleOf(deviation) : new Float64Array(width).fill(1)
    const empty = Array.from({ length: trees }, () => startTree(sample, width))
    const start = { sample, horizon, seed: random.integer(4_294_967_296), seen: 0, centre, scale, trees: empty }
    return paced('random-cut-forest', job, teach(start, rows, weights))
  },
  open: (state) => new RandomCutForest(state),
}

/**
 * Robust random cut forest (Guha et al. 2016). Scores are expected displacements, from 0 to the sample, higher is stranger.
 * Learns on in constant memory, and forgets; reads numbers without gaps. Memory: trees × sample × (40 × columns + 72) bytes.
 *
 * @example `const model = randomCutForest.fitNow(rows); model.follow(newRows)`
 */
export const randomCutForest = defineDetector(algorithm)
