/** Stamps by a pattern in the letters of strptime (POSIX): `%d/%b/%Y:%H:%M:%S %z`. Read by its characters, no expression. */
import { isLeapYear, type Stamp } from '../stamp.ts'

/** What the directives of one stamp said so far. */
interface Reading {
  text: string
  at: number
  year: number
  month: number
  day: number
  hours: number
  minutes: number
  seconds: number
  ms: number
  /** 0, or 12 behind `PM`; −1 where the clock is one of 24 hours. */
  half: number
  ahead: number
}

/** Reads on at `at`, and says whether it could. */
type Step = (reading: Reading) => boolean

export interface TimePattern {
  read(text: string): Stamp | undefined
  hasYear: boolean
  hasZone: boolean
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august']
MONTHS.push('september', 'october', 'november', 'december')
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122
const isBlank = (code: number): boolean => code === 32 || code === 9

/** Moves over characters of a kind, at most `most`, and gives them. */
function take(reading: Reading, is: (code: number) => boolean, most: number): string {
  const from = reading.at
  while (reading.at < from + most && is(reading.text.charCodeAt(reading.at))) reading.at++
  return reading.text.slice(from, reading.at)
}

/** A whole number of up to `digits` digits (exactly so many where `exact`), in a range. −1 where there is none. */
function takeNumber(reading: Reading, digits: number, least: number, most: number, exact = false): number {
  const found = take(reading, isDigit, digits)
  const number = Number(found)
  return found === '' || (exact && found.length < digits) || number < least || number > most ? -1 : number
}

type Part = 'year' | 'month' | 'day' | 'hours' | 'minutes' | 'seconds'

const numberOf =
  (part: Part, digits: number, least: number, most: number, exact = false): Step =>
  (reading) => {
    const number = takeNumber(reading, digits, least, most, exact)
    reading[part] = number
    return number >= 0
  }

function readMonthName(reading: Reading): boolean {
  const word = take(reading, isLetter, 9).toLowerCase()
  reading.month = word.length < 3 ? 0 : MONTHS.findIndex((name) => name === word || name.slice(0, 3) === word) + 1
  return reading.month > 0
}

/** Two digits of a year: 69 … 99 are of the last century (POSIX). */
function readShortYear(reading: Reading): boolean {
  const number = takeNumber(reading, 2, 0, 99, true)
  reading.year = number + (number >= 69 ? 1900 : 2000)
  return number >= 0
}

function readFraction(reading: Reading): boolean {
  const digits = take(reading, isDigit, 9)
  reading.ms = Number(digits.padEnd(3, '0').slice(0, 3))
  return digits !== ''
}

function readHalf(reading: Reading): boolean {
  const word = take(reading, isLetter, 2).toLowerCase()
  reading.half = word === 'pm' ? 12 : 0
  return word === 'pm' || word === 'am'
}

/** `Z`, `+01:00`, `-0500`, `+01`. */
function readOffset(reading: Reading): boolean {
  const mark = reading.text.charAt(reading.at)
  reading.at++
  if (mark === 'Z' || mark === 'z') reading.ahead = 0
  if (mark === 'Z' || mark === 'z') return true
  if (mark !== '+' && mark !== '-') return false
  const hours = takeNumber(reading, 2, 0, 18, true)
  if (reading.text.charAt(reading.at) === ':') reading.at++
  const minutes = isDigit(reading.text.charCodeAt(reading.at)) ? takeNumber(reading, 2, 0, 59, true) : 0
  reading.ahead = (mark === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
  return hours >= 0 && minutes >= 0
}

/** Names of zones other than UTC mean different places to different people. */
function readZoneName(reading: Reading): boolean {
  const name = take(reading, isLetter, 5).toUpperCase()
  reading.ahead = 0
  return name === 'UTC' || name === 'GMT' || name === 'Z'
}

const readDayName: Step = (reading) => take(reading, isLetter, 9).length >= 3

/** A day padded with a blank, too (`%e`). */
function readDay(reading: Reading): boolean {
  take(reading, isBlank, 1)
  reading.day = takeNumber(reading, 2, 1, 31)
  return reading.day > 0
}

const DIRECTIVES = new Map<string, Step>([
  ['Y', numberOf('year', 4, 1, 9999, true)],
  ['y', readShortYear],
  ['m', numberOf('month', 2, 1, 12)],
  ['b', readMonthName],
  ['B', readMonthName],
  ['d', readDay],
  ['e', readDay],
  ['H', numberOf('hours', 2, 0, 23)],
  ['I', numberOf('hours', 2, 1, 12)],
  ['M', numberOf('minutes', 2, 0, 59)],
  // A leap second is read as the second after it.
  ['S', numberOf('seconds', 2, 0, 60)],
  ['f', readFraction],
  ['p', readHalf],
  ['z', readOffset],
  ['Z', readZoneName],
  ['a', readDayName],
  ['A', readDayName],
])

const SHORT = new Map([
  ['T', '%H:%M:%S'],
  ['F', '%Y-%m-%d'],
  ['R', '%H:%M'],
])

const literal =
  (character: string): Step =>
  (reading) =>
    reading.text.charAt(reading.at++) === character

const blanks: Step = (reading) => take(reading, isBlank, 16) !== ''

export const LONGEST_PATTERN = 100

/** What a pattern lacks, or what in it is no directive; undefined where it is sound. */
export function whyNoPattern(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `it is longer than ${LONGEST_PATTERN} characters`
  const used = lettersOf(pattern)
  const unknown = used.find((letter) => letter !== '%' && !DIRECTIVES.has(letter))
  const known = [...DIRECTIVES.keys(), ...SHORT.keys()].map((letter) => `%${letter}`).join(' ')
  if (unknown !== undefined) return `%${unknown} is no directive; known are ${known}`
  if (!used.some((letter) => letter === 'd' || letter === 'e')) return 'it has no day (%d)'
  if (!used.some((letter) => 'mbB'.includes(letter))) return 'it has no month (%m or %b)'
  if (used.includes('I') !== used.includes('p'))
    return '%I and %p go together: hours of twelve and their half of the day'
  const twice = used.find((letter, at) => letter !== '%' && used.indexOf(letter) !== at)
  return twice === undefined ? undefined : `%${twice} stands in it twice`
}

const spelledOut = (pattern: string): string =>
  pattern.replace(/%([TFR])/g, (_, letter: string) => SHORT.get(letter) as string)

const lettersOf = (pattern: string): string[] =>
  [...spelledOut(pattern).matchAll(/%([\s\S]?)/g)].map(([, letter]) => letter as string)

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = []
  const text = spelledOut(pattern)
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '%') {
      at++
      steps.push(DIRECTIVES.get(text.charAt(at)) ?? literal('%'))
    } else if (!isBlank(text.charCodeAt(at))) steps.push(literal(character))
    else if (!isBlank(text.charCodeAt(at + 1))) steps.push(blanks)
  }
  return steps
}

function stampOf({ at, year, month, day, hours, minutes, seconds, ms, half, ahead }: Reading): Stamp | undefined {
  const length = month === 2 && year > 0 && !isLeapYear(year) ? 28 : (LENGTHS[month - 1] ?? 0)
  if (day > length) return undefined
  const hour = half < 0 ? hours : (hours % 12) + half
  const clock = ((hour * 60 + minutes) * 60 + seconds) * 1000 + ms
  return { year, month, day, clock, ahead, end: at }
}

/** `pattern` is sound (`whyNoPattern`). A stamp without hours is its day's first moment. */
export function compilePattern(pattern: string): TimePattern {
  const steps = stepsOf(pattern)
  const used = lettersOf(pattern)
  return {
    hasYear: used.includes('Y') || used.includes('y'),
    hasZone: used.includes('z') || used.includes('Z'),
    read(text) {
      const reading: Reading = {
        ...{ text, at: 0, year: 0, month: 0, day: 0, hours: 0, minutes: 0, seconds: 0, ms: 0 },
        ...{ half: -1, ahead: Number.NaN },
      }
      for (const step of steps) if (!step(reading)) return undefined
      return reading.at === text.length ? stampOf(reading) : undefined
    },
  }
}
