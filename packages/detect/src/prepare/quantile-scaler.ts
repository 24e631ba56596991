import { definePreparer } from '../contracts/define-preparer.ts'
import { choice, int } from '../contracts/params.ts'
import type { Rows } from '../contracts/rows.ts'
import { normalQuantile } from '../numerics/normal.ts'
import { countBelow, countUpTo, sortedCopy, valueAt } from '../numerics/quantile.ts'
import { columnValues } from './column-values.ts'
import { openColumnwise } from './columnwise.ts'

const PARAMS = {
  distribution: choice('uniform', ['uniform', 'normal'], 'what the values of the training rows are spread to'),
  quantiles: int(1000, 2, 100_000, 'quantiles that are kept of a column, at most'),
}

type State = {
  readonly distribution: 'uniform' | 'normal'
  /** One a column: values at even shares of the training rows, ascending. Empty for columns of categories, or without values. */
  readonly quantiles: readonly Float64Array[]
}

/** Shares this near to 0 and 1 become the farthest values of the normal distribution, ±5.2, as in scikit-learn. */
const EDGE = 1e-7 - Number.EPSILON

/**
 * The share of the training rows that lie below a value, interpolated between quantiles (`uniform`, 0 … 1), or the value
 * that a standard normal distribution has at that share (`normal`, −5.2 … 5.2). As scikit-learn's `QuantileTransformer`:
 * a value that many rows have lies in the middle of their shares, the smallest at 0, the largest at 1, a constant at 0.
 * (There, `normal` also takes for the smallest or largest whatever is within 1e-7 of it, whatever the unit; here not.) All
 * that lies beyond the training rows looks like their outermost one: put it before what compares shapes, not extremes.
 * A column without any value gives 0.5, or 0. Missing values stay missing, columns of categories pass through.
 *
 * @example `prepared(quantileScaler, detector)`
 */
export const quantileScaler = definePreparer<typeof PARAMS, State>({
  id: 'quantile-scaler',
  version: 1,
  summary: 'Spreads the values of number columns to a uniform or a normal distribution.',
  reference: 'Hyndman and Fan, The American Statistician 1996 (type 7); scikit-learn 1.9, QuantileTransformer',
  params: PARAMS,
  columns: 'any',
  missing: 'accepts',
  fit: (rows, _lesson, { distribution, quantiles }) => ({
    distribution,
    quantiles: rows.columns.map((_, column) => quantilesOf(rows, column, quantiles)),
  }),
  open: (state, inputs) => {
    const { distribution, quantiles } = state
    const changes = inputs.map(({ type }, column) => {
      if (type === 'category') return undefined
      const own = quantiles[column]!
      return distribution === 'uniform'
        ? (value: number) => shareBelow(own, value)
        : (value: number) => normalQuantile(Math.min(1 - EDGE, Math.max(EDGE, shareBelow(own, value))))
    })
    return openColumnwise(inputs, changes, () => ({ distribution, quantiles: quantiles.map((one) => one.slice()) }))
  },
})

/** As many quantiles as there are values, `most` at most; places in whole numbers, so that no value is missed by rounding. */
function quantilesOf(rows: Rows, column: number, most: number): Float64Array {
  if (rows.columns[column]!.type === 'category') return new Float64Array(0)
  const sorted = sortedCopy(columnValues(rows, column))
  const count = Math.min(most, sorted.length)
  if (count < 2) return sorted
  const quantiles = new Float64Array(count)
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < count; i++) {
    highest = Math.max(highest, valueAt(sorted, (i * (sorted.length - 1)) / (count - 1)))
    quantiles[i] = highest
  }
  return quantiles
}

/** Where a value lies among quantiles, 0 … 1; among equal ones in their middle. */
function shareBelow(quantiles: Float64Array, value: number): number {
  const last = quantiles.length - 1
  if (last < 0) return 0.5
  if (value <= quantiles[0]!) return 0
  if (value >= quantiles[last]!) return 1
  const below = countBelow(quantiles, value)
  const upTo = countUpTo(quantiles, value)
  if (upTo > below) return (below + upTo - 1) / 2 / last
  const [low, high] = [quantiles[below - 1]!, quantiles[below]!]
  return (below - 1 + (value - low) / (high - low)) / last
}
