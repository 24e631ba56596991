/** One person's calendar day, from the first look at the phone to the last mail in the evening. */
import type { Random } from '@heedful/detect/contracts/random'
import { HOUR, MINUTE, wall } from '../clock.ts'
import { between, chance, moments, pick, poisson, weighted, whole } from '../draw.ts'
import type { LabelledEvent } from '../labelled.ts'
import { APPLICATIONS, applicationNamed, DEPARTMENTS } from '../people/departments.ts'
import { departmentOn, type Person, returnOn, since, tripOn, userOn } from '../people/person.ts'
import type { World } from '../world.ts'
import { dayPressure } from './pressure.ts'
import type { Scribe } from './scribe.ts'
import {
  aWhile,
  enterApplication,
  logOff,
  openFile,
  pageBytes,
  pathOf,
  type Seat,
  typingErrors,
  viewPage,
} from './session.ts'
import { closeShell, openShell, rootCommand, runAsRoot } from './shell.ts'
import { renew, sitDown } from './sit-down.ts'
import { homeEndpoint, hotelEndpoint, phoneEndpoint, startOf, whereabouts, zoneOn } from './whereabouts.ts'

/** Factor on all means of `people/departments.ts`: about eleven events for each person and calendar day. */
const BUSY = 1.6

/** The stretch of time in which somebody is at work. */
interface Stretch {
  from: number
  to: number
}

/** Everything that `person` does on `day`, unsorted. The same for the same world, whatever was asked before. */
export function workday(world: World, person: Person, day: number, out: LabelledEvent[]): void {
  const where = whereabouts(person, day)
  if (where === 'away') return
  const random = person.random.split('day').split(day)
  const scribe: Scribe = { out, random: random.split('marks') }
  const label = tripOn(person, day)?.lookAlike ?? returnOn(person, day)
  if (label !== undefined) scribe.lookAlike = label
  if (where === 'free') return freeDay(world, scribe, random, person, day)
  const zone = zoneOn(person, day)
  const trip = tripOn(person, day)
  // On the day of a flight somebody works only after landing, and mostly not at all.
  if (trip !== undefined && day === trip.from) return arrival(world, scribe, random, person, day)
  if (trip !== undefined && !trip.business && chance(random, 0.65)) return
  const hours = startOf(person, day, world.firstDay, random)
  const from = wall(zone, day, hours)
  const pressure = dayPressure(world, departmentOn(person, day).name, day)
  const to = from + (person.rhythm.length + pressure.overtime + 0.4 * random.normal()) * HOUR
  if (trip === undefined && chance(random, 0.55 * person.phoneShare)) {
    lookAtPhone(scribe, random, person, day, from - between(random, 15, 80) * MINUTE, chance(random, 0.5))
  }
  mainSession(world, scribe, random, person, day, { from, to }, where)
  if (chance(random, 0.4 * person.phoneShare)) {
    lookAtPhone(scribe, random, person, day, to + between(random, 0.6, 4.5) * HOUR, chance(random, 0.75))
  }
}

/** Mail on the phone, over the carrier or the home's (hotel's) network. */
export function lookAtPhone(
  scribe: Scribe,
  random: Random,
  person: Person,
  day: number,
  time: number,
  wireless: boolean,
): void {
  const trip = tripOn(person, day)
  const place = trip === undefined ? homeEndpoint(person, day) : hotelEndpoint(trip, person, day)
  const phone = since(person.phones, day)
  const seat: Seat = {
    user: userOn(person, day),
    device: phone.value,
    from: wireless || trip !== undefined ? place : phoneEndpoint(person, random),
  }
  const noted =
    phone.lookAlike === undefined || scribe.lookAlike !== undefined ? scribe : { ...scribe, lookAlike: phone.lookAlike }
  enterApplication(noted, time, seat, chance(random, 0.75) ? 'mail' : 'chat')
  if (chance(random, 0.3)) viewPage(noted, time + aWhile(random, 2), seat, 'mail', '/inbox', pageBytes(random))
}

function freeDay(world: World, scribe: Scribe, random: Random, person: Person, day: number): void {
  const zone = zoneOn(person, day)
  if (chance(random, 0.12 * person.phoneShare)) {
    lookAtPhone(scribe, random, person, day, wall(zone, day, between(random, 8.5, 22.5)), chance(random, 0.6))
  }
  const pressure = dayPressure(world, departmentOn(person, day).name, day)
  if (!chance(random, 0.025 * person.pace + pressure.weekend)) return
  const from = wall(zone, day, between(random, 9, 19))
  mainSession(world, scribe, random, person, day, { from, to: from + between(random, 0.5, 3) * HOUR }, 'home')
}

/** The evening after a flight: a look at the phone, sometimes the laptop at the hotel. */
function arrival(world: World, scribe: Scribe, random: Random, person: Person, day: number): void {
  const trip = tripOn(person, day)
  if (trip === undefined) return
  const landed = wall(person.office.city.zone, day, trip.lands)
  const atHotel = landed + between(random, 1, 2.5) * HOUR
  const before = wall(person.office.city.zone, day, trip.leaves) - between(random, 2.5, 4) * HOUR
  if (chance(random, 0.5)) {
    const seat: Seat = {
      user: userOn(person, day),
      device: since(person.phones, day).value,
      from: phoneEndpoint(person, random),
    }
    const { lookAlike: _, ...unlabelled } = scribe
    enterApplication(unlabelled, before, seat, 'mail')
  }
  if (chance(random, 0.8)) lookAtPhone(scribe, random, person, day, atHotel, true)
  if (trip.business && chance(random, 0.7)) {
    const from = atHotel + between(random, 0.3, 1) * HOUR
    mainSession(world, scribe, random, person, day, { from, to: from + between(random, 0.4, 1.5) * HOUR }, 'trip')
  }
}

/** Work at the laptop between two moments. */
export function mainSession(
  world: World,
  plain: Scribe,
  random: Random,
  person: Person,
  day: number,
  stretch: Stretch,
  where: 'office' | 'home' | 'trip',
): void {
  const laptop = since(person.laptops, day)
  const scribe =
    laptop.lookAlike === undefined || plain.lookAlike !== undefined ? plain : { ...plain, lookAlike: laptop.lookAlike }
  const { seat, ready, tunnelled, outside } = sitDown(world, scribe, random, person, day, stretch.from, where)
  renew(world, scribe, random, person, day, ready + aWhile(random, 9), seat)
  const pressure = dayPressure(world, departmentOn(person, day).name, day)
  const pace = BUSY * person.pace * pressure.pace * Math.min(1, Math.max(0.15, (stretch.to - ready) / (8 * HOUR)))
  const department = departmentOn(person, day)
  const work = (mean: number) => workingMoments(random, poisson(random, mean * pace), ready, stretch.to)
  for (const time of work(department.visits)) visit(scribe, random, person, day, time, seat)
  for (const time of work(department.files)) touchFile(world, scribe, random, person, day, time, seat)
  for (const time of work(department.shells)) useShell(scribe, random, person, day, time, seat, stretch.to)
  if (tunnelled && chance(random, 0.7)) {
    const bytes = { in: 4e6 * pace * random.exponential(), out: 30e6 * pace * random.exponential() * person.volume }
    logOff(scribe, Math.max(ready + MINUTE, stretch.to + aWhile(random, 6)), outside, 'vpn', bytes)
  }
}

/** Moments of work, in order, not during lunch. */
function workingMoments(random: Random, count: number, from: number, to: number): number[] {
  if (to <= from) return []
  const lunch = from + (to - from) * between(random, 0.42, 0.5)
  const back = to - from > 6 * HOUR ? lunch + between(random, 25, 70) * MINUTE : lunch
  return moments(random, count, from, to).map((time) => (time > lunch && time < back ? time + (back - lunch) : time))
}

function visit(scribe: Scribe, random: Random, person: Person, day: number, time: number, seat: Seat): void {
  const department = departmentOn(person, day)
  const own = person.departments[0]?.value === department ? person.tastes : department.applications
  if (chance(random, 0.003)) return tryElsewhere(scribe, random, time, seat)
  const { application } = weighted(random, own, (one) => one.weight)
  enterApplication(scribe, time, seat, application.name, chance(random, 0.004))
  if (!chance(random, 0.5)) return
  const pages = application.resources
  // People have favourites: the first few pages of an order of their own.
  const favourite = Math.min(pages.length - 1, Math.floor(1.1 * random.exponential()))
  const page = pages[(favourite + person.index) % pages.length] as string
  viewPage(scribe, time + aWhile(random, 2), seat, application.name, page, pageBytes(random))
}

/** Somebody follows a link into an application that is not theirs; mostly it does not let them in. */
function tryElsewhere(scribe: Scribe, random: Random, time: number, seat: Seat): void {
  const application = pick(random, APPLICATIONS)
  enterApplication(scribe, time, seat, application.name, application.administrative || chance(random, 0.7))
}

/** One of the files that the person's department keeps, read or written. */
function touchFile(
  world: World,
  scribe: Scribe,
  random: Random,
  person: Person,
  day: number,
  time: number,
  seat: Seat,
): void {
  // Now and then a colleague of another department sends a link.
  const department = chance(random, 0.006) ? pick(random, DEPARTMENTS) : departmentOn(person, day)
  const own = person.departments[0]?.value === department ? person.folders : department.folders.slice(0, 3)
  const folder = chance(random, 0.92) ? pick(random, own) : pick(random, department.folders)
  const path = pathOf(
    department.name,
    folder,
    pick(random, department.documents),
    1 + Math.floor(12 * random.exponential()),
  )
  const inside = seat.inside !== undefined && chance(random, 0.7)
  const host = inside ? `files-${person.office.code}-01` : 'drive'
  const size = department.fileBytes * person.volume * Math.exp(1.5 * random.normal())
  const denied = chance(random, 0.006)
  const bytes = denied ? { in: 400, out: 900 } : chance(random, 0.3) ? { in: size, out: 4e3 } : { in: 3e3, out: size }
  openFile(scribe, time, seat, { host, inside }, path, bytes, denied)
  if (chance(random, 0.012)) bulk(world, scribe, random, person, day, time + aWhile(random, 3), seat, folder)
}

/** A large copy, as everybody makes now and then: an archive, a video, a snapshot. */
function bulk(
  _world: World,
  scribe: Scribe,
  random: Random,
  person: Person,
  day: number,
  time: number,
  seat: Seat,
  folder: string,
): void {
  const department = departmentOn(person, day)
  const size = department.fileBytes * 40 * Math.exp(1.2 * random.normal())
  const path = pathOf(department.name, folder, 'zip', whole(random, 1, 20))
  const inside = seat.inside !== undefined
  const host = inside ? `files-${person.office.code}-01` : 'drive'
  openFile(
    scribe,
    time,
    seat,
    { host, inside },
    path,
    chance(random, 0.5) ? { in: size, out: 4e3 } : { in: 3e3, out: size },
  )
}

function useShell(
  scribe: Scribe,
  random: Random,
  person: Person,
  day: number,
  time: number,
  seat: Seat,
  until: number,
): void {
  if (person.hosts.length === 0) return
  const host =
    seat.inside === undefined
      ? `bastion-${person.office.code}-01`
      : weighted(random, person.hosts, (name) => 1 / (1 + person.hosts.indexOf(name)))
  const key = (person.index * 7919) % 10 < 7
  const failures = key ? 0 : typingErrors(random, person.typing)
  const opened = openShell(scribe, random, time, seat, host, key ? 'publickey' : 'password', { failures })
  let last = opened.time
  if (person.administratorFrom <= day) {
    for (let n = poisson(random, 0.6); n > 0; n--) {
      last += aWhile(random, 6)
      const by = chance(random, 0.93) ? 'sudo' : 'su'
      const slips = by === 'su' && chance(random, 0.06)
      runAsRoot(scribe, last, seat, host, rootCommand(random), { by, refused: slips })
    }
  } else if (chance(random, 0.003)) {
    runAsRoot(scribe, last + aWhile(random, 4), seat, host, rootCommand(random), { refused: true })
  }
  if (chance(random, 0.6))
    closeShell(scribe, Math.max(last, Math.min(until, last + aWhile(random, 60))) + MINUTE, seat, host, opened.port)
}

/** A visit to the applications of the whole organisation, for look-alikes and attacks that only need some habit. */
export function ordinaryVisit(scribe: Scribe, random: Random, time: number, seat: Seat, application: string): void {
  enterApplication(scribe, time, seat, application)
  const page = pick(random, applicationNamed(application).resources)
  viewPage(scribe, time + aWhile(random, 2), seat, application, page, pageBytes(random))
}
