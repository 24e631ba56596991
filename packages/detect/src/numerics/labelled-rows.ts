import type { Lesson } from '../contracts/algorithm.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { pickRows, type Rows } from '../contracts/rows.ts'

/** Rows that are labelled and count, with what they are and how much they count. */
export interface Labelled {
  readonly rows: Rows
  /** 1 is an anomaly, 0 is normal. */
  readonly labels: Float64Array
  readonly weights: Float64Array
}

function usedRows(labels: Float64Array, weights: Float64Array | undefined): Int32Array {
  const used = new Int32Array(labels.length)
  let count = 0
  for (let row = 0; row < labels.length; row++)
    if (!Number.isNaN(labels[row]) && weights?.[row] !== 0) used[count++] = row
  return used.subarray(0, count)
}

function pick(values: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] as number] as number
  return picked
}

/** The labelled rows of a weight above 0. Error: `lesson-value` where they are all of one kind. */
export function labelledRows(owner: string, rows: Rows, { labels, weights }: Lesson): Labelled {
  const given = labels ?? new Float64Array(0)
  const used = usedRows(given, weights)
  const own = pick(given, used)
  if (!own.includes(0) || !own.includes(1)) {
    const way = 'label at least one row as 1 and one as 0, or choose a detector that learns without labels'
    throw new HeedfulError('lesson-value', `${owner}: all labelled rows are of one kind; ${way}`)
  }
  return {
    rows: used.length === rows.count ? rows : pickRows(rows, used),
    labels: own,
    weights: weights ? pick(weights, used) : new Float64Array(used.length).fill(1),
  }
}
