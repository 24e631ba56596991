/** Calendar days, and local time in the zones of the offices. All times are ms UTC, all days are counted from 1970-01-01. */
import moment from 'moment-timezone'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Minutes, in ms, that `zone` is ahead of UTC at `time`. Throws for an unknown zone. */
export function aheadOf(zone: string, time: number): number {
  const data = moment.tz.zone(zone)
  if (data === null) throw new Error(`SIM-ZONE: ${zone} is no IANA time zone (see places/cities.ts)`)
  return -data.utcOffset(time) * MINUTE
}

/** UTC of a clock on the wall: `hours` after midnight of calendar `day` in `zone`. Skipped hours move forward. */
export function wall(zone: string, day: number, hours: number): number {
  const local = day * DAY + hours * HOUR
  const guess = local - aheadOf(zone, local)
  return Math.floor(local - aheadOf(zone, guess))
}

/** Calendar day in `zone` at `time`. */
export function dayIn(zone: string, time: number): number {
  return Math.floor((time + aheadOf(zone, time)) / DAY)
}

/** Hours since midnight in `zone` at `time`, 0 … 24. */
export function hourIn(zone: string, time: number): number {
  const local = time + aheadOf(zone, time)
  return (local - Math.floor(local / DAY) * DAY) / HOUR
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** Year, month 1 … 12 and day of the month of a calendar day. */
export function civil(day: number): { year: number; month: number; date: number } {
  const date = new Date(day * DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() }
}
