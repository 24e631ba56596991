/** Which column is the time of a record, and how it is written. */
import { compileFormat } from '@heedful/stream/sources/mapped/time-format'
import { wallClock } from '@heedful/stream/sources/stamp'
import type { Column } from './profile.ts'

export interface TimeGuess {
  from: string[]
  formats: string[]
  /** Every stamp brings its zone. */
  zoned: boolean
  hasYear: boolean
  /** 0 … 1. */
  confidence: number
  /** What a person should know of it. */
  remarks: string[]
  /** Other columns that hold times. */
  others: string[]
}

const DATES = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%d.%m.%Y',
  '%m/%d/%Y',
  '%d/%m/%Y',
  '%d-%m-%Y',
  '%d-%b-%Y',
  '%d %b %Y',
  '%b %d, %Y',
  '%b %d %Y',
  '%m/%d/%y',
  '%d/%m/%y',
  '%b %d',
  '%Y%m%d',
]
const CLOCKS = [
  '%H:%M:%S',
  '%H:%M:%S.%f',
  '%H:%M:%S,%f',
  '%H:%M',
  '%I:%M:%S %p',
  '%I:%M %p',
  '%H:%M:%S %z',
  '%H:%M:%S.%f %z',
  '%H:%M:%S %Z',
]
const WHOLE = [
  '%d/%b/%Y:%H:%M:%S %z',
  '[%d/%b/%Y:%H:%M:%S %z]',
  '%a %b %e %H:%M:%S %Y',
  '%a %b %e %H:%M:%S %Z %Y',
  '%a, %d %b %Y %H:%M:%S %z',
  '%a, %d %b %Y %H:%M:%S %Z',
  '%Y-%m-%dT%H:%M',
  '%Y-%m-%dT%H:%M%z',
  '%Y%m%d%H%M%S',
  '%Y%m%dT%H%M%S%z',
  '%Y%m%dT%H%M%S',
  '%m/%d/%Y, %I:%M:%S %p',
  '%d/%m/%Y, %H:%M:%S',
]
const JOINED = DATES.flatMap((date) => CLOCKS.map((clock) => `${date} ${clock}`))
/** Most telling first: of formats that read equally many values the first is taken. */
const FORMATS = ['iso', ...WHOLE, ...JOINED, ...DATES]
const EPOCHS: readonly (readonly [string, number])[] = [
  ['epoch_s', 1],
  ['epoch_ms', 1e3],
  ['epoch_us', 1e6],
  ['epoch_ns', 1e9],
]
/** 2000 … 2100, in seconds since 1970: bare numbers outside are something else. */
const SECONDS = [946_684_800, 4_102_444_800] as const

const STRONG =
  /^(?:timestamp|time|ts|datetime|date_?time|(?:event|log|start|request|create[d]?)_?(?:date_?)?(?:time|timestamp)|time_?generated|created(?:_at|_date_time)?|occurred(?:_at)?|.*_event_date_?time|created_date_time|zeit(?:stempel|punkt)?)$/
const WEAK = /time|date|stamp|datum|zeit|(?:^|_)(?:ts|at|created|when)(?:_|$)/
const OTHER =
  /(?:^|_)(?:end|expir\w*|updat\w*|modif\w*|ingest\w*|receiv\w*|process\w*|index\w*|alarm|last|since|birth\w*|duration|offset|valid|next|interval|zone|timezone)(?:_|$)|dauer|ablauf/

const nameScore = ({ word }: Column): number =>
  (OTHER.test(word) ? -2 : 0) + (STRONG.test(word) ? 3 : WEAK.test(word) ? 1.5 : 0)

function isEpoch(text: string, scale: number): boolean {
  if (!/^\d{9,20}(?:\.\d+)?$/.test(text)) return false
  const seconds = Number(text) / scale
  return seconds >= SECONDS[0] && seconds <= SECONDS[1]
}

/** Each is compiled once. */
const COMPILED = new Map(FORMATS.map((format) => [format, compileFormat(format)]))

function reads(format: string): (text: string) => boolean {
  const scale = EPOCHS.find(([name]) => name === format)?.[1]
  if (scale !== undefined) return (text) => isEpoch(text, scale)
  const compiled = COMPILED.get(format) ?? compileFormat(format)
  return (text) => compiled.read(text) !== undefined
}

/** How often the times of a format go backwards: of two orders of day and month, the right one seldom does. */
function stepsBack(format: string, values: readonly string[]): number {
  const { read } = compileFormat(format)
  let last = Number.NEGATIVE_INFINITY
  let back = 0
  for (const value of values) {
    const found = read(value)
    const time =
      typeof found === 'number' ? found : found === undefined ? Number.NaN : wallClock(found.year || 2000, found)
    if (time < last) back++
    if (!Number.isNaN(time)) last = time
  }
  return Math.min(back, values.length - back)
}

interface Reading {
  formats: string[]
  share: number
  ambiguous: boolean
}

/** Nobody writes the day between year and month. */
const swap = (format: string): string =>
  format.replace(
    /^(\[?)%([md])([^%]+)%([md])/,
    (_, open: string, a: string, between: string, b: string) => `${open}%${b}${between}%${a}`,
  )

/** The formats that read the values, at most two. Undefined where they read less than nine of ten. */
function readingOf(values: readonly string[]): Reading | undefined {
  const shown = values.slice(0, 500)
  if (shown.length === 0) return undefined
  const candidates = /^\d+(?:\.\d+)?$/.test(shown[0] as string)
    ? [...EPOCHS.map(([name]) => name), '%Y%m%d%H%M%S', '%Y%m%d']
    : FORMATS
  let best: { format: string; left: string[] } | undefined
  for (const format of candidates) {
    const is = reads(format)
    // Most formats fail at once.
    if (!shown.slice(0, 5).some(is)) continue
    const left = shown.filter((text) => !is(text))
    if (best === undefined || left.length < best.left.length) best = { format, left }
    if (left.length === 0) break
  }
  if (best === undefined) return undefined
  const formats = [best.format]
  const second = best.left.length > 0 ? FORMATS.find((format) => best.left.every(reads(format))) : undefined
  if (second !== undefined) formats.push(second)
  const share = second === undefined ? 1 - best.left.length / shown.length : 1
  if (share < 0.9) return undefined
  return decideOrder(formats, share, shown)
}

/** Day and month can be told apart only by a day above 12, or by the order of the records. */
function decideOrder(formats: string[], share: number, values: readonly string[]): Reading {
  const [first = ''] = formats
  const other = swap(first)
  if (other === first || !values.every(reads(other))) return { formats, share, ambiguous: false }
  const [own, turned] = [stepsBack(first, values), stepsBack(other, values)]
  if (turned < own) return { formats: [other], share: 1, ambiguous: false }
  return { formats, share, ambiguous: turned === own }
}

const isClock = (text: string): boolean => /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]M)?$/i.test(text)
const isMonth = (text: string): boolean => /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/i.test(text)
const isDay = (text: string): boolean => /^(?:0?[1-9]|[12]\d|3[01])$/.test(text)
const all = ({ values }: Column, is: (text: string) => boolean): boolean =>
  values.length > 0 && values.slice(0, 500).every(is)

/** A date in one column and its clock in another; or month, day and clock. */
function joined(columns: readonly Column[]): { parts: Column[]; reading: Reading } | undefined {
  const clock = columns.find((column) => all(column, isClock))
  if (clock === undefined) return undefined
  const month = columns.find((column) => all(column, isMonth))
  const day = columns.find((column) => /day|date/.test(column.word) && all(column, isDay))
  const dates =
    month && day
      ? [[month, day]]
      : columns.filter((column) => /date|day|datum/.test(column.word)).map((column) => [column])
  for (const date of dates) {
    const parts = [...date, clock]
    const texts = clock.all
      .map((_, at) => parts.map((part) => part.all[at]).join(' '))
      .filter((text) => !/^ | $| {2}/.test(text))
    const reading = readingOf(texts)
    if (reading !== undefined && parts.every((part) => part !== clock || part.filled > 0)) return { parts, reading }
  }
  return undefined
}

function remarksOf({ formats, ambiguous, share }: Reading, zoned: boolean, hasYear: boolean): string[] {
  const remarks: string[] = []
  if (ambiguous)
    remarks.push(
      'day and month could not be told apart: no day above 12 was seen; turn %d and %m round if it is the other way',
    )
  if (!zoned) remarks.push("the stamps carry no time zone: name it, or this machine's is taken")
  if (!hasYear)
    remarks.push('the stamps carry no year: it is inferred from when the file was last written (--year says another)')
  if (formats.every((format) => !/%[HI]|%T|%R|epoch|iso/.test(format)))
    remarks.push('there is a date but no time of day: habits of hours cannot be learned from it')
  if (share < 1)
    remarks.push(
      `${Math.round((1 - share) * 100)} % of the values are in no format that was found; their lines will be refused`,
    )
  return remarks
}

export function guessTime(columns: readonly Column[]): TimeGuess | undefined {
  const single = columns
    .filter((column) => nameScore(column) > -2 && !all(column, isClock))
    .flatMap((column) => {
      const reading = readingOf(column.values)
      const score = nameScore(column)
      // A bare number, or a date alone, is a time only where its name says so.
      if (reading === undefined || (score <= 0 && /^epoch|^%Y%m%d/.test(reading.formats[0] as string))) return []
      const whole = /%H|%I|epoch|iso/.test(reading.formats.join()) ? 1 : 0
      return [{ parts: [column], reading, score: score + whole + column.filled }]
    })
    .sort((a, b) => b.score - a.score)
  const pair = joined(columns)
  const [best] = single
  const isWhole = best !== undefined && /%H|%I|epoch|iso/.test(best.reading.formats.join())
  const chosen = isWhole || pair === undefined ? best : { ...pair, score: 3 }
  if (chosen === undefined) return undefined
  const { parts, reading } = chosen
  const compiled = reading.formats.map(compileFormat)
  const values = parts.length === 1 ? (parts[0] as Column).values.slice(0, 500) : []
  const zoned =
    compiled.every((format) => format.hasZone) ||
    (values.length > 0 &&
      reading.formats[0] === 'iso' &&
      values.every((text) => /(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)$/i.test(text)))
  const hasYear = compiled.every((format) => format.hasYear)
  return {
    from: parts.map(({ name }) => name),
    formats: reading.formats,
    zoned,
    hasYear,
    confidence: (chosen.score >= 4 ? 0.95 : chosen.score >= 2.5 ? 0.8 : 0.5) - (reading.ambiguous ? 0.3 : 0),
    remarks: remarksOf(reading, zoned, hasYear),
    others: single
      .filter((one) => !one.parts.some((part) => parts.includes(part)))
      .map(({ parts: [column] }) => (column as Column).name),
  }
}
