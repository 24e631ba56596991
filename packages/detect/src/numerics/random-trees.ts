/** The trees of a random forest. Breiman, "Random Forests", Machine Learning 2001, sections 2 and 4. */
import type { Steps } from '../contracts/paced.ts'
import type { Random } from '../contracts/random.ts'
import { binRows, type ColumnBins, fitBins } from './binning.ts'
import { type GrownTree, growTree } from './histogram-tree.ts'
import { type BinnedTable, openBinnedTable } from './kernels/histogram.ts'
import type { Labelled } from './labelled-rows.ts'

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

/** How many trees, and how each of them grows. */
export interface TreeChoices {
  readonly trees: number
  /** Leaves of a tree, at most. */
  readonly leaves: number
  /** Different rows of a leaf, at least. */
  readonly leastRows: number
  /** Columns that a split looks at; 0 takes the square root of their number. */
  readonly columns: number
}

/** Grows each tree on rows drawn with replacement, and each split among a few columns drawn at random. */
export function* growRandomTrees(
  labelled: Labelled,
  choices: TreeChoices,
  random: Random,
  memoryBytes: number,
): Steps<{ columns: ColumnBins[]; trees: GrownTree[] }> {
  const { rows } = labelled
  const columns = yield* fitBins(rows)
  const width = columns.length
  const most = choices.columns > 0 ? Math.min(width, choices.columns) : Math.max(1, Math.floor(Math.sqrt(width)))
  const table = openBinnedTable(yield* binRows(rows, columns), width, choices.leaves + 2, memoryBytes)
  const trees: GrownTree[] = []
  for (let tree = 0; tree < choices.trees; tree++) {
    const own = random.split(tree)
    const drawn = drawRows(table, labelled, own)
    const draw = { shuffle: openShuffle(width, own), most }
    trees.push(growTree(table, columns, { ...choices, penalty: 0, draw }, drawn))
    yield { done: tree + 1, of: choices.trees, note: 'growing trees' }
  }
  return { columns, trees }
}
