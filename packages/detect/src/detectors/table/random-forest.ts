/**
 * Random forest: the mean of many trees, each of rows drawn with replacement, each split of a few random columns.
 *
 * Breiman, "Random Forests", Machine Learning 2001, sections 2 and 4: √columns columns a split. Trees are cut by the variance of
 * the labels, which for two kinds is half of Gini's impurity, over histograms of 255 bins. The score is the mean share of
 * anomalies in the leaves. Missing values and categories are read as they are.
 *
 * Use it when some tens of anomalies or more are labelled, and nothing shall have to be tuned.
 *
 * Not when labels are few or what comes is new: it knows only what it was shown. With many labels `gradient-boosting` finds
 * more.
 *
 * Formula: mean over trees of the share of anomalies in the leaf.
 *
 * Cost: a fit takes trees × n × d × ln leaves steps over bytes, a score trees × depth.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { type Labelled, labelledRows } from '../../numerics/labelled-rows.ts'
import { growRandomTrees, type TreeChoices } from '../../numerics/random-trees.ts'
import { copyEnsemble, joinTrees, openLeafSums, type TreeEnsemble } from '../../numerics/tree-ensemble.ts'

const params = {
  trees: int(100, 1, 2000, 'number of trees'),
  leaves: int(256, 2, 1024, 'leaves of a tree, at most'),
  leastRows: int(1, 1, 100_000, 'different rows of a leaf, at least'),
  columns: int(0, 0, 10_000, 'columns that a split looks at; 0 takes the square root of their number'),
}

type State = { readonly trees: TreeEnsemble }

function* plant(labelled: Labelled, choices: TreeChoices, random: Random, memoryBytes: number): Steps<State> {
  const { columns, trees } = yield* growRandomTrees(labelled, choices, random, memoryBytes)
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
  open({ trees }) {
    const sum = openLeafSums(trees)
    return {
      score: ({ data, count }) => sum(data, count),
      save: () => ({ trees: copyEnsemble(trees) }),
    }
  },
}

/**
 * Random forest (Breiman 2001) by histograms. Scores are shares of anomalies, from 0 to 1, higher is stranger. Learns from
 * labelled rows alone (NaN is not labelled); frozen; reads numbers and categories (the first 255 of a column), also missing
 * ones. Memory of the fit: rows × (2 × columns + 64) bytes, and columns × leaves × 4 kB.
 *
 * @example `const model = randomForest.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const randomForest = defineDetector(algorithm)
