/** How the time of a record is written: a standard, a count since 1970, or a pattern. */
import { readRfc3339, type Stamp } from '../stamp.ts'
import { compilePattern, type TimePattern, whyNoPattern } from './time-pattern.ts'

const LATEST = 8.64e15

/** A moment in ms UTC, a stamp that may leave something out, or undefined where the text is none. */
export interface TimeFormat {
  read(text: string): number | Stamp | undefined
  hasYear: boolean
  hasZone: boolean
}

/** Counts since 1970-01-01T00:00Z; `toMs` makes milliseconds of them. */
function countOf(toMs: (count: number) => number): TimeFormat {
  return {
    hasYear: true,
    hasZone: true,
    read(text) {
      if (text.length > 40 || !/^-?\d{1,20}(?:\.\d*)?$/.test(text)) return undefined
      const time = toMs(Number(text))
      return Math.abs(time) <= LATEST ? time : undefined
    },
  }
}

/** RFC 3339, its offset perhaps missing, perhaps behind a blank, perhaps called UTC. */
function readIso(text: string): Stamp | undefined {
  if (text.length > 64) return undefined
  const whole = text.replace(/ (?:UTC|GMT|Z)$/, 'Z').replace(/ (?=[+-]\d{2}:?\d{2}$)/, '')
  const stamp = readRfc3339(whole, 0)
  return stamp?.end === whole.length ? stamp : undefined
}

const NAMED: ReadonlyMap<string, TimeFormat> = new Map([
  ['iso', { read: readIso, hasYear: true, hasZone: false }],
  ['epoch_s', countOf((count) => Math.round(count * 1000))],
  ['epoch_ms', countOf(Math.floor)],
  ['epoch_us', countOf((count) => Math.floor(count / 1000))],
  ['epoch_ns', countOf((count) => Math.floor(count / 1_000_000))],
])

export const NAMED_FORMATS: readonly string[] = [...NAMED.keys()]

/** Why a text names no format; undefined where it does. */
export function whyNoFormat(format: string): string | undefined {
  if (NAMED.has(format)) return undefined
  if (!format.includes('%'))
    return `"${format.slice(0, 50)}" is neither one of ${NAMED_FORMATS.join(', ')} nor a pattern such as %d/%m/%Y %H:%M:%S`
  const why = whyNoPattern(format)
  return why === undefined ? undefined : `the pattern "${format.slice(0, 50)}" cannot be read: ${why}`
}

const ofPattern = (pattern: TimePattern): TimeFormat => ({
  ...pattern,
  read: (text) => (text.length > 128 ? undefined : pattern.read(text)),
})

/** `format` is sound (`whyNoFormat`). */
export const compileFormat = (format: string): TimeFormat => NAMED.get(format) ?? ofPattern(compilePattern(format))
