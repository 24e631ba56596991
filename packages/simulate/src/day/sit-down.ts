/** The beginning of work at a laptop: where it stands, the log-ins that it takes, and what is renewed on the way. */
import type { Random } from '@heedful/detect/contracts/random'
import { chance } from '../draw.ts'
import { departmentOn, type Person, since, tripOn, userOn } from '../people/person.ts'
import type { World } from '../world.ts'
import { dayPressure, inPasswordWeek } from './pressure.ts'
import type { Scribe } from './scribe.ts'
import { aWhile, changeAccount, logIn, logInAsNobody, type Seat, typingErrors } from './session.ts'
import { exitOn, homeEndpoint, hotelEndpoint, officeAddress, officeEndpoint, tunnelAddress } from './whereabouts.ts'

/** Where the laptop stands: seats outside and inside, after the log-ins that this takes. */
export function sitDown(
  world: World,
  scribe: Scribe,
  random: Random,
  person: Person,
  day: number,
  from: number,
  where: 'office' | 'home' | 'trip',
): { seat: Seat; ready: number; tunnelled: boolean; outside: Seat } {
  const laptop = since(person.laptops, day)
  const user = userOn(person, day)
  const typing = person.typing * dayPressure(world, departmentOn(person, day).name, day).typing
  const trip = tripOn(person, day)
  if (where === 'office') {
    const seat: Seat = { user, device: laptop.value, from: officeEndpoint(person), inside: officeAddress(person, day) }
    if (chance(random, 0.003)) logInAsNobody(scribe, from - 9000, seat, 'portal', slip(random, person.name))
    const ready = logIn(scribe, random, from, seat, 'portal', { failures: typingErrors(random, typing) })
    return { seat, ready, tunnelled: false, outside: seat }
  }
  let place = trip === undefined ? homeEndpoint(person, day) : hotelEndpoint(trip, person, day)
  if (trip === undefined && person.privateExit !== undefined && chance(random, 0.25)) place = person.privateExit
  const own = trip === undefined && person.privateLaptop !== undefined && chance(random, 0.12)
  const device = own && person.privateLaptop !== undefined ? person.privateLaptop : laptop.value
  const outside: Seat = { user, device, from: place }
  if (chance(random, 0.003)) logInAsNobody(scribe, from - 9000, outside, 'portal', slip(random, person.name))
  if (!person.tunnel && !chance(random, 0.35)) {
    const ready = logIn(scribe, random, from, outside, 'portal', { failures: typingErrors(random, typing) })
    return { seat: outside, ready, tunnelled: false, outside }
  }
  const connected = logIn(scribe, random, from, outside, 'vpn', { failures: typingErrors(random, typing) })
  const inside = tunnelAddress(random)
  const exit = exitOn(world.organisation, person, day)
  const seat: Seat = { user, device, from: person.tunnel ? exit.value : place, inside }
  const noted =
    exit.lookAlike === undefined || scribe.lookAlike !== undefined ? scribe : { ...scribe, lookAlike: exit.lookAlike }
  const ready = logIn(noted, random, connected + aWhile(random, 1), seat, 'portal', {
    failures: typingErrors(random, 0.4 * typing),
  })
  return { seat, ready, tunnelled: true, outside }
}

/** A name with one letter too few, or two in the wrong order. */
function slip(random: Random, name: string): string {
  const at = random.integer(Math.max(1, name.length - 1))
  if (chance(random, 0.5)) return `${name.slice(0, at)}${name.slice(at + 1)}` || 'x'
  return `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`
}

/** Passwords are renewed in the department's week, second factors now and then. */
export function renew(
  world: World,
  scribe: Scribe,
  random: Random,
  person: Person,
  day: number,
  time: number,
  seat: Seat,
): void {
  const week = inPasswordWeek(world, departmentOn(person, day).name, day)
  if (week && chance(random, 0.25)) changeAccount(scribe, time, seat, seat.user, 'password_change', 'password')
  else if (chance(random, 0.0025)) changeAccount(scribe, time, seat, seat.user, 'update', 'second-factor')
}
