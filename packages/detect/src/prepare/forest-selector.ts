import { definePreparer } from '../contracts/define-preparer.ts'
import { quietJob } from '../contracts/job.ts'
import type { Steps } from '../contracts/paced.ts'
import { int } from '../contracts/params.ts'
import type { Random } from '../contracts/random.ts'
import type { GrownTree } from '../numerics/histogram-tree.ts'
import { type Labelled, labelledRows } from '../numerics/labelled-rows.ts'
import { growRandomTrees } from '../numerics/random-trees.ts'
import { openSelection, SELECTION_PARAMS, type Selection, selectBest } from './selection.ts'

const PARAMS = {
  ...SELECTION_PARAMS,
  trees: int(50, 1, 2000, 'number of trees'),
}

/**
 * Keeps the columns by which a random forest parts anomalies from normal rows: of each tree the share that a column has in
 * what all its splits gain, their mean over the trees. Columns that are alike share what either would have alone; columns
 * of many values gain a little by chance (Strobl et al., BMC Bioinformatics 2007). Missing values and categories are read as the
 * forest reads them, and stay as they are. Learns from labelled rows of a weight above 0. The fit is not told in steps:
 * 50 trees take as long as those of `randomForest`. Error: `lesson-value`.
 *
 * @example `prepared(forestSelector, gradientBoosting).fitNow(rows, { lesson: { labels } })`
 */
export const forestSelector = definePreparer<typeof PARAMS, Selection>({
  id: 'forest-selector',
  version: 1,
  summary: 'Keeps the columns by which a random forest parts anomalies from normal rows.',
  reference: 'Breiman et al., Classification and Regression Trees, 1984, section 5.3.4; scikit-learn 1.9',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  learnsFrom: 'labels',
  *fit(rows, lesson, { most, trees }, random) {
    return selectBest(yield* forestImportance(labelledRows('forest-selector', rows, lesson), trees, random), most)
  },
  open: openSelection,
})

/** One a column, from 0; they sum to 1, or are all 0 where no tree has a split. */
export function* forestImportance(labelled: Labelled, trees: number, random: Random): Steps<Float64Array> {
  const choices = { trees, leaves: 256, leastRows: 1, columns: 0 }
  const grown = yield* growRandomTrees(labelled, choices, random, quietJob().memoryBytes)
  const importance = new Float64Array(labelled.rows.columns.length)
  for (const tree of grown.trees) addShares(tree, importance)
  const total = importance.reduce((sum, share) => sum + share, 0)
  return total > 0 ? importance.map((share) => share / total) : importance
}

function addShares({ split }: GrownTree, importance: Float64Array): void {
  const all = split.reduce((sum, cut) => sum + (cut?.gain ?? 0), 0)
  for (const cut of split) if (cut) importance[cut.column] = importance[cut.column]! + cut.gain / all
}
