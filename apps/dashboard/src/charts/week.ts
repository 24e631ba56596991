/** Hours of a week in the viewer's zone: the server counts from Monday 00 UTC. */

const HOURS = 168
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/**
 * @param hours 168 shares of activity, Monday 00 UTC first
 * @param offset minutes that the zone is ahead of UTC; half hours are shared between the two hours that they touch
 */
export function turnWeek(hours: readonly number[], offset: number): number[] {
  const whole = Math.floor(offset / 60)
  const part = (offset - whole * 60) / 60
  const at = (hour: number): number => hours[(((hour - whole) % HOURS) + HOURS) % HOURS] ?? 0
  return Array.from({ length: HOURS }, (_, hour) => at(hour) * (1 - part) + (part === 0 ? 0 : at(hour - 1) * part))
}

/**
 * Four steps are told apart at a glance; 0 is "never". Against a busy hour (nine tenths of the active ones have less), so
 * that one hour of a thousand failures does not make all others pale.
 */
export function stepsOf(hours: readonly number[]): number[] {
  const active = hours.filter((share) => share > 0).sort((a, b) => a - b)
  const busy = active[Math.floor(active.length * 0.9)] ?? 0
  return hours.map((share) => (share > 0 ? Math.min(4, Math.max(1, Math.ceil((share / busy) * 4))) : 0))
}

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

/** `Saturday 16:00` of an hour of the week. */
export const hourName = (hour: number): string => `${WEEKDAYS[Math.floor(hour / 24) % 7]} ${clock(hour)}`

/** In words, for whoever does not see the map: the busiest day, and between which hours most of it lies. */
export function weekInWords(hours: readonly number[]): string {
  const total = hours.reduce((sum, share) => sum + share, 0)
  if (total <= 0) return 'No activity is known.'
  const byDay = WEEKDAYS.map((_, day) => hours.slice(day * 24, day * 24 + 24).reduce((sum, share) => sum + share, 0))
  const busiest = byDay.indexOf(Math.max(...byDay))
  const [from, to] = shortestWindow(
    Array.from({ length: 24 }, (_, hour) => sumOfHour(hours, hour)),
    0.8 * total,
  )
  return `Most active on ${WEEKDAYS[busiest]}s; four fifths of activity lie between ${clock(from)} and ${clock(to)}.`
}

const sumOfHour = (hours: readonly number[], hour: number): number =>
  WEEKDAYS.reduce((sum, _, day) => sum + (hours[day * 24 + hour] ?? 0), 0)

/** The shortest run of hours, around midnight too, that holds so much. */
function shortestWindow(byHour: readonly number[], enough: number): [number, number] {
  for (let length = 1; length < 24; length++) {
    for (let from = 0; from < 24; from++) {
      let sum = 0
      for (let i = 0; i < length; i++) sum += byHour[(from + i) % 24] ?? 0
      if (sum >= enough) return [from, (from + length) % 24]
    }
  }
  return [0, 0]
}
