/** What stands below an axis of time: hours within two days, else days, and none twice. */
import { shortDay, shortMoment } from '../time/format.ts'

const HOURS_UNTIL = 2 * 86_400_000

/** @returns so many names, evenly from `first` to `last` (ms UTC); empty where one would stand a second time */
export function timeTicks(first: number, last: number, many: number, zone: string): string[] {
  const name = last - first <= HOURS_UNTIL ? (time: number) => shortMoment(time, zone).slice(-5) : shortDay
  const names = Array.from({ length: many }, (_, i) => name(first + ((last - first) * i) / (many - 1), zone))
  return names.map((one, i) => (one === names[i - 1] ? '' : one))
}
