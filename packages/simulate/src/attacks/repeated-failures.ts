/** Guessing one account's password; its twins are a program with an old password and fingers with one. */
import type { Random } from '@heedful/detect/contracts/random'
import { DAY, HOUR, MINUTE, SECOND } from '../clock.ts'
import { logIn, type Seat } from '../day/session.ts'
import { openShell } from '../day/shell.ts'
import { homeEndpoint, officeEndpoint } from '../day/whereabouts.ts'
import { between, chance, pick, whole } from '../draw.ts'
import type { Difficulty } from '../labelled.ts'
import type { Device } from '../people/devices.ts'
import { since, userOn } from '../people/person.ts'
import type { World } from '../world.ts'
import type { Occasion } from './kind.ts'
import { isSteady, middleOfWork, note, type Plan } from './plan.ts'
import type { Trait } from './trait.ts'

/** Wrong passwords, and ms between two of them. */
const STRENGTH: Record<Difficulty, { failures: readonly [number, number]; pause: readonly [number, number] }> = {
  loud: { failures: [45, 140], pause: [0.8 * SECOND, 4 * SECOND] },
  medium: { failures: [14, 32], pause: [15 * SECOND, 80 * SECOND] },
  subtle: { failures: [6, 11], pause: [4 * MINUTE, 14 * MINUTE] },
}

function shape(_world: World, plan: Plan, difficulty: Difficulty, random: Random): void {
  const { failures, pause } = STRENGTH[difficulty]
  plan.attempt = {
    failures: whole(random, failures[0], failures[1]),
    pause: between(random, pause[0], pause[1]),
    reason: 'bad_password',
  }
  plan.door ??= 'portal'
  delete plan.inside
}

/** Somebody with a new password: the old one is still in the fingers. */
function shapeTwin(_world: World, plan: Plan, random: Random): void {
  plan.attempt = { failures: whole(random, 5, 12), pause: between(random, 6, 25) * SECOND, reason: 'bad_password' }
  plan.door ??= 'portal'
}

/** A mail program at home or in the office that keeps asking with the password of last week. */
function staleProgram(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const person = occasion.people.take(random, isSteady(world, day))
  note(occasion.used, 'user', person.name)
  const every = between(random, 2, 30) * MINUTE
  const count = whole(random, 12, Math.max(14, Math.min(90, Math.floor((0.7 * DAY) / every))))
  occasion.on(day, (scribe) => {
    const draws = random.split('writing')
    const phone = chance(draws, 0.5)
    const device = since(phone ? person.phones : person.laptops, day).value
    const from = phone || person.homeShare > 0.5 ? homeEndpoint(person, day) : officeEndpoint(person)
    const seat: Seat = { user: userOn(person, day), device, from }
    let time = middleOfWork(world, draws, person, day) - 2 * HOUR
    for (let n = 0; n < count; n++) {
      logIn(scribe, draws, time, seat, 'mail', { failures: 1, givesUp: true, reason: 'expired_password' })
      time += every * between(draws, 0.995, 1.005)
    }
    logIn(scribe, draws, time, seat, 'mail')
  })
}

/** A script on a server whose account got a new password: it fails at every run, for a day or two, until somebody looks. */
function staleScript(world: World, occasion: Occasion): void {
  const { random, day } = occasion
  const service = pick(random, world.organisation.services)
  note(occasion.used, 'user', service.name)
  note(occasion.used, 'address', service.from)
  const every = between(random, 4, 45) * MINUTE
  const hours = between(random, 5, 30)
  const start = day * DAY + between(random, 6, 18) * HOUR
  occasion.on(day, (scribe) => {
    const draws = random.split('writing')
    const seat: Seat = {
      user: { name: service.name, domain: 'corp', type: 'service' },
      device: SCRIPT,
      from: { ip: service.from },
    }
    for (let time = start; time < start + hours * HOUR; time += every) {
      openShell(scribe, draws, time + 2000 * draws.next(), seat, service.host, 'password', {
        failures: 1,
        givesUp: true,
      })
    }
  })
}

/** What a script sits at shows in no shell's log. */
const SCRIPT: Device = { os: 'Ubuntu 24.04', family: 'linux', browser: 'chrome', patience: 0, model: '', key: '' }

export const repeatedFailures: Trait = {
  name: 'repeated_failures',
  techniques: ['T1110.001'],
  intruder: true,
  shape,
  twin: {
    name: 'expired_password',
    sharedSignal: 'many failed log-ins of one account from one address',
    difference:
      "the account's own device at its usual address: a program that asks in a fixed rhythm, or its owner typing",
    rate: 0.0009,
    shape: shapeTwin,
    alone(world, occasion) {
      if (chance(occasion.random, 0.35)) staleScript(world, occasion)
      else staleProgram(world, occasion)
    },
  },
}
