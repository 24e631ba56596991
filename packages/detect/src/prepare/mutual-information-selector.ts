import { definePreparer } from '../contracts/define-preparer.ts'
import type { Steps } from '../contracts/paced.ts'
import { int } from '../contracts/params.ts'
import { binRows, fitBins, MISSING } from '../numerics/binning.ts'
import { type Labelled, labelledRows } from '../numerics/labelled-rows.ts'
import { informationBias, mutualInformation } from '../numerics/mutual-information.ts'
import { openSelection, SELECTION_PARAMS, type Selection, selectBest } from './selection.ts'

const PARAMS = {
  ...SELECTION_PARAMS,
  bins: int(16, 2, 255, 'bins of a column of numbers, at most; each holds about as many rows'),
}

/**
 * Keeps the columns that tell most, each for itself, about which rows are anomalies: the mutual information of label and
 * bin, less what so many bins would seem to tell by chance. So a column of names that are all different, which seems to
 * tell everything, comes last, as long as anomalies are fewer than one row in five. It sees what moves no mean, too. Missing
 * values are a bin of their own, for that one is missing may tell something, and stay missing; categories are their own
 * bins (the first 255; the others fall with the missing ones). Learns from labelled rows of a weight above 0, all alike.
 * Error: `lesson-value`.
 *
 * @example `prepared(mutualInformationSelector, randomForest).fitNow(rows, { lesson: { labels } })`
 */
export const mutualInformationSelector = definePreparer<typeof PARAMS, Selection>({
  id: 'mutual-information-selector',
  version: 1,
  summary: 'Keeps the columns that tell most about which rows are anomalies.',
  reference: 'Battiti, "Using Mutual Information for Selecting Features", IEEE Trans. Neural Networks 1994',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  learnsFrom: 'labels',
  *fit(rows, lesson, { most, bins }) {
    return selectBest(yield* informationOf(labelledRows('mutual-information-selector', rows, lesson), bins), most)
  },
  open: openSelection,
})

/** In nats, one a column; numbers are cut into `most` bins at most. */
export function* informationOf({ rows, labels }: Labelled, most: number): Steps<Float64Array> {
  const binned = yield* binRows(rows, yield* fitBins(rows, most))
  const width = rows.columns.length
  return Float64Array.from(rows.columns, (_, column) => {
    const joint = new Float64Array(2 * (MISSING + 1))
    for (let row = 0; row < rows.count; row++) {
      const cell = 2 * binned[row * width + column]! + labels[row]!
      joint[cell] = joint[cell]! + 1
    }
    return Math.max(0, mutualInformation(joint, 2) - informationBias(joint, 2))
  })
}
