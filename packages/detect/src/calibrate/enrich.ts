import type { Column, Rows } from '../contracts/rows.ts'

/** A name that no column has. */
function freeName(taken: ReadonlySet<string>, name: string): string {
  let free = name
  for (let i = 2; taken.has(free); i++) free = `${name} (${i})`
  return free
}

/**
 * The rows, with what detectors say of them as further columns: Zhao and Hryniewicki, "XGBOD: Improving Supervised Outlier
 * Detection with Unsupervised Representation Learning", IJCNN 2018, section III.
 *
 * @param said one array a detector, one value a row; where it is no number the new column has 0.
 */
export function enrich(rows: Rows, said: readonly Float64Array[]): Rows {
  const width = rows.columns.length
  const names = new Set(rows.columns.map(({ name }) => name))
  const further = said.map((_, i): Column => ({ name: freeName(names, `surprise ${i + 1}`), type: 'number' }))
  const wide = width + said.length
  const data = new Float64Array(rows.count * wide)
  for (let row = 0; row < rows.count; row++) {
    data.set(rows.data.subarray(row * width, (row + 1) * width), row * wide)
    for (const [i, one] of said.entries()) data[row * wide + width + i] = (one[row] as number) || 0
  }
  return { columns: [...rows.columns, ...further], count: rows.count, data }
}
