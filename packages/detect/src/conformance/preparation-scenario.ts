import type { Lesson } from '../contracts/algorithm.ts'
import type { Preparer } from '../contracts/preparation.ts'
import { createRandom } from '../contracts/random.ts'
import type { Column, Rows } from '../contracts/rows.ts'

const COLUMNS: readonly Column[] = [
  { name: 'bytes', type: 'number' },
  { name: 'constructor', type: 'category', categories: ['SE', 'NO', 'constructor', 'never used'] },
  { name: 'pause', type: 'number' },
  { name: 'agent', type: 'category', categories: ['curl', '__proto__'] },
  { name: 'length', type: 'number' },
]

/** Rows of the columns that a preparer reads, with labels; `rows` lack values where it accepts that, `whole` never does. */
export function preparationScenario(preparer: Preparer): { rows: Rows; whole: Rows; lesson: Lesson } {
  const random = createRandom('preparation')
  const columns = COLUMNS.filter(({ type }) => preparer.columns === 'any' || preparer.columns === type)
  const count = 40
  const values = Array.from({ length: count }, () => columns.map((column) => valueFor(column, random.next())))
  const whole = { columns, count, data: Float64Array.from(values.flat()) }
  const gaps = whole.data.map((value) => (random.next() < 0.1 ? Number.NaN : value))
  const labels = Float64Array.from({ length: count }, (_, row) => (row % 8 === 0 ? 1 : 0))
  return { rows: preparer.missing === 'accepts' ? { ...whole, data: gaps } : whole, whole, lesson: { labels } }
}

/** A tenth of the numbers is 0, so that some are equal; the last category of four is never used. */
function valueFor(column: Column, share: number): number {
  if (column.type === 'category') return Math.floor(share * Math.max(2, column.categories.length - 1))
  return share < 0.1 ? 0 : 100 * (share - 0.5)
}
