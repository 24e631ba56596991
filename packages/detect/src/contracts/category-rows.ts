import { HeedfulError } from './errors.ts'
import type { CategoryColumn, Rows } from './rows.ts'

/**
 * Rows of categories from text: each column gets a dictionary of its values, in the order of code units, so equal tables
 * give equal rows. null is missing. A fitted model translates the dictionary into its own by name, and what it does not
 * know becomes "unseen".
 *
 * @param names one a column. @param table rows × columns. Error: `rows-shape`.
 * @example `categoryRows(['country', 'agent'], [['SE', 'curl'], ['NO', null]])`
 */
export function categoryRows(names: readonly string[], table: readonly (readonly (string | null)[])[]): Rows {
  const short = table.findIndex((row) => row.length !== names.length)
  if (short >= 0) {
    const got = `row ${short} has ${table[short]!.length} values for ${names.length} columns`
    throw new HeedfulError('rows-shape', `${got}; give one a column, null where it is missing`)
  }
  const data = new Float64Array(table.length * names.length)
  const columns = names.map((name, column): CategoryColumn => {
    const values = new Set(table.map((row) => row[column]!).filter((value) => value !== null))
    const categories = [...values].sort()
    const numbers = new Map(categories.map((category, number) => [category, number]))
    for (const [row, values] of table.entries()) {
      data[row * names.length + column] = numbers.get(values[column]!) ?? Number.NaN
    }
    return { name, type: 'category', categories }
  })
  return { columns, count: table.length, data }
}
