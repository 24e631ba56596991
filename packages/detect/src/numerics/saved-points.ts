import { checkMemory } from '../contracts/check-memory.ts'
import { HeedfulError } from '../contracts/errors.ts'
import type { Rows } from '../contracts/rows.ts'
import { rowsThatCount } from './weighted-rows.ts'

/** The training rows that a model keeps. */
export type Points = { readonly width: number; readonly data: Float64Array }

/** Bytes of a value: kept once as it is, once as it is searched. */
const VALUE_BYTES = 16

/** Copies the rows that weigh something. Errors: `rows-too-few` below two of them, `memory-exceeded`. */
export function keepPoints(owner: string, rows: Rows, weights: Float64Array | undefined, memoryBytes: number): Points {
  const { data, columns, count } = rowsThatCount(rows, weights)
  if (count < 2) throw new HeedfulError('rows-too-few', `${owner} needs at least 2 rows of a weight above 0`)
  const bytes = data.length * VALUE_BYTES
  checkMemory({ owner, what: 'the training rows', bytes, remedy: 'fit on fewer rows, drawn at random' }, memoryBytes)
  return { width: columns.length, data: data.slice() }
}

export function copyPoints({ width, data }: Points): Points {
  return { width, data: data.slice() }
}

/** As many neighbours as asked, at most all other rows. */
export function neighboursAmong({ data, width }: Points, asked: number): number {
  return Math.min(asked, data.length / width - 1)
}
