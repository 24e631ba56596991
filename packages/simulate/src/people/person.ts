/** Everybody with an account: what stays true of them, and what changes on which day. Days are calendar days where they live. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint, User } from '@heedful/stream'
import type { City } from '../places/cities.ts'
import type { Network } from '../places/networks.ts'
import type { Office } from '../places/offices.ts'
import type { Application, Department } from './departments.ts'
import type { Device } from './devices.ts'

/** When somebody works. */
export interface Rhythm {
  /** Hours after local midnight that the day usually begins, and its spread. */
  start: number
  spread: number
  /** Hours of work, lunch included. */
  length: number
  /** Sunday first: works on that day of the week. */
  days: readonly boolean[]
  /** Shift workers: hours after midnight at which each week's shift begins, in turn. */
  shifts?: readonly number[]
  /** Hours that the beginning moves in 30 days: habits drift. */
  drift: number
}

export interface Home {
  city: City
  network: Network
  /** Draws the address of each lease. */
  random: Random
  from: number
}

/** Away on business or holiday, with the devices along. */
export interface Trip {
  /** First and last day away. */
  from: number
  to: number
  city: City
  network: Network
  hotel: string
  /** Hours after local midnight of `from` that the plane leaves and lands, on the clock of home. */
  leaves: number
  lands: number
  business: boolean
  lookAlike?: string
}

export interface Absence {
  from: number
  to: number
  lookAlike?: string
}

/** From `from` on, until the next entry of the same list. */
export interface Since<T> {
  from: number
  value: T
  lookAlike?: string
}

export interface Person {
  index: number
  name: string
  domain: string
  contractor: boolean
  random: Random
  office: Office
  departments: Since<Department>[]
  rhythm: Rhythm
  homeShare: number
  homes: Home[]
  carrier: Network
  /** City at which the carrier's gateway is placed. */
  gateway: City
  laptops: Since<Device>[]
  phones: Since<Device>[]
  /** A computer of their own, at home, that nobody manages. */
  privateLaptop?: Device
  /** Uses the phone for mail on the way and in the evening. */
  phoneShare: number
  /** First and last day in the organisation. */
  joined: number
  left: number
  absences: Absence[]
  trips: Trip[]
  /** Day from which sudo may be used; Infinity for most. */
  administratorFrom: number
  /** Chance that a typed password is wrong. */
  typing: number
  tastes: readonly { application: Application; weight: number }[]
  /** Folders of the department's share that the person uses. */
  folders: readonly string[]
  hosts: readonly string[]
  /** How much more than the median the person downloads. */
  volume: number
  /** How busy the person is: 1 is the mean of the department. */
  pace: number
  /** Sends everything through the company's tunnel when not in the office. */
  tunnel: boolean
  /** A tunnel of their own in another country, used now and then. */
  privateExit?: Endpoint
}

/** The entry in force on `day`. A list begins with an entry from −Infinity. */
export function since<T>(list: readonly Since<T>[], day: number): Since<T> {
  let found = list[0] as Since<T>
  for (const entry of list) if (entry.from <= day) found = entry
  return found
}

export function departmentOn(person: Person, day: number): Department {
  return since(person.departments, day).value
}

/** The person as an event names them. */
export function userOn(person: Person, day: number): User {
  const department = departmentOn(person, day).name
  const user: User = { name: person.name, domain: person.domain, department }
  // The directory knows the operators; rights on hosts are a matter of the hosts.
  if (department === 'operations') user.type = 'admin'
  return user
}

/** In the organisation and not on leave. */
export function isPresent(person: Person, day: number): boolean {
  if (day < person.joined || day > person.left) return false
  return !person.absences.some((absence) => day >= absence.from && day <= absence.to)
}

/** The look-alike of which `day` is one of the first two days back from a long leave. */
export function returnOn(person: Person, day: number): string | undefined {
  return person.absences.find((absence) => absence.lookAlike !== undefined && day > absence.to && day <= absence.to + 2)
    ?.lookAlike
}

export function tripOn(person: Person, day: number): Trip | undefined {
  return person.trips.find((trip) => day >= trip.from && day <= trip.to)
}
