/**
 * Random forest: the mean of many trees, each of rows drawn with replacement, each split of a few random columns.
 *
 * Breiman, "Random Forests", Machine Learning 2001, sections 2 and 4: √columns columns a split. Trees are cut by the variance of
 * the labels, which for two kinds is half of Gini's impurity, over histograms of 255 bins. The score is the mean share of
 * anomalies in the leaves. Missing values and categories are read as they are.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { binRows, fitBins } from '../../numerics/binning.ts'
import { type GrownTree, growTree } from '../../numerics/histogram-tree.ts'
import { type BinnedTable, openBinnedTable } from '../../numerics/kernels/histogram.ts'
import { type Labelled, labelledRows } from '../../numerics/labelled-rows.ts'
import { copyEnsemble, joinTrees, sumLeaves, type TreeEnsemble } from '../../numerics/tree-ensemble.ts'

const params = {
  trees: int(100, 1, 2000, 'number of trees'),
  leaves: int(256, 2, 1024, 'leaves of a tree, at most'),
  leastRows: int(1, 1, 100_000, 'different rows of a leaf, at least'),
  columns: int(0, 0, 10_000, 'columns that a split looks at; 0 takes the square root of their number'),
}

type State = { readonly trees: TreeEnsemble }

/** Draws rows with replacement; writes those drawn into the table and answers how many are different. */
function drawRows(table: BinnedTable, { labels, weights }: Labelled, random: Random): number {
  const times = new Int32Array(labels.length)
  for (let i = 0; i < times.length; i++) {
    const row = random.integer(times.length)
    times[row] = (times[row] as number) + 1
  }
  let different = 0
  for (let row = 0; row < times.length; row++) {
    if (times[row] === 0) continue
    const weight = (times[row] as number) * (weights[row] as number)
    table.order[different++] = row
    table.pairs[2 * row] = -weight * (labels[row] as number)
    table.pairs[2 * row + 1] = weight
  }
  return different
}

/** All columns in a random order. */
function openShuffle(width: number, random: Random): () => readonly number[] {
  const columns = Array.from({ length: width }, (_, j) => j)
  return () => {
    for (let j = width - 1; j > 0; j--) {
      const other = random.integer(j + 1)
      const kept = columns[j] as number
      columns[j] = columns[other] as number
      columns[other] = kept
    }
    return columns
  }
}

interface Choices {
  readonly trees: number
  readonly leaves: number
  readonly leastRows: number
  readonly columns: number
}

function* plant(labelled: Labelled, choices: Choices, random: Random, memoryBytes: number): Steps<State> {
  const { rows } = labelled
  const columns = fitBins(rows)
  const width = columns.length
  const most = choices.columns > 0 ? Math.min(width, choices.columns) : Math.max(1, Math.floor(Math.sqrt(width)))
  const table = openBinnedTable(binRows(rows, columns), width, choices.leaves + 2, memoryBytes)
  const trees: GrownTree[] = []
  for (let tree = 0; tree < choices.trees; tree++) {
    const own = random.split(tree)
    const drawn = drawRows(table, labelled, own)
    const draw = { shuffle: openShuffle(width, own), most }
    trees.push(growTree(table, columns, { ...choices, penalty: 0, rising: false, draw }, drawn))
    yield { done: tree + 1, of: choices.trees, note: 'growing trees' }
  }
  return { trees: joinTrees(columns, trees, 1 / trees.length) }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'random-forest',
  version: 1,
  summary: 'Learns from labels: the mean of many trees of random rows and columns.',
  reference: 'Breiman, "Random Forests", Machine Learning 2001, sections 2 and 4',
  kind: 'table',
  learnsFrom: 'labels',
  columns: 'any',
  missing: 'accepts',
  leastRows: 2,
  params,
  exempt: { 'agrees-with-the-reference': 'its trees are random, and are cut at the edges of bins' },
  fit: (rows, lesson, choices, random, job) =>
    paced('random-forest', job, plant(labelledRows('random-forest', rows, lesson), choices, random, job.memoryBytes)),
  open: ({ trees }) => ({
    score: ({ data, count }) => sumLeaves(trees, data, count),
    save: () => ({ trees: copyEnsemble(trees) }),
  }),
}

/**
 * Random forest (Breiman 2001) by histograms. Scores are shares of anomalies, from 0 to 1, higher is stranger. Learns from
 * labelled rows alone (NaN is not labelled); frozen; reads numbers and categories (the first 255 of a column), also missing
 * ones. Memory of the fit: rows × (2 × columns + 24) bytes, and columns × leaves × 5 kB.
 *
 * @example `const model = randomForest.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const randomForest = defineDetector(algorithm)
