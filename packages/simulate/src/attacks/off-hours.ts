/** The account is used while its owner sleeps; its twin is a night on call, at home and on the usual laptop. */
import type { Random } from '@heedful/detect/contracts/random'
import { wall } from '../clock.ts'
import { homeEndpoint, zoneOn } from '../day/whereabouts.ts'
import { between, chance, pick, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { tripOn } from '../people/person.ts'
import type { World } from '../world.ts'
import { drawDoor, type Plan } from './plan.ts'
import type { Trait } from './trait.ts'

/** Hours after midnight; subtle: that long before work begins or after it has ended. */
function nightHour(plan: Plan, difficulty: Difficulty, random: Random): number {
  const { start, length } = plan.person.rhythm
  if (difficulty === 'loud') return between(random, 1, 4)
  if (difficulty === 'medium') return chance(random, 0.5) ? between(random, 22.8, 24.5) : between(random, 4, 5.2)
  return chance(random, 0.5) ? start - between(random, 1.6, 2.6) : start + length + between(random, 3, 4.6)
}

function shape(_world: World, plan: Plan, difficulty: Difficulty, random: Random): void {
  plan.time = wall(zoneOn(plan.person, plan.day), plan.day, nightHour(plan, difficulty, random))
  plan.door ??= 'portal'
  delete plan.inside
  plan.visits = Math.max(plan.visits, whole(random, 2, 4))
}

/** What people who are called at night look at. */
const ON_CALL = ['tickets', 'metrics', 'chat', 'wiki', 'mail']

function shapeTwin(_world: World, plan: Plan, random: Random): void {
  const { person, day } = plan
  const trip = tripOn(person, day)
  const hour = chance(random, 0.75) ? between(random, 0.5, 5) : between(random, 22.5, 24)
  plan.time = wall(zoneOn(person, day), day, hour)
  if (trip === undefined) plan.from = homeEndpoint(person, day)
  delete plan.inside
  plan.door = chance(random, 0.5) ? drawDoor(random, person) : person.tunnel ? 'vpn' : 'portal'
  plan.visits = whole(random, 1, 3)
  const theirs = person.tastes.map(({ application }) => application.name)
  const known = ON_CALL.filter((name) => theirs.includes(name))
  for (let n = whole(random, 1, 4); n > 0; n--) plan.targets.push({ application: pick(random, known) })
}

export const offHours: Trait = {
  name: 'off_hours',
  techniques: ['T1078'],
  intruder: false,
  fits: (_world, person) => person.rhythm.shifts === undefined && person.rhythm.length > 7,
  shape,
  twin: {
    name: 'on_call_night',
    sharedSignal: 'a log-in in the middle of the night',
    difference: "the person's usual laptop, from their own home, for applications that they use by day",
    rate: 0.0016,
    shape: shapeTwin,
  },
}
