import { definePreparer } from '../contracts/define-preparer.ts'
import type { Steps } from '../contracts/paced.ts'
import { real } from '../contracts/params.ts'
import { columnMoments, scaleOf } from '../numerics/column-moments.ts'
import { type Labelled, labelledRows } from '../numerics/labelled-rows.ts'
import { fitLogistic, withOnes } from '../numerics/logistic.ts'
import { openSelection, SELECTION_PARAMS, type Selection, selectBest } from './selection.ts'

const PARAMS = {
  ...SELECTION_PARAMS,
  penalty: real(1, 1e-6, 1e6, 'draws the weights towards 0, as that of logistic-regression'),
}

/**
 * Fits a logistic regression to standardised columns, takes the column of the least weight away, and again, until one is
 * left: the later a column went, the more it is worth. Unlike a score for each column alone it takes only one of two that
 * say the same. As many fits as columns, each of rows × columns² steps: for tables of up to a few hundred columns. Learns
 * from labelled rows; weights count. Reads numbers without gaps. Errors: `lesson-value`, `fit-impossible`.
 *
 * @example `prepared(recursiveEliminationSelector, logisticRegression).fitNow(rows, { lesson: { labels } })`
 */
export const recursiveEliminationSelector = definePreparer<typeof PARAMS, Selection>({
  id: 'recursive-elimination-selector',
  version: 1,
  summary: 'Takes the column that weighs least away, and again, until the best are left.',
  reference: 'Guyon et al., "Gene Selection for Cancer Classification", Machine Learning 2002; scikit-learn 1.9, RFE',
  params: PARAMS,
  columns: 'number',
  missing: 'rejects',
  learnsFrom: 'labels',
  *fit(rows, lesson, { most, penalty }) {
    const labelled = labelledRows('recursive-elimination-selector', rows, lesson)
    return selectBest(yield* eliminationOrder(labelled, penalty), most)
  },
  open: openSelection,
})

/** One a column: 0 for the one that went first, 1 for the next … */
export function* eliminationOrder({ rows, labels, weights: counts }: Labelled, penalty: number): Steps<Float64Array> {
  const width = rows.columns.length
  const { mean, deviation } = columnMoments(rows.data, width)
  const whole = withOnes(rows.data, mean, scaleOf(deviation))
  const order = new Float64Array(width)
  const left = Array.from({ length: width }, (_, column) => column)
  for (let gone = 0; left.length > 0; gone++) {
    const plan = { size: left.length + 1, labels, counts, penalty }
    const weights = yield* fitLogistic(pickColumns(whole, width + 1, [...left, width]), plan)
    order[left.splice(placeOfLeast(weights, left.length), 1)[0]!] = gone
  }
  return order
}

/** The first of the weights nearest to 0; the constant is none of them. */
function placeOfLeast(weights: Float64Array, count: number): number {
  let least = 0
  for (let i = 1; i < count; i++) if (Math.abs(weights[i]!) < Math.abs(weights[least]!)) least = i
  return least
}

function pickColumns(data: Float64Array, width: number, columns: readonly number[]): Float64Array {
  const size = columns.length
  const picked = new Float64Array((data.length / width) * size)
  for (let at = 0; at < picked.length; at++) picked[at] = data[Math.floor(at / size) * width + columns[at % size]!]!
  return picked
}
