/**
 * Isolation forest: random splits isolate what is few and different in fewer steps.
 *
 * Liu, Ting and Zhou, "Isolation Forest", ICDM 2008: trees (algorithms 1 and 2), path length (algorithm 3), score
 * (equations 1 and 2). Higher is stranger, and nothing is capped: 2^(−E(h) / c(ψ)) is near 1 for rows that are isolated at
 * once, 0.5 where a row is as deep as the average. Harmonic numbers are exact; Liu's ln(i) + γ is an approximation of them.
 *
 * Use it when in doubt: fast at any size, needs no scaling, bears columns that say nothing, and is hardly ever far from the
 * best.
 *
 * Not when strange rows lie inside of the range of all columns and are strange only beside their neighbours (`lof`, `inne`),
 * or along slants (`extended-isolation-forest`).
 *
 * Formula: 2^(−mean path length / c(ψ)), c(n) = 2·H(n − 1) − 2·(n − 1)/n.
 *
 * Cost: t trees of ψ rows: a fit takes t × ψ × ln ψ, whatever the number of rows, a score t × ln ψ.
 */

import type { Algorithm } from '../../contracts/algorithm.ts'
import { checkMemory } from '../../contracts/check-memory.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { inParts, paced } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { settle } from '../../contracts/training.ts'
import { averagePathLengths } from '../../numerics/average-path.ts'
import { checkTrees } from '../../numerics/check-trees.ts'
import { openForest } from '../../numerics/kernels/forest.ts'
import type { Forest } from '../../numerics/kernels/forest-slow.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'

const params = {
  trees: int(100, 1, 2000, 'number of trees'),
  subSample: int(256, 2, 16384, 'rows that each tree sees, drawn without replacement (ψ)'),
  columnShare: real(1, 0.01, 1, 'share of the columns that each tree sees, at least one'),
}

export type IsolationTrees = Forest & {
  /** Columns of a row. */
  readonly width: number
  /** ψ: rows that each tree saw. */
  readonly subSample: number
}

/** Bytes of a node: column, threshold, left child, path. */
const NODE_BYTES = 24

function swap(values: Int32Array, a: number, b: number): void {
  const kept = values[a] as number
  values[a] = values[b] as number
  values[b] = kept
}

/** A threshold that leaves `least` on its left and `most` on its right, also where their difference overflows. */
function between(least: number, most: number, share: number): number {
  const threshold = least * (1 - share) + most * share
  return threshold >= least && threshold < most ? threshold : least
}

/** A forest while it grows. */
class Growth {
  private readonly column: Int32Array
  private readonly threshold: Float64Array
  private readonly left: Int32Array
  private readonly path: Float64Array
  private readonly average: Float64Array
  private readonly height: number
  private readonly width: number
  private readonly sample: Float64Array
  private readonly order: Int32Array
  private readonly choices: Int32Array
  private readonly columns: number
  private used = 0
  private least = 0
  private most = 0

  constructor(trees: number, subSample: number, width: number, columns: number) {
    const nodes = trees * (2 * subSample - 1)
    this.column = new Int32Array(nodes)
    this.threshold = new Float64Array(nodes)
    this.left = new Int32Array(nodes)
    this.path = new Float64Array(nodes)
    this.average = averagePathLengths(subSample)
    this.height = Math.ceil(Math.log2(subSample))
    this.width = width
    this.columns = columns
    this.sample = new Float64Array(subSample * width)
    this.order = new Int32Array(subSample)
    this.choices = new Int32Array(width)
  }

  /** Grows one tree of the named rows and says where it begins: algorithm 2, with the height limit of algorithm 1. */
  tree(data: Float64Array, rows: Int32Array, random: Random): number {
    const { width, sample, order, choices, columns } = this
    for (let i = 0; i < rows.length; i++) {
      const from = (rows[i] as number) * width
      for (let j = 0; j < width; j++) sample[i * width + j] = data[from + j] as number
      order[i] = i
    }
    for (let j = 0; j < width; j++) choices[j] = j
    if (columns < width) for (let j = 0; j < columns; j++) swap(choices, j, j + random.integer(width - j))
    const root = this.used++
    this.grow(root, 0, rows.length, 0, random)
    return root
  }

  forest(roots: Int32Array): Forest {
    const { used, height } = this
    return {
      roots,
      column: this.column.slice(0, used),
      threshold: this.threshold.slice(0, used),
      left: this.left.slice(0, used),
      path: this.path.slice(0, used),
      height,
    }
  }

  /** Grows the node of the rows `order[from … to)`; answers the path length that is expected below it. */
  private grow(node: number, from: number, to: number, depth: number, random: Random): number {
    const column = depth < this.height && to - from > 1 ? this.splittable(from, to, random) : -1
    if (column < 0) return this.leaf(node, depth + (this.average[to - from] as number))
    const threshold = between(this.least, this.most, random.next())
    const middle = this.partition(from, to, column, threshold)
    const left = this.used
    this.used += 2
    this.column[node] = column
    this.threshold[node] = threshold
    this.left[node] = left
    const onLeft = this.grow(left, from, middle, depth + 1, random) * (middle - from)
    const onRight = this.grow(left + 1, middle, to, depth + 1, random) * (to - middle)
    const expected = (onLeft + onRight) / (to - from)
    this.path[node] = expected
    return expected
  }

  private leaf(node: number, path: number): number {
    this.threshold[node] = Number.POSITIVE_INFINITY
    this.left[node] = node
    this.path[node] = path
    return path
  }

  /** A column drawn among those that differ within the rows, its range kept in `least` and `most`; −1 where none differs. */
  private splittable(from: number, to: number, random: Random): number {
    const { choices } = this
    for (let left = this.columns; left > 0; left--) {
      const drawn = random.integer(left)
      const column = choices[drawn] as number
      if (this.differs(from, to, column)) return column
      swap(choices, drawn, left - 1)
    }
    return -1
  }

  private differs(from: number, to: number, column: number): boolean {
    const { sample, order, width } = this
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let i = from; i < to; i++) {
      const value = sample[(order[i] as number) * width + column] as number
      if (value < least) least = value
      if (value > most) most = value
    }
    this.least = least
    this.most = most
    return least < most
  }

  /** Puts the rows that go left first; answers where the others begin. */
  private partition(from: number, to: number, column: number, threshold: number): number {
    const { sample, order, width } = this
    let middle = from
    for (let i = from; i < to; i++) {
      const row = order[i] as number
      if ((sample[row * width + column] as number) > threshold) continue
      order[i] = order[middle] as number
      order[middle++] = row
    }
    return middle
  }
}

/**
 * How much each column shortened the path of a row: at every split the path expected before it minus the path expected
 * after it, credited to the column of the split. Averaged over the trees and divided by c(ψ); a row's weights sum to
 * (mean expected path − its path) / c(ψ), so columns that make a row ordinary weigh below 0.
 * Feature contributions along the path: Palczewska et al., "Interpreting random forest classification models using a
 * feature contribution method", 2013, section 3, with the path length in the place of the class.
 */
function explainRow(forest: IsolationTrees, row: Float64Array, weights: Float64Array, scale: number): void {
  const { column, threshold, left, path, height } = forest
  for (const root of forest.roots) {
    let node = root
    for (let level = 0; level < height && left[node] !== node; level++) {
      const splitOn = column[node] as number
      const right = (row[splitOn] as number) > (threshold[node] as number)
      const next = (left[node] as number) + (right ? 1 : 0)
      weights[splitOn] = (weights[splitOn] as number) + ((path[node] as number) - (path[next] as number)) * scale
      node = next
    }
  }
}

const algorithm: Algorithm<typeof params, IsolationTrees> = {
  id: 'isolation-forest',
  version: 1,
  summary: 'Random splits isolate strange rows in fewer steps than ordinary ones.',
  reference: 'Liu, Ting and Zhou, "Isolation Forest", ICDM 2008, algorithms 1 to 3, equations 1 and 2.',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit(rows, lesson, { trees, subSample, columnShare }, random, job) {
    const width = rows.columns.length
    const size = Math.min(subSample, drawableRows(rows.count, lesson.weights))
    if (size < 2) throw new HeedfulError('rows-too-few', 'isolation-forest needs at least 2 rows of a weight above 0')
    const remedy = 'take fewer trees or a smaller subSample'
    checkMemory(
      { owner: 'isolation-forest', what: 'the forest', bytes: trees * (2 * size - 1) * NODE_BYTES, remedy },
      job.memoryBytes,
    )
    const draw = createSampler(rows.count, size, lesson.weights)
    const growth = new Growth(trees, size, width, Math.max(1, Math.round(columnShare * width)))
    const roots = new Int32Array(trees)
    const grow = (tree: number) => {
      const own = random.split(tree)
      roots[tree] = growth.tree(rows.data, draw(own), own)
    }
    return settle(
      paced('isolation-forest', job, inParts(trees, 1, 'growing trees', grow)),
      (): IsolationTrees => ({ ...growth.forest(roots), width, subSample: size }),
    )
  },
  open(state) {
    const { width, subSample, roots } = state
    checkTrees({ roots, child: state.left, leaf: 'itself' })
    if (state.height > state.left.length)
      throw new Error(`${state.left.length} nodes are no tree of height ${state.height}`)
    const kernel = openForest(state, width)
    const average = averagePathLengths(subSample)[subSample] as number
    const perTree = 1 / (roots.length * average)
    return {
      /** Equation 2. */
      score: (rows) => kernel.sumPaths(rows.data).map((sum) => Math.exp(-Math.LN2 * (sum * perTree))),
      explain({ data, count }) {
        const weights = new Float64Array(count * width)
        for (let i = 0; i < data.length; i += width) {
          explainRow(state, data.subarray(i, i + width), weights.subarray(i, i + width), perTree)
        }
        return weights
      },
      save: () => ({
        ...state,
        roots: state.roots.slice(),
        column: state.column.slice(),
        threshold: state.threshold.slice(),
        left: state.left.slice(),
        path: state.path.slice(),
      }),
    }
  },
}

/**
 * Isolation forest (Liu, Ting and Zhou 2008). Scores in (0, 1), higher is stranger. Frozen; reads numbers without gaps. Memory:
 * trees × subSample × 48 bytes.
 *
 * @example `const model = isolationForest.fitNow(rows); model.score(newRows)`
 */
export const isolationForest = defineDetector(algorithm)
