import type { Rows } from '../contracts/rows.ts'

/** The values of one column that are there (not NaN), in the order of the rows. */
export function columnValues({ data, columns, count }: Rows, column: number): Float64Array {
  const values = new Float64Array(count)
  let found = 0
  for (let i = column; i < data.length; i += columns.length) {
    if (!Number.isNaN(data[i])) values[found++] = data[i]!
  }
  return values.slice(0, found)
}

/** How often each category of a column occurs; the last place counts "unseen". Missing values count nowhere. */
export function categoryCounts(rows: Rows, column: number, categories: number): Float64Array {
  const counts = new Float64Array(categories + 1)
  for (const value of columnValues(rows, column)) counts[value]! += 1
  return counts
}

/** A name that none of `taken` has: `name` itself, or with a number behind it. It is taken from then on. */
export function freshName(taken: Set<string>, name: string): string {
  let fresh = name
  for (let i = 2; taken.has(fresh); i++) fresh = `${name} (${i})`
  taken.add(fresh)
  return fresh
}
