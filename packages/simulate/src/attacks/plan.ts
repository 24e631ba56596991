/**
 * One visit with an account: by whom it belongs to, or by somebody else. Attack and look-alike fill in the same plan and
 * have it carried out by the same function.
 */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint, EntityRef } from '@heedful/stream'
import { MINUTE, SECOND, wall, weekday } from '../clock.ts'
import type { Scribe } from '../day/scribe.ts'
import {
  type Attempt,
  aWhile,
  enterApplication,
  openFile,
  pageBytes,
  pathOf,
  type Seat,
  viewPage,
} from '../day/session.ts'
import { comeIn, type WayIn } from '../day/shell.ts'
import {
  homeEndpoint,
  hotelEndpoint,
  officeAddress,
  officeEndpoint,
  startOf,
  tunnelAddress,
  whereabouts,
  zoneOn,
} from '../day/whereabouts.ts'
import { ordinaryVisit, workday } from '../day/workday.ts'
import { between, chance, pick, whole } from '../draw.ts'
import type { LabelledEvent } from '../labelled.ts'
import { APPLICATIONS, DEPARTMENTS } from '../people/departments.ts'
import type { Device } from '../people/devices.ts'
import { departmentOn, type Person, since, tripOn, userOn } from '../people/person.ts'
import type { Office } from '../places/offices.ts'
import type { World } from '../world.ts'

/** Something that is opened: a page of an application or a file of a department. */
export interface Target {
  application?: string
  page?: string
  path?: string
  denied?: boolean
}

export interface Plan {
  person: Person
  day: number
  time: number
  from: Endpoint
  device: Device
  /** Address inside, for somebody in the office. */
  inside?: string
  /** How to come in; absent for somebody whose session is already open. */
  door?: WayIn
  attempt: Attempt
  /** Visits to everyday applications first. */
  visits: number
  targets: Target[]
  /** Bytes taken away in all, and in how many files. */
  bytes: number
  files: number
  /** Where the files come from; the person's own folders where absent. */
  source?: { department: string; folder: string; document: string }
  /** Mean minutes between two actions. */
  pace: number
}

/** A plan of the person's own: usual device, where they are on that day, in the middle of work. */
export function ownPlan(world: World, random: Random, person: Person, day: number): Plan {
  const where = whereabouts(person, day)
  const trip = tripOn(person, day)
  const office = where === 'office'
  const plan: Plan = {
    person,
    day,
    time: middleOfWork(world, random, person, day),
    from: office
      ? officeEndpoint(person)
      : trip === undefined
        ? homeEndpoint(person, day)
        : hotelEndpoint(trip, person, day),
    device: since(person.laptops, day).value,
    attempt: { failures: 0 },
    visits: 0,
    targets: [],
    bytes: 0,
    files: 0,
    pace: 4,
  }
  if (office) plan.inside = officeAddress(person, day)
  else plan.door = person.tunnel ? 'vpn' : 'portal'
  return plan
}

/** A moment between the second hour of work and the last. */
export function middleOfWork(world: World, random: Random, person: Person, day: number): number {
  const start = startOf(person, day, world.firstDay, random)
  return wall(zoneOn(person, day), day, start + between(random, 1.5, Math.max(2, person.rhythm.length - 1.5)))
}

export function note(list: EntityRef[], type: EntityRef['type'], id: string | undefined): void {
  if (id !== undefined && !list.some((one) => one.type === type && one.id === id)) list.push({ type, id })
}

/** Writes the visit down. Returns the time at which it ended. */
export function carryOut(scribe: Scribe, random: Random, plan: Plan): number {
  const { person } = plan
  const seat: Seat = { user: userOn(person, plan.day), device: plan.device, from: plan.from }
  if (plan.inside !== undefined) seat.inside = plan.inside
  let time = plan.time
  if (plan.door !== undefined) {
    time = comeIn(scribe, random, time, seat, plan.door, plan.attempt)
    if (plan.attempt.givesUp) return time
    if (plan.door === 'vpn') seat.inside = tunnelAddress(random)
    // Whoever stands on the bastion reaches the servers inside from its address.
    else if (typeof plan.door !== 'string') seat.inside = bastionAddress(person.office)
  }
  for (let i = 0; i < plan.visits; i++) {
    time += aWhile(random, plan.pace)
    ordinaryVisit(scribe, random, time, seat, i === 0 ? 'mail' : pick(random, ['drive', 'wiki', 'chat', 'hr']))
  }
  for (const target of plan.targets) {
    time += aWhile(random, plan.pace)
    open(scribe, random, time, seat, plan, target)
  }
  return carryAway(scribe, random, time, seat, plan)
}

function shareOf(plan: Plan, seat: Seat): { host: string; inside: boolean } {
  const inside = seat.inside !== undefined
  return { host: inside ? `files-${plan.person.office.code}-01` : 'drive', inside }
}

function open(scribe: Scribe, random: Random, time: number, seat: Seat, plan: Plan, target: Target): void {
  const denied = target.denied ?? false
  if (target.path !== undefined) {
    const size = 500e3 * Math.exp(1.3 * random.normal())
    return openFile(
      scribe,
      time,
      seat,
      shareOf(plan, seat),
      target.path,
      denied ? { in: 400, out: 900 } : { in: 3e3, out: size },
      denied,
    )
  }
  if (target.application === undefined) return
  enterApplication(scribe, time, seat, target.application, denied)
  if (denied || target.page === undefined) return
  viewPage(scribe, time + aWhile(random, 1.5), seat, target.application, target.page, pageBytes(random))
}

function carryAway(scribe: Scribe, random: Random, start: number, seat: Seat, plan: Plan): number {
  if (plan.bytes <= 0) return start
  const department = departmentOn(plan.person, plan.day)
  let time = start
  const parts = Array.from({ length: plan.files }, () => 0.3 + random.exponential())
  const total = parts.reduce((sum, part) => sum + part, 0)
  for (const part of parts) {
    time += aWhile(random, plan.pace)
    const source = plan.source ?? {
      department: department.name,
      folder: pick(random, plan.person.folders),
      document: pick(random, [...department.documents, 'zip']),
    }
    const path = pathOf(source.department, source.folder, source.document, whole(random, 1, 30))
    const size = (plan.bytes * part) / total
    openFile(scribe, time, seat, shareOf(plan, seat), path, { in: 3e3, out: size })
    time += Math.min(20 * MINUTE, (size / 40e6) * SECOND)
  }
  return time
}

/** Things of other departments that nobody near `person` opens. */
export function foreignTargets(
  random: Random,
  person: Person,
  day: number,
  count: number,
  departments: number,
): Target[] {
  const own = departmentOn(person, day)
  const others = DEPARTMENTS.filter((one) => one !== own)
  const chosen = Array.from({ length: departments }, () => pick(random, others))
  const mine = new Set(own.applications.map(({ application }) => application))
  const applications = APPLICATIONS.filter((one) => !mine.has(one))
  return Array.from({ length: count }, () => {
    if (applications.length > 0 && chance(random, 0.35)) {
      const theirs = applications.filter((one) => chosen.some((d) => d.applications.some((a) => a.application === one)))
      const application = pick(random, theirs.length > 0 ? theirs : applications)
      return { application: application.name, page: pick(random, application.resources), denied: chance(random, 0.15) }
    }
    const department = pick(random, chosen)
    const folder = pick(random, department.folders)
    const document = pick(random, department.documents)
    return { path: pathOf(department.name, folder, document, whole(random, 1, 30)), denied: chance(random, 0.12) }
  })
}

/** What the account's owner does around `day`, in order of time. */
export function ownDays(world: World, person: Person, from: number, to: number): LabelledEvent[] {
  const out: LabelledEvent[] = []
  for (let day = from; day <= to; day++) workday(world, person, day, out)
  return out.sort((a, b) => a.event.time - b.event.time)
}

export function worksOn(person: Person, day: number): boolean {
  const where = whereabouts(person, day)
  return where === 'office' || where === 'home'
}

/** In the organisation for a while, in no shifts, working on that day (at the weekend: free), on no trip: habits are steady. */
export function isSteady(world: World, day: number): (person: Person) => boolean {
  const weekend = weekday(day) === 0 || weekday(day) === 6
  return (person) => {
    if (person.joined >= world.firstDay || person.left <= day + 5 || person.rhythm.shifts !== undefined) return false
    return worksOn(person, day) || (weekend && whereabouts(person, day) === 'free')
  }
}

/** Peers who work on that day. */
export function peersOf(world: World, person: Person, day: number): Person[] {
  const department = departmentOn(person, day)
  return world.organisation.people.filter(
    (one) => one !== person && departmentOn(one, day) === department && worksOn(one, day),
  )
}

/** Address inside of an office's exposed host. */
export function bastionAddress(office: Office): string {
  return `10.${10 + office.index}.1.11`
}

/** How a stranger, or somebody at home, comes in: people with hosts may use a shell. */
export function drawDoor(random: Random, person: Person): WayIn {
  if (person.hosts.length > 0 && chance(random, 0.3)) return { bastion: `bastion-${person.office.code}-01` }
  return chance(random, 0.55) ? 'portal' : 'vpn'
}
