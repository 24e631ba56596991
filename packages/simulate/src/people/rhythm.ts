/** When people work: chronotypes, part time, shifts, holidays and sickness. */
import type { Random } from '@heedful/detect/contracts/random'
import { between, chance, pick, weighted, whole } from '../draw.ts'
import type { Absence, Rhythm } from './person.ts'

interface Chronotype {
  weight: number
  /** Hours after midnight. */
  start: readonly [low: number, high: number]
  spread: number
}

const CHRONOTYPES: readonly Chronotype[] = [
  { weight: 0.25, start: [6.4, 7.8], spread: 0.3 },
  { weight: 0.55, start: [8, 9.3], spread: 0.35 },
  { weight: 0.2, start: [9.5, 11.2], spread: 0.55 },
]

const WEEK = [false, true, true, true, true, true, false]

function partTime(random: Random): { days: boolean[]; length: number } {
  const days = [...WEEK]
  if (chance(random, 0.5)) {
    days[pick(random, [1, 3, 5])] = false
    if (chance(random, 0.4)) days[pick(random, [2, 4])] = false
    return { days, length: 8.7 }
  }
  return { days, length: between(random, 4.5, 6.5) }
}

/** Support works in shifts, on seven days. */
function shiftWork(random: Random): Rhythm {
  const off = random.integer(7)
  const days = Array.from({ length: 7 }, (_, day) => day !== off && day !== (off + 1) % 7)
  const shifts = chance(random, 0.5) ? [6, 14, 22] : [6, 14]
  return { start: 6, spread: 0.15, length: 8.3, days, shifts, drift: 0 }
}

export function drawRhythm(random: Random, department: string): Rhythm {
  if (department === 'support' && chance(random, 0.45)) return shiftWork(random)
  const type = weighted(random, CHRONOTYPES, (one) => one.weight)
  const part = chance(random, 0.13) ? partTime(random) : { days: WEEK, length: between(random, 8.2, 9.6) }
  return {
    start: between(random, type.start[0], type.start[1]),
    spread: type.spread * between(random, 0.6, 1.5),
    length: part.length,
    days: part.days,
    drift: chance(random, 0.3) ? 0.35 * random.normal() : 0,
  }
}

/** Sick days and vacations over the span. */
export function drawAbsences(random: Random, span: { first: number; last: number }): Absence[] {
  const absences: Absence[] = []
  for (let day = span.first + 50 * random.exponential(); day <= span.last; day += 70 * random.exponential()) {
    const from = Math.floor(day)
    absences.push({ from, to: from + Math.floor(2.2 * random.exponential()) })
  }
  for (let day = span.first - 10 + 60 * random.exponential(); day <= span.last; day += 15 + 90 * random.exponential()) {
    const from = Math.floor(day)
    absences.push({ from, to: from + whole(random, 3, 15) })
  }
  return absences
}
