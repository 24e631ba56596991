/** What people write on the command line, as numbers. Each throws `usage-invalid` saying what would be right. */
import { CommandError } from '../errors.ts'

const UNITS = new Map([
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
])

const refuse = (option: string, value: string, right: string) =>
  new CommandError('usage-invalid', `${option} "${value}" is not understood`, `write it as ${right}`)

/** `14d`, `36h`, `0` → milliseconds. */
export function readDuration(value: string, option: string): number {
  if (value.trim() === '0') return 0
  const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*([wdhms])$/.exec(value.trim())
  const unit = UNITS.get(match?.[2] ?? '')
  if (match === null || unit === undefined) throw refuse(option, value, '14d, 36h, 90m or 0')
  return Math.round(Number(match[1]) * unit)
}

export function describeDuration(milliseconds: number): string {
  if (milliseconds <= 0) return 'none'
  const [unit, size] =
    milliseconds >= 2 * 86_400_000
      ? (['days', 86_400_000] as const)
      : milliseconds >= 2 * 3_600_000
        ? (['hours', 3_600_000] as const)
        : (['minutes', 60_000] as const)
  return `${Math.round((milliseconds / size) * 10) / 10} ${unit}`
}

/** `20/day`, `20` → alerts a day. */
export function readBudget(value: string, option: string): number {
  const match = /^(\d{1,6})(?:\s*\/\s*(?:d|day))?$/.exec(value.trim())
  if (match === null || Number(match[1]) === 0) throw refuse(option, value, '20/day')
  return Number(match[1])
}

export function readInteger(value: string, option: string, least: number, most: number): number {
  const number = Number(value)
  if (!/^-?\d+$/.test(value.trim()) || number < least || number > most) {
    throw refuse(option, value, `a whole number from ${least} to ${most}`)
  }
  return number
}

/** A number above 0 and below 1. */
export function readShare(value: string, option: string): number {
  const number = Number(value)
  if (value.trim() === '' || !(number > 0 && number < 1)) throw refuse(option, value, 'a share such as 0.01')
  return number
}

/** ISO 8601 → ms UTC; a date is its first moment, a time without a zone is UTC. */
export function readTime(value: string, option: string): number {
  const text = value.trim()
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(whole) ? whole : `${whole}Z`
  const time = /^\d{4}-/.test(text) ? Date.parse(zoned) : Number.NaN
  if (Number.isNaN(time)) throw refuse(option, value, '2026-03-04 or 2026-03-04T08:00:00Z')
  return time
}

/** An IANA zone that exists. */
export function readTimezone(value: string, option: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone && value
  } catch {
    throw refuse(option, value, 'a zone such as Europe/Berlin, America/New_York or UTC')
  }
}
