/** Stamps as text: RFC 3164 (`Mar  7 06:25:01`) and RFC 3339 (`2024-03-07T06:25:01.5+01:00`), by their characters. */

/** What a stamp says; what it leaves out is 0 (year) or NaN (offset). */
export interface Stamp {
  /** 0 where the stamp has none. */
  year: number
  /** 1 … 12. */
  month: number
  /** 1 … 31. */
  day: number
  /** ms since midnight. */
  clock: number
  /** ms ahead of UTC; NaN where the stamp has none. */
  ahead: number
  /** Where the text behind it begins. */
  end: number
}

const MONTH_LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const ZERO = 48
const SPACE = 32
const COLON = 58

/** 0 … 9, or something outside. */
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - ZERO

/** Two digits, or −1. */
function twoDigits(text: string, at: number): number {
  const tens = digitAt(text, at)
  const ones = digitAt(text, at + 1)
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** `hh:mm:ss` as ms since midnight, or −1. A leap second is read as the second after it. */
function readClock(text: string, at: number): number {
  const hours = twoDigits(text, at)
  const minutes = twoDigits(text, at + 3)
  const seconds = twoDigits(text, at + 6)
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return -1
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return -1
  return ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** Where the digits from `at` on end. */
function endOfDigits(text: string, at: number): number {
  let end = at
  for (let digit = digitAt(text, end); digit >= 0 && digit <= 9; digit = digitAt(text, end)) end++
  return end
}

/** ms of a fraction of a second whose digits are `text[at … end)`; finer ones are dropped. */
function readFraction(text: string, at: number, end: number): number {
  let ms = 0
  for (let i = 0; i < 3; i++) ms = ms * 10 + (at + i < end ? digitAt(text, at + i) : 0)
  return ms
}

/** Adds a fraction where there is one. */
function withFraction(stamp: Stamp, text: string): Stamp {
  const mark = text.charCodeAt(stamp.end)
  if (mark !== 46 && mark !== 44) return stamp
  const end = endOfDigits(text, stamp.end + 1)
  if (end === stamp.end + 1) return stamp
  stamp.clock += readFraction(text, stamp.end + 1, end)
  stamp.end = end
  return stamp
}

/** 1 … 12, or 0. English three letters, as syslog writes them whatever the language of the machine. */
function readMonth(text: string, at: number): number {
  const place = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(text.slice(at, at + 3))
  return place >= 0 && place % 3 === 0 ? place / 3 + 1 : 0
}

/** RFC 3164, section 4.1.2: `Mmm dd hh:mm:ss`, the day padded with a space (or a zero, or not at all). */
export function readRfc3164(text: string, at: number): Stamp | undefined {
  const month = readMonth(text, at)
  if (month === 0 || text.charCodeAt(at + 3) !== SPACE) return undefined
  const dayAt = text.charCodeAt(at + 4) === SPACE ? at + 5 : at + 4
  const dayEnd = endOfDigits(text, dayAt)
  if (dayEnd === dayAt || dayEnd > dayAt + 2 || text.charCodeAt(dayEnd) !== SPACE) return undefined
  const day = dayEnd === dayAt + 2 ? twoDigits(text, dayAt) : digitAt(text, dayAt)
  const clock = readClock(text, dayEnd + 1)
  if (clock < 0 || day < 1 || day > (MONTH_LENGTHS[month - 1] as number)) return undefined
  return withFraction({ year: 0, month, day, clock, ahead: Number.NaN, end: dayEnd + 9 }, text)
}

/** `Z`, `+01:00`, `+0100`, `+01`: ms ahead of UTC; NaN where there is none or it is damaged. */
function readOffset(stamp: Stamp, text: string): Stamp | undefined {
  const mark = text.charCodeAt(stamp.end)
  if (mark === 90 || mark === 122) {
    stamp.ahead = 0
    stamp.end++
    return stamp
  }
  if (mark !== 43 && mark !== 45) return stamp
  const hours = twoDigits(text, stamp.end + 1)
  const minutesAt = text.charCodeAt(stamp.end + 3) === COLON ? stamp.end + 4 : stamp.end + 3
  const given = twoDigits(text, minutesAt)
  const minutes = given < 0 ? 0 : given
  if (hours < 0 || hours > 18 || minutes > 59) return undefined
  stamp.ahead = (mark === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000
  stamp.end = given < 0 ? stamp.end + 3 : minutesAt + 2
  return stamp
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** RFC 3339, section 5.6 (`T` or a space between date and time); the offset may be missing. */
export function readRfc3339(text: string, at: number): Stamp | undefined {
  const century = twoDigits(text, at)
  const years = twoDigits(text, at + 2)
  if (century < 0 || years < 0 || text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return undefined
  const month = twoDigits(text, at + 5)
  const day = twoDigits(text, at + 8)
  const between = text.charCodeAt(at + 10)
  if (month < 1 || month > 12 || (between !== 84 && between !== 116 && between !== SPACE)) return undefined
  const year = century * 100 + years
  const length = month === 2 && !isLeapYear(year) ? 28 : (MONTH_LENGTHS[month - 1] as number)
  const clock = readClock(text, at + 11)
  if (day < 1 || day > length || clock < 0 || year < 1) return undefined
  return readOffset(withFraction({ year, month, day, clock, ahead: Number.NaN, end: at + 19 }, text), text)
}

/** The reading of the wall clock in ms, as if it were UTC. */
export function wallClock(year: number, { month, day, clock }: Stamp): number {
  return Date.UTC(year, month - 1, day) + clock
}
