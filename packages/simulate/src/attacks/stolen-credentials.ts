/** A new device on a new network at once; its twins change one of the two, or change it for everybody. */
import { HOUR, wall } from '../clock.ts'
import { changeAccount, type Seat } from '../day/session.ts'
import { homeEndpoint, zoneOn } from '../day/whereabouts.ts'
import { between, chance, pick, whole } from '../draw.ts'
import { drawDevice, LAPTOPS, PHONES } from '../people/devices.ts'
import { type Person, since, userOn } from '../people/person.ts'
import { addressIn, endpointAt, networksOf } from '../places/networks.ts'
import type { World } from '../world.ts'
import { disguise, hideout } from './hideout.ts'
import type { AttackKind, Occasion, Strike } from './kind.ts'
import { carryOut, drawDoor, isSteady, note, ownPlan } from './plan.ts'

function useStolen(world: World, strike: Strike): void {
  const { random, day, difficulty } = strike
  const person = strike.victims.take(random, isSteady(world, day))
  const plan = ownPlan(world, random, person, day)
  plan.from = hideout(random, person, day, difficulty)
  plan.device = disguise(random, person, day, difficulty)
  delete plan.inside
  plan.door = drawDoor(random, plan.person)
  plan.visits = difficulty === 'loud' ? whole(random, 4, 8) : whole(random, 2, 4)
  // Far away, the hour is left to the thief; the owner's day is over or has not begun, so that distance is no giveaway.
  if (difficulty === 'loud')
    plan.time = wall(zoneOn(person, day), day, person.rhythm.start + person.rhythm.length + between(random, 1, 4))
  const end = carryOut(strike.scribe, random, plan)
  if (chance(random, 0.5)) {
    const seat: Seat = { user: userOn(person, day), device: plan.device, from: plan.from }
    changeAccount(
      strike.scribe,
      end + between(random, 0.05, 0.5) * HOUR,
      seat,
      userOn(person, day),
      'update',
      'second-factor',
    )
  }
}

/** The new phone or laptop carries the label for two days. */
function giveDevice(person: Person, occasion: Occasion): void {
  const { random, day, id } = occasion
  const phone = person.phoneShare > 0.45 && chance(random, 0.7)
  const list = phone ? person.phones : person.laptops
  const value = drawDevice(random, phone ? PHONES : LAPTOPS, since(list, day).value.id !== undefined)
  list.push({ from: day, value, lookAlike: id }, { from: day + (phone ? 4 : 2), value })
  list.sort((a, b) => a.from - b.from)
  note(occasion.used, 'user', person.name)
  if (!chance(random, 0.5)) return
  occasion.on(day, (scribe) => {
    const draws = random.split('enrol')
    const seat: Seat = { user: userOn(person, day), device: value, from: homeEndpoint(person, day) }
    const time = wall(zoneOn(person, day), day, person.rhythm.start + between(draws, 1, 8))
    changeAccount(scribe, time, seat, userOn(person, day), 'update', 'second-factor')
  })
}

/** An exit of the tunnel moves to another provider: the same day, a new address for everybody behind it. */
function moveExit(world: World, occasion: Occasion): void {
  const { random, day, id } = occasion
  const exits = world.organisation.exits
  const list = pick(random, exits)
  const office = world.organisation.offices[exits.indexOf(list)] ?? pick(random, world.organisation.offices)
  const network = pick(random, [
    ...networksOf(office.city.country, 'business'),
    ...networksOf(office.city.country, 'hosting'),
  ])
  const value = endpointAt(addressIn(network, office.city, random), network, office.city)
  list.push({ from: day, value, lookAlike: id }, { from: day + 1, value })
  list.sort((a, b) => a.from - b.from)
  note(occasion.used, 'address', value.ip)
}

export const stolenCredentials: AttackKind = {
  kind: 'stolen_credentials',
  techniques: ['T1078', 'T1133', 'T1098.005'],
  strike: useStolen,
  twin: {
    kind: 'new_device_or_network',
    sharedSignal: 'a device or a network that the account was never seen with',
    difference:
      "only one of the two is new: a new phone or laptop at the usual home, or a new exit of the tunnel that everybody's usual devices come from",
    rate: 0.0018,
    arrange(world, occasion) {
      if (chance(occasion.random, 0.1)) return moveExit(world, occasion)
      giveDevice(occasion.people.take(occasion.random, isSteady(world, occasion.day)), occasion)
    },
  },
}
