/** When which attack happens, and how many look-alikes there are beside it. Drawn alike with and without attacks. */
import type { Random } from '@heedful/detect/contracts/random'
import { weekday } from '../clock.ts'
import { poisson, shuffled, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import type { World } from '../world.ts'
import type { AttackKind } from './kind.ts'

export interface Appointment {
  kind: AttackKind
  difficulty: Difficulty
  day: number
}

const DIFFICULTIES: readonly Difficulty[] = ['loud', 'medium', 'subtle']

/** Mean campaigns a day for 300 people, and the most. */
const MEAN = 1.7
const MOST = 3

/** Days at the end on which nothing begins, so that slow attacks have room. */
const MARGIN = 2

/** Deals out items so that each comes equally often: a shuffled deck after the other. */
function deck<T>(random: Random, items: readonly T[]): () => T {
  let left: T[] = []
  return () => {
    if (left.length === 0) left = shuffled(random, items)
    return left.pop() as T
  }
}

export function scheduleAttacks(world: World, kinds: readonly AttackKind[], users: number): Appointment[] {
  const random = world.random.split('schedule')
  const most = Math.max(1, Math.round((MOST * users) / 300))
  const mean = Math.max(0.25, (MEAN * users) / 300)
  const difficulty = deck(random, DIFFICULTIES)
  const kind = deck(random, kinds)
  const appointments: Appointment[] = []
  const early: AttackKind[] = []
  // In the east a calendar day begins before that of UTC: the first attack waits for the day after.
  for (let day = world.teachUntil + 1; day <= world.lastDay - MARGIN; day++) {
    const possible = (one: AttackKind) => day - world.firstDay >= (one.earliest ?? 0)
    for (let n = Math.min(most, poisson(random, mean)); n > 0; n--) {
      // A kind that needs older accounts than there are yet waits, and comes first when there are.
      let next = early.findIndex(possible) >= 0 ? early.splice(early.findIndex(possible), 1)[0] : kind()
      for (let tries = 0; next !== undefined && !possible(next) && tries < kinds.length; tries++) {
        early.push(next)
        next = kind()
      }
      if (next !== undefined && possible(next)) appointments.push({ kind: next, difficulty: difficulty(), day })
    }
  }
  return appointments
}

/** Days of the look-alikes of a kind: at least one for each attack while attacks happen, and the same rate before. */
export function scheduleTwins(world: World, kind: AttackKind, attacks: number, users: number): number[] {
  const random = world.random.split('twins').split(kind.kind)
  const scored = world.lastDay - MARGIN - world.teachUntil
  const first = world.firstDay + Math.min(kind.earliest ?? 1, world.teachUntil - world.firstDay)
  if (scored < 1) return []
  const natural = poisson(random, kind.twin.rate * users * scored)
  const count = attacks === 0 ? natural : Math.max(attacks + 1, natural)
  const days = Array.from({ length: count }, () => {
    const earliest = Math.max(world.teachUntil, world.firstDay + (kind.earliest ?? 0))
    return whole(random, Math.min(earliest, world.lastDay - MARGIN), world.lastDay - MARGIN)
  })
  const before = poisson(random, (count * Math.max(0, world.teachUntil - first)) / scored)
  for (let n = 0; n < before && world.teachUntil > first; n++) days.push(whole(random, first, world.teachUntil - 1))
  return days.map((day) => workingDay(day, world)).sort((a, b) => a - b)
}

/** Most of what is arranged needs people at work: a day of the weekend becomes the Friday before or the Monday after. */
function workingDay(day: number, world: World): number {
  if (weekday(day) === 6) return day - 1 > world.firstDay ? day - 1 : day + 2
  return weekday(day) === 0 ? Math.min(day + 1, world.lastDay) : day
}
