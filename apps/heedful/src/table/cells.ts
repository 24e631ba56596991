/** One field of a table as a number, by what its column is for. */
import { CommandError } from '../errors.ts'
import { plainText, shorten } from '../terminal/plain-text.ts'
import type { Fields } from './csv-records.ts'
import { isMissing, parseNumber } from './number-bytes.ts'

/** Different texts of one column: more are no categories, but names or sentences. */
export const MOST_CATEGORIES = 100_000

/** A column of numbers turned out to hold texts: it has to be read again, as categories. */
export class KindChanged extends Error {
  readonly column: number

  constructor(column: number) {
    super(`column ${column} holds texts`)
    this.column = column
  }
}

/** Where a field stands, in messages. */
export interface Place {
  readonly file: string
  readonly column: string
  /** What is counted; a line if absent. */
  readonly unit?: 'line' | 'row'
}

/** @param number of the line or row, from 1 */
export function refuseCell(
  { file, column, unit = 'line' }: Place,
  number: number,
  why: string,
  wayOut: string,
): CommandError {
  return new CommandError('table-invalid', `${file}: ${unit} ${number}, column "${plainText(column)}" ${why}`, wayOut)
}

const shown = (fields: Fields, field: number) => `is "${shorten(plainText(fields.text(field)), 40)}"`

/** The numbers of the categories of a column, in the order in which they were met. */
export class Dictionary {
  private readonly numbers = new Map<string, number>()
  private told: readonly string[] = []

  /** The texts met so far; the same list until another one is met. */
  get categories(): readonly string[] {
    if (this.told.length < this.numbers.size) this.told = [...this.numbers.keys()]
    return this.told
  }

  get size(): number {
    return this.numbers.size
  }

  numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const number = this.numbers.size
    this.numbers.set(text, number)
    return number
  }
}

/** A finite number, NaN where it is missing. Throws `table-invalid`; `onText` says what a text means. */
export function readNumber(fields: Fields, field: number, place: Place, onText: () => Error): number {
  const { bytes, from, to, decimalComma } = fields
  const [start, end] = [from[field]!, to[field]!]
  const number = parseNumber(bytes, start, end, decimalComma)
  if (number === undefined) {
    if (isMissing(bytes, start, end)) return Number.NaN
    throw onText()
  }
  if (Number.isFinite(number)) return number
  const way = 'give a finite number, or leave the field empty where none is known'
  throw refuseCell(place, fields.line, `${shown(fields, field)}, which is not finite`, way)
}

export function readCategory(fields: Fields, field: number, place: Place, dictionary: Dictionary): number {
  const { bytes, from, to, quoted } = fields
  if (quoted[field] === 0 && isMissing(bytes, from[field]!, to[field]!)) return Number.NaN
  const number = dictionary.numberOf(fields.text(field))
  if (number < MOST_CATEGORIES) return number
  const why = `holds more than ${MOST_CATEGORIES.toLocaleString('en')} different texts, too many for categories`
  throw refuseCell(place, fields.line, why, `leave it out: --without "${place.column}"`)
}

/** 1, 0, or NaN where nothing stands. */
export function readLabel(fields: Fields, field: number, place: Place): number {
  const refuse = () => {
    const way = 'labels are 1 (anomaly) or 0 (normal), and empty where nothing is known'
    return refuseCell(place, fields.line, shown(fields, field), way)
  }
  const label = readNumber(fields, field, place, refuse)
  if (label === 0 || label === 1 || Number.isNaN(label)) return label
  throw refuse()
}

/** A number as it stands, or ISO 8601 (a time without a zone is UTC) in ms. */
export function readMoment(fields: Fields, field: number, place: Place): number {
  const number = parseNumber(fields.bytes, fields.from[field]!, fields.to[field]!, fields.decimalComma)
  if (number !== undefined && Number.isFinite(number)) return number
  const text = fields.text(field)
  const zoned = /^\d{4}-\d{2}-\d{2}$|(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`
  const time = /^\d{4}-/.test(text) ? Date.parse(zoned) : Number.NaN
  if (!Number.isNaN(time)) return time
  const way = 'give a number, or a time such as 2026-03-04T08:00:00Z'
  throw refuseCell(place, fields.line, `${shown(fields, field)}, which is no time`, way)
}
