import { definePreparer } from '../contracts/define-preparer.ts'
import { anovaF } from '../numerics/anova-f.ts'
import { takeColumns } from '../numerics/columns.ts'
import { type Labelled, labelledRows } from '../numerics/labelled-rows.ts'
import { openSelection, SELECTION_PARAMS, type Selection, selectBest } from './selection.ts'

/**
 * Keeps the columns whose means differ most between anomalies and normal rows, in units of what they vary by within each
 * (F of the analysis of variance). Quick, and blind to whatever does not move the mean, as values on both sides of the
 * normal ones. Missing values are left out of their column and stay missing; a column without any value of one kind, or of
 * one value, comes last. Learns from labelled rows of a weight above 0, all alike. Error: `lesson-value`.
 *
 * @example `prepared(anovaSelector, logisticRegression).fitNow(rows, { lesson: { labels } })`
 */
export const anovaSelector = definePreparer<typeof SELECTION_PARAMS, Selection>({
  id: 'anova-selector',
  version: 1,
  summary: 'Keeps the columns whose means differ most between anomalies and normal rows.',
  reference: 'Fisher, Statistical Methods for Research Workers, 1925, chapter VII; scikit-learn 1.9, f_classif',
  params: SELECTION_PARAMS,
  columns: 'number',
  missing: 'accepts',
  learnsFrom: 'labels',
  fit: (rows, lesson, { most }) => selectBest(anovaScores(labelledRows('anova-selector', rows, lesson)), most),
  open: openSelection,
})

/** F, one a column. */
export function anovaScores({ rows, labels }: Labelled): Float64Array {
  const columns = takeColumns(rows.data, rows.columns.length, 0, rows.count)
  return Float64Array.from(columns, (values) => anovaF(values, labels))
}
