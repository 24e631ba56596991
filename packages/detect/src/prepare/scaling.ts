/** What all scalers share: each number column is moved and stretched, columns of categories pass through. */
import type { LivePreparation } from '../contracts/preparation.ts'
import type { Column, Rows } from '../contracts/rows.ts'
import { columnValues } from './column-values.ts'

/** One a column; 0 and 1 for columns of categories. Scaled = (value − centre) / scale, held within the range of numbers. */
export type Scaling = { centre: Float64Array; scale: Float64Array }

/** Values farther out than this have squares and differences that may overflow: they are measured in units of the largest. */
const LARGE = 1e140

const held = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value))

function largestOf(values: Float64Array): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return largest
}

type Measure = (values: Float64Array) => { centre: number; scale: number }

function measureLarge(values: Float64Array, measure: Measure): { centre: number; scale: number } {
  const largest = largestOf(values)
  if (largest <= LARGE) return measure(values)
  const { centre, scale } = measure(values.map((value) => value / largest))
  return { centre: held(centre * largest), scale: held(scale * largest) }
}

/** Fits each number column by what `measure` says of its values (ascending or not, without missing ones, not empty). */
export function fitScaling(rows: Rows, measure: Measure): Scaling {
  const centre = new Float64Array(rows.columns.length)
  const scale = new Float64Array(rows.columns.length).fill(1)
  for (const [i, column] of rows.columns.entries()) {
    const values = column.type === 'number' ? columnValues(rows, i) : new Float64Array(0)
    if (values.length === 0) continue
    const measured = measureLarge(values, measure)
    centre[i] = measured.centre
    scale[i] = measured.scale
  }
  return { centre, scale }
}

/** Whether a spread is nothing but rounding for values of this size. */
export function isNegligible(spread: number, values: Float64Array): boolean {
  return !(spread > largestOf(values) * 1e-13)
}

function scaled(value: number, centre: number, scale: number): number {
  const away = value - centre
  const answer = away / scale
  if (Number.isFinite(answer) || Number.isNaN(value)) return answer
  return held(Number.isFinite(away) ? answer : value / scale - centre / scale)
}

export function openScaling(state: Scaling, columns: readonly Column[]): LivePreparation<Scaling> {
  const { centre, scale } = state
  const width = columns.length
  return {
    columns,
    origins: columns.map((_, column) => [{ column, share: 1 }]),
    prepare: ({ data }) => data.map((value, i) => scaled(value, centre[i % width]!, scale[i % width]!)),
    save: () => ({ centre: centre.slice(), scale: scale.slice() }),
  }
}
