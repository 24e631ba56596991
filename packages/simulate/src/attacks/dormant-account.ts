/** An account wakes that nobody has used for weeks; its twin is somebody who comes back from a long leave. */
import type { Random } from '@heedful/detect/contracts/random'
import { wall } from '../clock.ts'
import { between, whole } from '../draw.ts'
import type { Person } from '../people/person.ts'
import type { World } from '../world.ts'
import { disguise, hideout } from './hideout.ts'
import type { AttackKind, Occasion, Strike, Victims } from './kind.ts'
import { carryOut, drawDoor, note, ownPlan } from './plan.ts'

/** Days without a sign of life. */
const SILENCE = 17

/** Somebody leaves soon after the beginning, and their account is forgotten. */
function forget(world: World, day: number, random: Random, people: Victims): Person {
  const person = people.take(
    random,
    (one) =>
      one.joined < world.firstDay &&
      one.left > world.lastDay &&
      one.trips.length === 0 &&
      one.rhythm.shifts === undefined,
  )
  person.left = Math.min(world.firstDay + whole(random, 3, 8), day - SILENCE)
  return person
}

function revive(world: World, strike: Strike): void {
  const { random, day, difficulty } = strike
  const person = strike.prepared ?? strike.victims.take(random, (one) => one.left < day - SILENCE)
  const plan = ownPlan(world, random, person, day)
  plan.from = hideout(random, person, day, difficulty)
  plan.device = disguise(random, person, day, difficulty)
  delete plan.inside
  plan.door = drawDoor(random, plan.person)
  plan.visits = difficulty === 'loud' ? whole(random, 4, 8) : whole(random, 2, 4)
  if (difficulty === 'loud') plan.time = wall(person.office.city.zone, day, between(random, 0, 24))
  if (difficulty !== 'subtle') plan.attempt = { failures: whole(random, 0, difficulty === 'loud' ? 5 : 2) }
  carryOut(strike.scribe, random, plan)
}

/** The first days back carry the label: the absence ends, and the usual days begin. */
function comeBack(world: World, occasion: Occasion): void {
  const { random, day, id } = occasion
  const person = occasion.people.take(
    random,
    (one) =>
      one.joined < world.firstDay && one.left > day + 7 && one.trips.length === 0 && one.rhythm.shifts === undefined,
  )
  const from = world.firstDay + whole(random, 2, Math.max(2, Math.min(8, day - world.firstDay - SILENCE)))
  person.absences = person.absences.filter((absence) => absence.to < from || absence.from > day + 2)
  person.absences.push({ from, to: day - 1, lookAlike: id })
  note(occasion.used, 'user', person.name)
}

export const dormantAccount: AttackKind = {
  kind: 'dormant_account',
  techniques: ['T1078'],
  earliest: SILENCE + 4,
  strike: revive,
  prepare: forget,
  twin: {
    kind: 'return_from_leave',
    sharedSignal: 'an account that was silent for weeks logs in',
    difference:
      "on the owner's usual laptop and phone, from their office or home, in their usual hours, and it goes on every day",
    rate: 0.0003,
    arrange: comeBack,
  },
}
