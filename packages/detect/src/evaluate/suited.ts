/** What has to stand before a detector so that it can read a table, or why nothing helps. */

import type { Detector } from '../contracts/model.ts'
import type { ParamTable, SomeValues } from '../contracts/params.ts'
import type { Preparer } from '../contracts/preparation.ts'
import { prepared } from '../contracts/prepared.ts'
import type { Rows } from '../contracts/rows.ts'
import { categoryEncoder } from '../prepare/category-encoder.ts'
import { hashingEncoder } from '../prepare/hashing-encoder.ts'
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

/** Behind these all columns are numbers. */
const ENCODERS: readonly string[] = [categoryEncoder.id, hashingEncoder.id]

function needsEncoder(detector: Detector, preparers: readonly Preparer[]): boolean {
  const encoder = preparers.findIndex(({ id }) => ENCODERS.includes(id))
  const before = encoder < 0 ? [...preparers, detector] : preparers.slice(0, encoder)
  return before.some(({ columns }) => columns === 'number')
}

function needsImputer(detector: Detector, preparers: readonly Preparer[]): boolean {
  const filler = preparers.findIndex(({ fillsMissing }) => fillsMissing)
  const before = filler < 0 ? [...preparers, detector] : preparers.slice(0, filler)
  return before.some(({ missing }) => missing === 'rejects')
}

/**
 * The detector, with an imputer where it rejects missing values and some are missing, and an encoder where it reads numbers
 * alone and some columns are categories. `missing` says that values may be missing, without looking at the rows. `preparers`
 * stand between these and the detector, the first one first.
 */
export function suited(
  detector: Detector,
  rows: Rows,
  missing = hasMissing(rows),
  preparers: readonly Preparer[] = [],
): Suited {
  const obstacle = obstacleOf(detector, rows)
  if (obstacle !== undefined) return { obstacle }
  const encodes = rows.columns.some(({ type }) => type === 'category') && needsEncoder(detector, preparers)
  const fills = missing && needsImputer(detector, preparers)
  const needed = [...(fills ? [imputer] : []), ...(encodes ? [categoryEncoder] : [])] as Preparer[]
  const late = needed.find(({ id }) => preparers.some((one) => one.id === id))
  if (late) return { obstacle: `what stands before ${late.id} cannot read the table without it; name ${late.id} first` }
  const all = [...needed, ...preparers]
  return { detector: wrap(detector, all), preparation: all.map(({ id }) => id) }
}

/** The detector with preparers before it, the first one first. Error: `detector-invalid` where one stands twice. */
export const wrap = (detector: Detector, preparers: readonly Preparer[]): Detector =>
  preparers.reduceRight((whole: Detector, preparer) => prepared(preparer, whole), detector)

/** Parameters of a detector, by its own names, as they are called behind preparers; `preparer.name` stays as it is. */
export function paramsBehind(
  detector: Detector,
  whole: Detector,
  params: SomeValues<ParamTable>,
): SomeValues<ParamTable> {
  if (whole === detector) return params
  const nameOf = (name: string) => (name.includes('.') ? name : `${detector.id}.${name}`)
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [nameOf(name), value]))
}
