/** The account is used far from where its owner just was; its twin is a traveller whose plane took the time planes take. */
import type { Random } from '@heedful/detect/contracts/random'
import { HOUR, hourIn, MINUTE } from '../clock.ts'
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

/** The owner's log-ins of a day that show where they are. */
function placesOn(world: World, person: Person, day: number): LabelledEvent[] {
  return ownDays(world, person, day, day).filter(
    ({ event }) =>
      event.status === 'success' && event.srcEndpoint?.location !== undefined && event.activity === 'logon',
  )
}

/** The owner's last log-in before `plan.time`, else the first of the day. */
function lastSeen(world: World, plan: Plan): number {
  const seen = placesOn(world, plan.person, plan.day).map(({ event }) => event.time)
  let best = seen[0] ?? plan.time
  for (const time of seen) if (time <= plan.time) best = time
  return best
}

function shape(world: World, plan: Plan, difficulty: Difficulty, random: Random): void {
  const strength = STRENGTH[difficulty]
  const offHours = hourIn(zoneOn(plan.person, plan.day), plan.time)
  const seen = lastSeen(world, plan)
  // At night the owner's last log-in is hours ago: the leap has to be far enough to stay impossible.
  const late = plan.time - seen > 3 * HOUR || offHours < 5
  const soon = seen + between(random, strength.minutes[0], strength.minutes[1]) * MINUTE
  const hours = late ? Math.max(0.4, (plan.time - seen) / HOUR) : (soon - seen) / HOUR
  if (!late) plan.time = soon
  const least = Math.max(strength.km[0], hours * 1100)
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
  fits: (world, person, day) => placesOn(world, person, day).length > 0,
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
