/** The account is used far from where its owner just was; its twin is a traveller whose plane took the time planes take. */
import type { Random } from '@heedful/detect/contracts/random'
import { HOUR, hourIn, MINUTE, weekday } from '../clock.ts'
import { townOf, zoneOn } from '../day/whereabouts.ts'
import { between, chance, pick, whole } from '../draw.ts'
import type { Difficulty, LabelledEvent } from '../labelled.ts'
import { isPresent, type Person, type Trip } from '../people/person.ts'
import { CITIES, distanceKm } from '../places/cities.ts'
import { networksOf } from '../places/networks.ts'
import type { World } from '../world.ts'
import { cityAt, disguise, endpointIn } from './hideout.ts'
import type { Occasion } from './kind.ts'
import { isSteady, note, ownDays, type Plan } from './plan.ts'
import type { Trait } from './trait.ts'

/** Distance in km, and minutes since the owner's own last log-in. The speed is impossible in all rows; the leap shrinks. */
const STRENGTH: Record<Difficulty, { km: readonly [number, number]; minutes: readonly [number, number] }> = {
  loud: { km: [5000, 16000], minutes: [20, 75] },
  medium: { km: [1500, 4500], minutes: [20, 60] },
  subtle: { km: [500, 1200], minutes: [12, 28] },
}

/** The owner's log-ins of some days that show where they are. */
function placesOn(world: World, person: Person, from: number, to: number): LabelledEvent[] {
  return ownDays(world, person, from, to).filter(
    ({ event }) =>
      event.status === 'success' && event.srcEndpoint?.location !== undefined && event.activity === 'logon',
  )
}

/** Time of the owner's log-in before `time`, and of the one after. */
function around(places: readonly LabelledEvent[], time: number): { before: number; after: number } {
  let before = Number.NEGATIVE_INFINITY
  for (const { event } of places) {
    if (event.time > time) return { before, after: event.time }
    before = event.time
  }
  return { before, after: Number.POSITIVE_INFINITY }
}

/** Longer than this, a plane reaches nearly everything. */
const LONGEST = 8 * HOUR

/** At night the owner is last seen in the evening, and next in the morning: as near as can be to one of them. */
function nearBy(plan: Plan, seen: { before: number; after: number }, random: Random): number {
  if (Math.min(plan.time - seen.before, seen.after - plan.time) <= LONGEST) return plan.time
  const gap = between(random, 1, 3) * HOUR
  return Number.isFinite(seen.before) ? seen.before + gap : seen.after - gap
}

function isWorkingHour(plan: Plan): boolean {
  const { start, length, days } = plan.person.rhythm
  const hour = hourIn(zoneOn(plan.person, plan.day), plan.time)
  return days[weekday(plan.day)] === true && hour > start - 0.5 && hour < start + length + 0.5
}

function shape(world: World, plan: Plan, difficulty: Difficulty, random: Random): void {
  const strength = STRENGTH[difficulty]
  const places = placesOn(world, plan.person, plan.day - 1, plan.day + 1)
  const seen = around(places, plan.time)
  if (isWorkingHour(plan)) {
    const gap = between(random, strength.minutes[0], strength.minutes[1]) * MINUTE
    const sameDay = plan.time - seen.before < 10 * HOUR
    plan.time = sameDay ? seen.before + gap : seen.after + gap
  } else plan.time = nearBy(plan, seen, random)
  const now = around(places, plan.time)
  const hours = Math.min(plan.time - now.before, now.after - plan.time) / HOUR
  // The longer the owner was not seen, the farther the leap has to be to stay impossible.
  const least = Math.max(strength.km[0], hours * 1200)
  const city = cityAt(random, townOf(plan.person, plan.day), least, Math.max(strength.km[1], least * 1.6))
  plan.from = endpointIn(random, city, difficulty === 'subtle' || chance(random, 0.5))
  plan.device = disguise(random, plan.person, plan.day, difficulty)
  delete plan.inside
  plan.door ??= 'portal'
  plan.visits = Math.max(plan.visits, whole(random, 1, 3))
}

/** Gives the person a trip that begins on the day of the occasion. */
export function planTrip(person: Person, occasion: Occasion, business: boolean): void {
  const { random } = occasion
  const home = person.office.city
  const reachable = CITIES.filter((city) => {
    const km = distanceKm(home, city)
    return km > 450 && km < 9500
  })
  const near = reachable.filter((one) => distanceKm(home, one) < 4000)
  const city = pick(random, near.length > 0 && chance(random, 0.5) ? near : reachable)
  const flight = distanceKm(home, city) / 780 + 0.8
  const leaves = between(random, 6.5, Math.max(7, Math.min(13, 20.5 - flight)))
  const networks = networksOf(city.country, chance(random, 0.4) ? 'business' : 'home')
  const trip: Trip = {
    from: occasion.day,
    to: occasion.day + whole(random, 2, business ? 4 : 8),
    city,
    network: pick(random, networks),
    hotel: `${city.name} ${whole(random, 1, 40)}`,
    leaves,
    lands: leaves + flight,
    business,
    lookAlike: occasion.id,
  }
  person.trips.push(trip)
  note(occasion.used, 'user', person.name)
}

export const impossibleTravel: Trait = {
  name: 'impossible_travel',
  techniques: ['T1078', 'T1133'],
  intruder: true,
  fits: (world, person, day) => placesOn(world, person, day, day).length > 0,
  shape,
  twin: {
    name: 'business_trip',
    sharedSignal: 'a log-in from another country, far from the last one',
    difference:
      "the person's own devices are along, and the hours since the last log-in at home are enough for the flight",
    rate: 0.0011,
    prepare(_world, person, occasion) {
      planTrip(person, occasion, true)
    },
    shape() {},
    alone(world, occasion) {
      const steady = isSteady(world, occasion.day)
      const person = occasion.people.take(
        occasion.random,
        (one) => !one.contractor && steady(one) && isPresent(one, occasion.day + 1),
      )
      planTrip(person, occasion, chance(occasion.random, 0.7))
    },
  },
}
