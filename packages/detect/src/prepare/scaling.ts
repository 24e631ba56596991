/** What all scalers share: each number column is moved and stretched, columns of categories pass through. */
import type { LivePreparation } from '../contracts/preparation.ts'
import type { Column, Rows } from '../contracts/rows.ts'
import { columnValues } from './column-values.ts'

/** One a column; 0 and 1 for columns of categories. Scaled = (value − centre) / scale. */
export type Scaling = { centre: Float64Array; scale: Float64Array }

/** Fits each number column by what `measure` says of its values (ascending or not, without missing ones, not empty). */
export function fitScaling(rows: Rows, measure: (values: Float64Array) => { centre: number; scale: number }): Scaling {
  const centre = new Float64Array(rows.columns.length)
  const scale = new Float64Array(rows.columns.length).fill(1)
  for (const [i, column] of rows.columns.entries()) {
    const values = column.type === 'number' ? columnValues(rows, i) : new Float64Array(0)
    if (values.length === 0) continue
    const measured = measure(values)
    centre[i] = measured.centre
    scale[i] = measured.scale
  }
  return { centre, scale }
}

/** Whether a spread is nothing but rounding for values of this size. */
export function isNegligible(spread: number, values: Float64Array): boolean {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return !(spread > largest * 1e-13)
}

export function openScaling(state: Scaling, columns: readonly Column[]): LivePreparation<Scaling> {
  const { centre, scale } = state
  const width = columns.length
  return {
    columns,
    origins: columns.map((_, column) => [{ column, share: 1 }]),
    prepare: ({ data }) => data.map((value, i) => (value - centre[i % width]!) / scale[i % width]!),
    save: () => ({ centre: centre.slice(), scale: scale.slice() }),
  }
}
