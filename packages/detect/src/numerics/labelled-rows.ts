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

/** The labelled rows of a weight above 0. Error: `lesson-value` where they are all of one kind. */
export function labelledRows(owner: string, rows: Rows, { labels, weights }: Lesson): Labelled {
  const given = labels ?? new Float64Array(0)
  const used = Array.from(given.keys()).filter((row) => !Number.isNaN(given[row]) && weights?.[row] !== 0)
  const own = Float64Array.from(used, (row) => given[row] as number)
  if (!own.includes(0) || !own.includes(1)) {
    const way = 'label at least one row as 1 and one as 0, or choose a detector that learns without labels'
    throw new HeedfulError('lesson-value', `${owner}: all labelled rows are of one kind; ${way}`)
  }
  return {
    rows: pickRows(rows, used),
    labels: own,
    weights: Float64Array.from(used, (row) => weights?.[row] ?? 1),
  }
}
