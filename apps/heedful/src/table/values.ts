/** One value of a column as a number, by what its column is for: as `cells.ts` does it for text. */
import { plainText, shorten } from '../terminal/plain-text.ts'
import { type Dictionary, MOST_CATEGORIES, type Place, refuseCell } from './cells.ts'
import { isMissing, parseNumber } from './number-bytes.ts'

/** A value as a person reads it; nothing is empty. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return JSON.stringify(value) ?? ''
  return String(value)
}

const shown = (value: unknown) => `is "${shorten(plainText(textOf(value)), 40)}"`

/** undefined: it is no number. */
function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || value === undefined) return Number.NaN
  if (value instanceof Date) return value.getTime()
  if (typeof value !== 'string') return undefined
  const bytes = Buffer.from(value)
  return parseNumber(bytes, 0, bytes.length) ?? (isMissing(bytes, 0, bytes.length) ? Number.NaN : undefined)
}

/** A finite number, NaN where it is missing. Throws `table-invalid`; `onText` says what a text means. */
export function numberOf(value: unknown, row: number, place: Place, onText: () => Error): number {
  if (typeof value === 'number' && value - value === 0) return value
  const number = asNumber(value)
  if (number === undefined) throw onText()
  if (Number.isFinite(number) || Number.isNaN(number)) return number
  throw refuseCell(
    place,
    row,
    `${shown(value)}, which is not finite`,
    'give a finite number, or null where none is known',
  )
}

export function categoryOf(value: unknown, row: number, place: Place, dictionary: Dictionary): number {
  if (value === null || value === undefined || value === '') return Number.NaN
  const number = dictionary.numberOf(textOf(value))
  if (number < MOST_CATEGORIES) return number
  const why = `holds more than ${MOST_CATEGORIES.toLocaleString('en')} different texts, too many for categories`
  throw refuseCell(place, row, why, `leave it out: --without "${place.column}"`)
}

/** 1, 0, or NaN where nothing stands. */
export function labelOf(value: unknown, row: number, place: Place): number {
  const label = asNumber(value)
  if (label === 0 || label === 1 || Number.isNaN(label)) return label as number
  throw refuseCell(place, row, shown(value), 'labels are 1 (anomaly) or 0 (normal), and null where nothing is known')
}

/** A number as it stands, or a time in ms. */
export function momentOf(value: unknown, row: number, place: Place): number {
  const number = asNumber(value)
  if (number !== undefined && Number.isFinite(number)) return number
  const text = textOf(value)
  const zoned = /^\d{4}-\d{2}-\d{2}$|(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`
  const time = /^\d{4}-/.test(text) ? Date.parse(zoned) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw refuseCell(
    place,
    row,
    `${shown(value)}, which is no time`,
    'give a number, or a time such as 2026-03-04T08:00:00Z',
  )
}
