/** What has to stand before a detector so that it can read a table, or why nothing helps. */

import type { Detector } from '../contracts/model.ts'
import type { Preparer } from '../contracts/preparation.ts'
import { prepared } from '../contracts/prepared.ts'
import type { Rows } from '../contracts/rows.ts'
import { categoryEncoder } from '../prepare/category-encoder.ts'
import { imputer } from '../prepare/imputer.ts'

export type Suited =
  | {
      readonly detector: Detector
      /** Ids of the preparers before it, the first one first. */
      readonly preparation: readonly string[]
    }
  /** Nothing helps, and why. */
  | { readonly obstacle: string }

/** Whether a value of the rows is missing. */
export function hasMissing({ data }: Rows): boolean {
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) return true
  return false
}

/** Why a detector cannot read such columns, whatever is put before it. */
function obstacleOf({ kind, columns }: Detector, rows: Rows): string | undefined {
  if (kind !== 'table') return `it reads a ${kind}, and this is a table`
  const number = rows.columns.find(({ type }) => type === 'number')
  if (columns === 'category' && number) return `it reads categories alone, and column "${number.name}" has numbers`
  return undefined
}

/**
 * The detector, with an imputer where it rejects missing values and some are missing, and an encoder where it reads numbers
 * alone and some columns are categories. `missing` says that values may be missing, without looking at the rows.
 */
export function suited(detector: Detector, rows: Rows, missing = hasMissing(rows)): Suited {
  const obstacle = obstacleOf(detector, rows)
  if (obstacle !== undefined) return { obstacle }
  const encodes = detector.columns === 'number' && rows.columns.some(({ type }) => type === 'category')
  const fills = detector.missing === 'rejects' && missing
  const preparation = [...(fills ? [imputer.id] : []), ...(encodes ? [categoryEncoder.id] : [])]
  return { detector: wrap(detector, preparation) as Detector, preparation }
}

/** What `suited` may put before a detector. */
const PREPARERS = [imputer, categoryEncoder]

/** The detector with preparers before it, the first one first; undefined where one of them is not known. */
export function wrap(detector: Detector, preparation: readonly string[]): Detector | undefined {
  let whole = detector
  for (const id of [...preparation].reverse()) {
    const preparer = PREPARERS.find((one) => one.id === id)
    if (preparer === undefined) return undefined
    whole = prepared(preparer as Preparer, whole)
  }
  return whole
}
