import { pickRows, type Rows } from '../contracts/rows.ts'

/** The rows whose weight is above 0: for methods that know rows, but no shares of rows. */
export function rowsThatCount(rows: Rows, weights: Float64Array | undefined): Rows {
  if (!weights?.includes(0)) return rows
  return pickRows(
    rows,
    Array.from(weights.keys()).filter((row) => (weights[row] as number) > 0),
  )
}
