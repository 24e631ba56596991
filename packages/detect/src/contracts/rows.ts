import { HeedfulError } from './errors.ts'

/** A column of finite numbers (NaN is missing). */
export type NumberColumn = { readonly name: string; readonly type: 'number' }

/**
 * A column of categories. A value is an index into `categories` (0 … length − 1); `categories.length` means a category
 * outside the dictionary ("unseen"); NaN is missing. Rows may bring a dictionary of their own: a model translates it, by
 * name, into the one it was fitted with.
 */
export type CategoryColumn = {
  readonly name: string
  readonly type: 'category'
  readonly categories: readonly string[]
}

export type Column = NumberColumn | CategoryColumn

/** rows × columns, row-major. */
export interface Rows {
  readonly columns: readonly Column[]
  readonly count: number
  /** `count × columns.length` values; NaN is missing. */
  readonly data: Float64Array
  /** Series and sequences: when (ms UTC), one a row, never falling within a group. */
  readonly time?: Float64Array
  /** Series and sequences: whose (any integer that stands for one entity), one a row. */
  readonly group?: Int32Array
}

/** Rows of numbers: `names.length` columns, row-major `data`. `numberRows(['x', 'y'], Float64Array.of(1, 2, 3, 4))` has two rows. */
export function numberRows(names: readonly string[], data: Float64Array): Rows {
  const count = names.length === 0 ? 0 : data.length / names.length
  if (!Number.isInteger(count)) {
    throw new HeedfulError('rows-shape', `${data.length} values do not fill rows of ${names.length} columns`)
  }
  return { columns: names.map((name) => ({ name, type: 'number' })), count, data }
}

/** The rows `from` (inclusive) to `to` (exclusive), as views where they can be: do not write into them. */
export function sliceRows(rows: Rows, from: number, to: number): Rows {
  const width = rows.columns.length
  return {
    columns: rows.columns,
    count: to - from,
    data: rows.data.subarray(from * width, to * width),
    ...(rows.time && { time: rows.time.subarray(from, to) }),
    ...(rows.group && { group: rows.group.subarray(from, to) }),
  }
}

/** The rows named by `indices`, in that order, copied. */
export function pickRows(rows: Rows, indices: ArrayLike<number>): Rows {
  const width = rows.columns.length
  const { time, group } = rows
  const data = new Float64Array(indices.length * width)
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * width
    data.set(rows.data.subarray(from, from + width), i * width)
  }
  return {
    columns: rows.columns,
    count: indices.length,
    data,
    ...(time && { time: Float64Array.from(indices, (row) => time[row] as number) }),
    ...(group && { group: Int32Array.from(indices, (row) => group[row] as number) }),
  }
}

/** The rows of `a`, then those of `b`; both have the same columns, and both or neither have times and groups. */
export function joinRows(a: Rows, b: Rows): Rows {
  return {
    columns: a.columns,
    count: a.count + b.count,
    data: Float64Array.from([...a.data, ...b.data]),
    ...(a.time && b.time && { time: Float64Array.from([...a.time, ...b.time]) }),
    ...(a.group && b.group && { group: Int32Array.from([...a.group, ...b.group]) }),
  }
}
