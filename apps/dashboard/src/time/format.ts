/** Moments and spans in words. Days before months, months by name: no reader takes 03-04 for April. */
import { dayOf, offsetMinutes, UTC } from './zone.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const two = (value: number): string => String(value).padStart(2, '0')

const shownIn = (time: number, zone: string): Date => new Date(time + offsetMinutes(time, zone) * 60_000)

/** `26 Mar 13:37` */
export function shortMoment(time: number, zone: string): string {
  if (Number.isNaN(time)) return '–'
  const at = shownIn(time, zone)
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** `26 Mar` */
export function shortDay(time: number, zone: string): string {
  const at = shownIn(time, zone)
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
}

/** `Thu 26 Mar 2026 13:37:05 UTC+1` */
export function fullMoment(time: number, zone: string): string {
  if (Number.isNaN(time)) return 'an unknown time'
  const at = shownIn(time, zone)
  const day = `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${zoneName(time, zone)}`
}

/** `UTC`, `UTC+1`, `UTC+5:30`, `UTC−3`: what a zone is called that everybody understands. */
export function zoneName(time: number, zone: string): string {
  const minutes = offsetMinutes(time, zone)
  if (minutes === 0) return UTC
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`
}

/** `26 Mar 13:37 to 15:20`, `26 Mar 13:37 to 27 Mar 02:11`, or the one moment where both are in one minute. */
export function span(from: number, to: number, zone: string): string {
  const [start, end] = [shortMoment(from, zone), shortMoment(to, zone)]
  if (start === end || Number.isNaN(to)) return start
  return dayOf(from, zone) === dayOf(to, zone) ? `${start} to ${end.slice(-5)}` : `${start} to ${end}`
}

/** `0.2 s`, `48 s`, `6 min`, `3.5 h`, `12 days`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  if (seconds < 36 * 3600) return `${Number((seconds / 3600).toFixed(1))} h`
  return `${Math.round(seconds / 86_400)} days`
}
