/** A leaked list of names and passwords is tried; its twin is a day on which all phones have to be given the password again. */
import { HOUR, MINUTE, SECOND, wall } from '../clock.ts'
import { enterApplication, logIn, logInAsNobody, type Seat } from '../day/session.ts'
import { homeEndpoint, phoneEndpoint, zoneOn } from '../day/whereabouts.ts'
import { between, chance, pick, sample, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import { drawDevice, LAPTOPS, PHONES } from '../people/devices.ts'
import { accountNames } from '../people/names.ts'
import { isPresent, since, userOn } from '../people/person.ts'
import type { World } from '../world.ts'
import { proxies } from './hideout.ts'
import type { AttackKind, Occasion, Strike } from './kind.ts'
import { useHit } from './password-spray.ts'
import { isSteady, note } from './plan.ts'

interface Strength {
  /** Tries for each person in the organisation, and the most of them. */
  tries: number
  most: number
  hours: readonly [number, number]
  addresses: number
  /** Share of names that exist. */
  known: number
  hits: readonly [number, number]
}

const STRENGTH: Record<Difficulty, Strength> = {
  loud: { tries: 0.9, most: 260, hours: [0.3, 1], addresses: 14, known: 0.25, hits: [0, 2] },
  medium: { tries: 0.35, most: 110, hours: [2, 6], addresses: 24, known: 0.35, hits: [0, 2] },
  subtle: { tries: 0.14, most: 44, hours: [12, 26], addresses: 30, known: 0.5, hits: [1, 2] },
}

function stuff(world: World, strike: Strike): void {
  const { random, scribe, day, difficulty } = strike
  const strength = STRENGTH[difficulty]
  const people = world.organisation.people.filter((person) => person.joined <= day && person.left > day)
  const office = pick(random, world.organisation.offices).city
  const country =
    difficulty === 'subtle' ? office.country : pick(random, ['US', 'DE', 'FR', 'BR', 'IN', 'RU', 'VN', 'ID'])
  const addresses = proxies(random, country, strength.addresses, difficulty !== 'loud')
  const count = Math.max(12, Math.min(strength.most, Math.round(strength.tries * people.length)))
  const strangers = accountNames(random.split('leak'))
  const known = new Set(people.map((person) => person.name))
  const step = (between(random, strength.hours[0], strength.hours[1]) * HOUR) / count
  let time = (day + between(random, 0.05, 0.5)) * 24 * HOUR
  for (let n = 0; n < count; n++) {
    time += step * random.exponential()
    const device = drawDevice(random, chance(random, 0.3) ? PHONES : LAPTOPS, false)
    const from = pick(random, addresses)
    if (chance(random, strength.known)) {
      const person = pick(random, people)
      logIn(scribe, random, time, { user: userOn(person, day), device, from }, 'portal', { failures: 1, givesUp: true })
      continue
    }
    let name = strangers(false)
    while (known.has(name)) name = strangers(false)
    logInAsNobody(scribe, time, { user: { name }, device, from }, 'portal', name)
  }
  for (let n = whole(random, strength.hits[0], strength.hits[1]); n > 0; n--) {
    const person = strike.victims.take(random, isSteady(world, day))
    const seat: Seat = {
      user: userOn(person, day),
      device: drawDevice(random, LAPTOPS, false),
      from: pick(random, addresses),
    }
    useHit(scribe, world, random, person, strike, time + between(random, 1, 40) * MINUTE, seat)
  }
}

/** Phones ask with the old password, from wherever they are, until their owners type the new one. */
function phonesAskAgain(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const present = world.organisation.people.filter((person) => isPresent(person, day) && person.phoneShare > 0.1)
  const chosen = sample(
    random,
    present,
    Math.max(6, Math.min(90, Math.round(present.length * between(random, 0.08, 0.3)))),
  )
  const hour = between(random, 8, 17)
  const spread = between(random, 0.5, 4)
  for (const person of chosen) note(occasion.used, 'user', person.name)
  occasion.on(day, (scribe) => {
    for (const person of chosen) {
      const draws = random.split(person.index)
      const time = wall(zoneOn(person, day), day, hour + spread * draws.next())
      const from = chance(draws, 0.6) ? phoneEndpoint(person, draws) : homeEndpoint(person, day)
      const seat: Seat = { user: userOn(person, day), device: since(person.phones, day).value, from }
      const done = logIn(scribe, draws, time, seat, 'mail', {
        failures: whole(draws, 1, 2),
        pause: 40 * SECOND,
        reason: 'expired_password',
      })
      enterApplication(scribe, done + between(draws, 1, 9) * MINUTE, seat, 'chat')
    }
  })
}

export const credentialStuffing: AttackKind = {
  kind: 'credential_stuffing',
  techniques: ['T1110.004', 'T1078'],
  strike: stuff,
  twin: {
    kind: 'phones_ask_again',
    sharedSignal: 'failed log-ins of many accounts from many addresses within hours',
    difference:
      'only names that exist, each from its own phone at its usual carrier or home, and each succeeds soon after',
    rate: 0.0001,
    arrange: phonesAskAgain,
  },
}
