/** A UTC day of accounts that nobody sits behind, and of the Internet's constant knocking. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { DAY, HOUR } from '../clock.ts'
import { between, chance, pick, poisson, weighted, whole } from '../draw.ts'
import type { LabelledEvent } from '../labelled.ts'
import { drawDevice, LAPTOPS, PHONES } from '../people/devices.ts'
import { SCANNED_NAMES } from '../people/names.ts'
import { since, userOn } from '../people/person.ts'
import type { ServiceAccount } from '../people/services.ts'
import { CITIES } from '../places/cities.ts'
import { addressIn, endpointAt, NETWORKS } from '../places/networks.ts'
import type { World } from '../world.ts'
import { type Draft, drawPort, note, type Scribe } from './scribe.ts'
import { logIn, logInAsNobody } from './session.ts'

/** Runs of a service account on a UTC day. Its schedule is kept to a few seconds, over any span. */
export function serviceDay(service: ServiceAccount, day: number, out: LabelledEvent[]): void {
  const random = service.random.split(day)
  const scribe: Scribe = { out, random: random.split('marks') }
  const first = Math.ceil((day * DAY) / service.every - service.phase)
  for (let run = first; (run + service.phase) * service.every < (day + 1) * DAY; run++) {
    const time = (run + service.phase) * service.every + 4000 * random.exponential()
    const hour = (time % DAY) / HOUR
    if (service.window !== undefined && (hour < service.window[0] || hour >= service.window[1])) continue
    runOnce(service, scribe, time, day, Math.exp(0.15 * random.normal()))
    if (chance(random, 0.004)) runOnce(service, scribe, time + 60_000, day, 1)
  }
}

function runOnce(service: ServiceAccount, scribe: Scribe, time: number, day: number, factor: number): void {
  const user = { name: service.name, domain: 'corp', type: 'service' as const }
  const from = { ip: service.from }
  const draft: Draft = {
    time,
    class: 'authentication',
    activity: 'logon',
    status: 'success',
    user,
    from,
    service: service.service === 'smb' ? 'sshd' : service.service,
    authMethod: 'token',
  }
  if (draft.service === 'sshd') {
    draft.dstEndpoint = { hostname: service.host }
    draft.authMethod = 'publickey'
    draft.keyFingerprint = since(service.keys, day).value
  }
  if (service.agent !== undefined) draft.userAgent = service.agent
  note(scribe, draft)
  if (service.path === undefined) return
  const file: Draft = {
    time: time + 1500,
    class: 'file_activity',
    activity: 'update',
    status: 'success',
    user,
    from,
    service: service.service,
    dstEndpoint: { hostname: service.service === 'drive' ? 'drive' : service.host },
    resource: service.path,
    bytesIn: Math.floor(service.bytes * factor),
    bytesOut: 2048,
  }
  if (service.agent !== undefined) file.userAgent = service.agent
  note(scribe, file)
}

/** Guesses a day, for each person in the organisation: a small constant, spread over what is exposed. */
const KNOCKS_PER_PERSON = 0.16

/** Scanners that try names which mostly do not exist, from anywhere, at shells and pages. */
export function knockingDay(world: World, day: number, out: LabelledEvent[]): void {
  const random = world.random.split('knocking').split(day)
  const scribe: Scribe = { out, random: random.split('marks') }
  let left = poisson(random, KNOCKS_PER_PERSON * world.organisation.people.length)
  while (left > 0) {
    const burst = Math.min(left, 1 + Math.floor(2 * random.exponential()))
    left -= burst
    const network = weighted(random, NETWORKS, (one) => KNOCKERS[one.kind])
    const cities = CITIES.filter((city) => city.country === network.country)
    const city = pick(random, cities.length > 0 ? cities : CITIES)
    const from = endpointAt(addressIn(network, city, random), network, city)
    const time = (day + random.next()) * DAY
    if (chance(random, 0.82)) knockAtShell(world, scribe, random, from, time, burst)
    else knockAtPage(world, scribe, random, day, from, time, burst)
  }
}

/** Where scanners sit, by weight of one network. */
const KNOCKERS = { hosting: 6, home: 1, mobile: 0.4, business: 0.3 } as const

function knockAtShell(
  world: World,
  scribe: Scribe,
  random: Random,
  from: Endpoint,
  start: number,
  burst: number,
): void {
  const host = `bastion-${pick(random, world.organisation.offices).code}-01`
  const port = drawPort(scribe.random)
  const name = chance(random, 0.25) ? 'root' : pick(random, SCANNED_NAMES)
  let time = start
  for (let n = 0; n < burst; n++) {
    const draft: Draft = {
      time,
      class: 'authentication',
      activity: 'logon',
      status: 'failure',
      user: { name },
      from,
      port,
      dstEndpoint: { hostname: host },
      service: 'sshd',
      authMethod: 'password',
      statusDetail: name === 'root' ? 'bad_password' : 'unknown_user',
    }
    if (name !== 'root') draft.unknownUser = true
    note(scribe, draft)
    time += between(random, 900, 4000) * whole(random, 1, 3)
  }
}

/** At pages scanners have lists of addresses of mail: some names exist. */
function knockAtPage(
  world: World,
  scribe: Scribe,
  random: Random,
  day: number,
  from: Endpoint,
  start: number,
  burst: number,
): void {
  const device = drawDevice(random, chance(random, 0.3) ? PHONES : LAPTOPS, false)
  const door = chance(random, 0.7) ? 'portal' : 'vpn'
  const person = chance(random, 0.3) ? pick(random, world.organisation.people) : undefined
  let time = start
  for (let n = 0; n < burst; n++) {
    if (person !== undefined) {
      const seat = { user: userOn(person, day), device, from }
      logIn(scribe, random, time, seat, door, { failures: 1, givesUp: true })
    } else {
      logInAsNobody(scribe, time, { user: { name: '' }, device, from }, door, pick(random, SCANNED_NAMES))
    }
    time += between(random, 900, 9000) * whole(random, 1, 4)
  }
}
