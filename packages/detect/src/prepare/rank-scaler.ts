import { definePreparer } from '../contracts/define-preparer.ts'
import { countBelow, countUpTo, sortedCopy } from '../numerics/quantile.ts'
import { columnValues } from './column-values.ts'
import { openColumnwise } from './columnwise.ts'

/** One a column: all values of the training rows, ascending. Empty for columns of categories. */
type State = { readonly values: readonly Float64Array[] }

/**
 * (training values below + half of those equal) / all: the mean rank of a value, from 0 to 1. Of the training rows
 * themselves it is (average rank − ½) / rows. Unlike `quantileScaler` it keeps every value (8 bytes each), and between two
 * training values nothing changes. A column without any value gives 0.5. Missing values stay missing, columns of categories
 * pass through.
 *
 * @example `prepared(rankScaler, detector)`
 */
export const rankScaler = definePreparer<Record<never, never>, State>({
  id: 'rank-scaler',
  version: 1,
  summary: 'Turns the values of number columns into their ranks among the training rows.',
  reference: 'Conover and Iman, "Rank Transformations as a Bridge", The American Statistician 1981, section 1',
  params: {},
  columns: 'any',
  missing: 'accepts',
  fit: (rows) => ({
    values: rows.columns.map(({ type }, column) =>
      type === 'category' ? new Float64Array(0) : sortedCopy(columnValues(rows, column)),
    ),
  }),
  open: ({ values }, inputs) => {
    const changes = inputs.map(({ type }, column) =>
      type === 'category' ? undefined : (value: number) => meanRank(values[column]!, value),
    )
    return openColumnwise(inputs, changes, () => ({ values: values.map((one) => one.slice()) }))
  },
})

function meanRank(sorted: Float64Array, value: number): number {
  if (sorted.length === 0) return 0.5
  return (countBelow(sorted, value) + countUpTo(sorted, value)) / 2 / sorted.length
}
