/** Categories: from texts to their numbers, and from numbers to what is known of each. */
import type { CategoryColumn } from '../contracts/rows.ts'
import { type Graph, ML } from './graph.ts'

/** Texts (rows × 1) as the numbers of a model's dictionary: rows × 1 doubles. An empty text is missing, unless it is a category. */
export function readCategories(graph: Graph, texts: string, { categories }: CategoryColumn): string {
  const known = categories.includes('') ? categories : [...categories, '']
  const numbers = known.map((_, i) => (i < categories.length ? i : Number.NaN))
  const encoded = graph.op(
    'LabelEncoder',
    [texts],
    {
      keys_strings: { texts: known },
      values_floats: { floats: numbers },
      default_float: { float: categories.length },
    },
    ML,
  )
  return graph.cast(encoded, 'double')
}

/**
 * What stands in a table for the category of each row: rows × width doubles. `of(code)` is a row of that table: for each
 * category, then for "unseen", then for a missing one (`of(categories + 1)`).
 */
export function lookUp(
  graph: Graph,
  codes: string,
  categories: number,
  of: (code: number) => readonly number[],
): string {
  const table = Array.from({ length: categories + 2 }, (_, code) => of(code))
  const missing = graph.op('IsNaN', [codes])
  const known = graph.op('Where', [missing, graph.doubles([categories + 1], [1]), codes])
  const places = graph.op('Squeeze', [graph.cast(known, 'int64'), graph.ints([1])])
  return graph.op('Gather', [graph.doubles(table.flat(), [table.length, (table[0] as number[]).length]), places], {
    axis: { int: 0 },
  })
}
