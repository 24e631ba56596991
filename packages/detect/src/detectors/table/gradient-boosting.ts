/**
 * Gradient boosting: trees one after the other, each fitted to what those before it left of the logistic loss.
 *
 * Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 2001, algorithm 5; by histograms
 * and by leaves, as LightGBM (Ke et al., NeurIPS 2017) and scikit-learn's HistGradientBoostingClassifier, whose defaults it has.
 * The score is the log-odds of an anomaly. Missing values and categories are read as they are.
 *
 * Use it when some hundreds of anomalies or more are labelled and what comes is like them: the most accurate on tables then.
 *
 * Not when labels are few or what comes is new: it knows only what it was shown. Beside it an unsupervised detector should
 * stand.
 *
 * Formula: log-odds of all rows + learning rate × Σ over trees of the value of the leaf.
 *
 * Cost: a fit takes rounds × n × d × ln leaves steps over bytes, a score rounds × depth.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import { nearestName } from '../../contracts/nearest-name.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { flag, int, names, real } from '../../contracts/params.ts'
import type { Column } from '../../contracts/rows.ts'
import { binRows, fitBins } from '../../numerics/binning.ts'
import { type GrownTree, growTree } from '../../numerics/histogram-tree.ts'
import { openBinnedTable } from '../../numerics/kernels/histogram.ts'
import { type Labelled, labelledRows } from '../../numerics/labelled-rows.ts'
import { copyEnsemble, joinTrees, openLeafSums, type TreeEnsemble } from '../../numerics/tree-ensemble.ts'

const params = {
  rounds: int(100, 1, 5000, 'trees'),
  learningRate: real(0.1, 0.001, 1, 'share of each tree that is added'),
  leaves: int(31, 2, 1024, 'leaves of a tree, at most'),
  leastRows: int(20, 1, 100_000, 'rows of a leaf, at least'),
  penalty: real(0, 0, 1000, 'λ: draws the values of leaves towards 0'),
  rising: flag(false, 'a larger number, in any column, never lowers the score (for scores of other detectors)'),
  risingIn: names('columns in which a larger number never lowers the score'),
  fallingIn: names('columns in which a larger number never raises the score'),
}

type State = { readonly start: number; readonly trees: TreeEnsemble }

/** The log-odds of all rows: what a tree of none says. */
function startOf({ labels, weights }: Labelled): number {
  let [anomalies, total] = [0, 0]
  for (let row = 0; row < labels.length; row++) {
    anomalies += (labels[row] as number) * (weights[row] as number)
    total += weights[row] as number
  }
  return Math.log(anomalies / (total - anomalies))
}

interface Choices {
  readonly rounds: number
  readonly learningRate: number
  readonly leaves: number
  readonly leastRows: number
  readonly penalty: number
  /** As `growTree` reads it. */
  readonly directions?: Int8Array
}

interface Wishes {
  readonly rising: boolean
  readonly risingIn: string
  readonly fallingIn: string
}

/** The place of a column of numbers. Error: `param-range`, with the nearest name. */
function placeOf(columns: readonly Column[], name: string): number {
  const place = columns.findIndex((column) => column.name === name)
  if (place >= 0 && columns[place]?.type === 'number') return place
  const numbers = columns.filter(({ type }) => type === 'number').map((column) => column.name)
  const near = nearestName(name, numbers)
  const why = place >= 0 ? 'it holds categories, which have no order' : 'there is no such column'
  const way = place < 0 && near !== undefined ? `; did you mean "${near}"?` : ''
  throw new HeedfulError('param-range', `gradient-boosting: no direction for column "${name}": ${why}${way}`)
}

/** One a column; undefined where none is asked for. */
function directionsOf(columns: readonly Column[], { rising, risingIn, fallingIn }: Wishes): Int8Array | undefined {
  if (!rising && risingIn === '' && fallingIn === '') return undefined
  const directions = new Int8Array(columns.length).fill(rising ? 1 : 0)
  for (const [list, direction] of [
    [risingIn, 1],
    [fallingIn, -1],
  ] as const) {
    for (const name of list.split(',').map((one) => one.trim())) {
      if (name === '') continue
      const place = placeOf(columns, name)
      if (directions[place] === -direction) {
        const what = `gradient-boosting: column "${name}" is asked to rise and to fall`
        throw new HeedfulError('param-range', what)
      }
      directions[place] = direction
    }
  }
  return directions
}

function* boost(labelled: Labelled, choices: Choices, memoryBytes: number): Steps<State> {
  const { rows } = labelled
  const columns = yield* fitBins(rows)
  const table = openBinnedTable(yield* binRows(rows, columns), columns.length, choices.leaves + 2, memoryBytes)
  const ascending = Int32Array.from({ length: rows.count }, (_, row) => row)
  const start = startOf(labelled)
  table.odds.fill(start)
  table.labels.set(labelled.labels)
  table.weights.set(labelled.weights)
  const trees: GrownTree[] = []
  for (let round = 0; round < choices.rounds; round++) {
    // Rows in their order are read as they lie in memory: three times as fast as in the order of the last tree's leaves.
    table.order.set(ascending)
    table.differentiate()
    const tree = growTree(table, columns, choices, rows.count)
    for (const { node, from, to } of tree.leaves)
      table.addStep(from, to, choices.learningRate * (tree.value[node] as number))
    trees.push(tree)
    yield { done: round + 1, of: choices.rounds, note: 'growing trees' }
  }
  return { start, trees: joinTrees(columns, trees, choices.learningRate) }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'gradient-boosting',
  version: 1,
  summary: 'Learns from labels: trees one after the other, each fitted to what those before it left over.',
  reference: 'Friedman, "Greedy function approximation", 2001, algorithm 5; Ke et al., "LightGBM", NeurIPS 2017',
  kind: 'table',
  learnsFrom: 'labels',
  columns: 'any',
  missing: 'accepts',
  leastRows: 2,
  params,
  fit(rows, lesson, params, _random, job) {
    const directions = directionsOf(rows.columns, params)
    const choices = { ...params, ...(directions && { directions }) }
    return paced(
      'gradient-boosting',
      job,
      boost(labelledRows('gradient-boosting', rows, lesson), choices, job.memoryBytes),
    )
  },
  open({ start, trees }) {
    const sum = openLeafSums(trees)
    return {
      score: ({ data, count }) => sum(data, count).map((odds) => start + odds),
      save: () => ({ start, trees: copyEnsemble(trees) }),
    }
  },
}

/**
 * Gradient boosting (Friedman 2001) by histograms. Scores are log-odds of an anomaly, higher is stranger. Learns from labelled
 * rows alone (NaN is not labelled); frozen; reads numbers and categories (the first 255 of a column), also missing ones. Memory
 * of the fit: rows × (2 × columns + 64) bytes, and columns × leaves × 4 kB.
 *
 * @example `const model = gradientBoosting.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const gradientBoosting = defineDetector(algorithm)
