/** Few passwords tried on many accounts; its twin is the morning after a department's passwords were reset. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { HOUR, MINUTE, SECOND, wall } from '../clock.ts'
import type { Scribe } from '../day/scribe.ts'
import { logIn, type Seat } from '../day/session.ts'
import { comeIn, type WayIn } from '../day/shell.ts'
import { homeEndpoint, officeEndpoint, startOf, whereabouts } from '../day/whereabouts.ts'
import { between, chance, pick, sample, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { type Device, drawDevice, LAPTOPS } from '../people/devices.ts'
import { departmentOn, type Person, since, userOn } from '../people/person.ts'
import { CITIES, distanceKm } from '../places/cities.ts'
import { HOSTING } from '../places/networks.ts'
import type { World } from '../world.ts'
import { endpointIn, proxies } from './hideout.ts'
import type { AttackKind, Occasion, Strike } from './kind.ts'
import { carryOut, drawDoor, isSteady, note, ownPlan, worksOn } from './plan.ts'

interface Strength {
  /** Share of all accounts that are tried, and their least and largest number. */
  share: number
  most: number
  /** Hours that it takes. */
  hours: readonly [number, number]
  addresses: number
  residential: boolean
}

const STRENGTH: Record<Difficulty, Strength> = {
  loud: { share: 0.75, most: 220, hours: [0.1, 0.4], addresses: 1, residential: false },
  medium: { share: 0.3, most: 90, hours: [1.5, 4], addresses: 3, residential: false },
  subtle: { share: 0.12, most: 30, hours: [8, 18], addresses: 6, residential: true },
}

/** Where the tries come from: one place abroad, or a pool of proxies in a country that has people of the organisation. */
function pool(world: World, random: Random, strength: Strength): Endpoint[] {
  const office = pick(random, world.organisation.offices).city
  if (strength.residential) return proxies(random, office.country, strength.addresses, true)
  const rented = new Set(HOSTING.map((network) => network.country))
  const far = CITIES.filter((city) => rented.has(city.country) && distanceKm(city, office) > 800)
  const city = pick(random, far)
  return Array.from({ length: strength.addresses }, () => endpointIn(random, city, false))
}

/** After a hit the account is used, from the same place. */
export function useHit(
  scribe: Scribe,
  world: World,
  random: Random,
  person: Person,
  strike: Strike,
  time: number,
  seat: Seat,
): void {
  const plan = ownPlan(world, random, person, strike.day)
  delete plan.inside
  plan.from = seat.from
  plan.device = seat.device
  plan.time = time
  plan.door = drawDoor(random, person)
  plan.visits = whole(random, 2, 5)
  carryOut(scribe, random, plan)
}

function spray(world: World, strike: Strike): void {
  const { random, scribe, day, difficulty } = strike
  const strength = STRENGTH[difficulty]
  const present = world.organisation.people.filter((person) => person.joined <= day && person.left > day)
  const count = Math.max(
    Math.min(8, present.length),
    Math.min(strength.most, Math.round(strength.share * present.length)),
  )
  const targets = sample(random, present, count)
  const addresses = pool(world, random, strength)
  const machine = drawDevice(random, LAPTOPS, false)
  const door: WayIn = chance(random, 0.2)
    ? { bastion: `bastion-${pick(random, world.organisation.offices).code}-01` }
    : chance(random, 0.6)
      ? 'portal'
      : 'vpn'
  const begins = (day + between(random, 0.05, 0.6)) * 24 * HOUR
  const step = (between(random, strength.hours[0], strength.hours[1]) * HOUR) / targets.length
  let time = begins
  for (const person of targets) {
    time += step * random.exponential()
    const seat: Seat = { user: userOn(person, day), device: machine, from: pick(random, addresses) }
    comeIn(scribe, random, time, seat, door, { failures: 1, givesUp: true })
  }
  if (chance(random, 0.6)) hit(world, strike, pick(random, targets), machine, pick(random, addresses), time)
}

function hit(world: World, strike: Strike, person: Person, device: Device, from: Endpoint, after: number): void {
  const seat: Seat = { user: userOn(person, strike.day), device, from }
  useHit(strike.scribe, world, strike.random, person, strike, after + between(strike.random, 3, 50) * MINUTE, seat)
}

/** Everybody of a department who works that day mistypes the new password, at their own desk. */
function resetMorning(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const first = occasion.people.take(random, isSteady(world, day))
  const department = departmentOn(first, day)
  // A small department is reset together with its office, so that as many fail as in an attack.
  const near = world.organisation.people.filter(
    (person) =>
      (departmentOn(person, day) === department || person.office === first.office) &&
      worksOn(person, day) &&
      person.rhythm.shifts === undefined,
  )
  const members = sample(random, near, whole(random, 40, 160))
  for (const person of members) note(occasion.used, 'user', person.name)
  occasion.on(day, (scribe) => {
    for (const person of members) failAtDesk(scribe, world, random.split(person.index), person, day)
  })
}

function failAtDesk(scribe: Scribe, world: World, random: Random, person: Person, day: number): void {
  if (!chance(random, 0.5)) return
  const from = whereabouts(person, day) === 'office' ? officeEndpoint(person) : homeEndpoint(person, day)
  const seat: Seat = { user: userOn(person, day), device: since(person.laptops, day).value, from }
  const time = wall(
    person.office.city.zone,
    day,
    startOf(person, day, world.firstDay, random) + between(random, 0.05, 0.9),
  )
  logIn(scribe, random, time, seat, 'portal', { failures: whole(random, 1, 3), pause: 14 * SECOND })
}

export const passwordSpray: AttackKind = {
  kind: 'password_spray',
  techniques: ['T1110.003', 'T1078'],
  strike: spray,
  twin: {
    kind: 'reset_morning',
    sharedSignal: 'failed log-ins of many accounts within hours, many of them from one address',
    difference:
      'each from the own device at the own desk, at the beginning of work, and followed by a success within a minute',
    rate: 0.0001,
    arrange: resetMorning,
  },
}
