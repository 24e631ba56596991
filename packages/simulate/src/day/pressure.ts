/** What makes some days different for a whole department: renewed passwords, Mondays, the end of a quarter. */
import { civil, weekday } from '../clock.ts'
import type { World } from '../world.ts'

export interface Pressure {
  /** Factor on how much is done. */
  pace: number
  /** Hours that the day is longer. */
  overtime: number
  /** Added chance of work on a day off. */
  weekend: number
  /** Factor on typing errors. */
  typing: number
}

/** Departments that close the books, and those that hunt for signatures. */
const QUARTER_END: ReadonlyMap<string, number> = new Map([
  ['finance', 1.8],
  ['sales', 1.4],
  ['legal', 1.3],
])

function daysToQuarterEnd(day: number): number {
  const { year, month } = civil(day)
  const end = Math.floor(Date.UTC(year, Math.ceil(month / 3) * 3, 1) / 86_400_000)
  return end - day
}

/** Passwords are renewed every 90 days; for a week fingers still type the old one. */
export function inPasswordWeek(world: World, department: string, day: number): boolean {
  const first = world.organisation.passwordWeeks.get(department)
  if (first === undefined) return false
  const passed = (((day - first) % 90) + 90) % 90
  return passed < 7
}

export function dayPressure(world: World, department: string, day: number): Pressure {
  const rush = QUARTER_END.get(department)
  const near = rush !== undefined && daysToQuarterEnd(day) <= 4
  const typing = (inPasswordWeek(world, department, day) ? 4 : 1) * (weekday(day) === 1 ? 1.5 : 1)
  return {
    pace: near ? rush : 1,
    overtime: near ? 1.6 : 0,
    weekend: near ? 0.2 : 0,
    typing,
  }
}
