/** Where somebody is on a day, and the addresses that they have there. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { weekday } from '../clock.ts'
import { between, chance } from '../draw.ts'
import type { Organisation } from '../people/organisation.ts'
import { type Home, isPresent, type Person, since, type Trip, tripOn } from '../people/person.ts'
import type { City } from '../places/cities.ts'
import { addressIn, endpointAt, mobileEndpoint } from '../places/networks.ts'
import { isHoliday } from '../places/offices.ts'

export type Whereabouts = 'away' | 'free' | 'office' | 'home' | 'trip'

/** `away`: not working at all; `free`: a day off, on which some look at their mail. */
export function whereabouts(person: Person, day: number): Whereabouts {
  if (!isPresent(person, day)) return 'away'
  const trip = tripOn(person, day)
  if (trip !== undefined) return 'trip'
  if (!person.rhythm.days[weekday(day)]) return 'free'
  if (isHoliday(person.office.city.country, day) && person.rhythm.shifts === undefined) return 'free'
  return chance(person.random.split('where').split(day), person.homeShare) ? 'home' : 'office'
}

export function homeOn(person: Person, day: number): Home {
  let found = person.homes[0] as Home
  for (const home of person.homes) if (home.from <= day) found = home
  return found
}

/** The home's address on a day: providers hand out a new one now and then, some every night. */
export function homeEndpoint(person: Person, day: number): Endpoint {
  const home = homeOn(person, day)
  const days = Math.max(1, home.network.leaseDays)
  const lease = Math.floor((day + ((person.index % 97) / 97) * days) / days)
  return endpointAt(addressIn(home.network, home.city, home.random.split(lease)), home.network, home.city)
}

export function hotelEndpoint(trip: Trip, person: Person, day: number): Endpoint {
  const random = person.random.split(`hotel ${trip.from}`).split(Math.floor(day / 3))
  return endpointAt(addressIn(trip.network, trip.city, random, 256), trip.network, trip.city)
}

export function phoneEndpoint(person: Person, random: Random): Endpoint {
  return mobileEndpoint(person.carrier, person.office.city, person.gateway, random)
}

export function officeEndpoint(person: Person): Endpoint {
  return person.office.egress[person.index % person.office.egress.length] as Endpoint
}

/** Address of the laptop in the office's network: kept for a week or so. */
export function officeAddress(person: Person, day: number): string {
  const lease = person.random.split('lan').split(Math.floor((day + (person.index % 9)) / 9))
  return `10.${10 + person.office.index}.${20 + lease.integer(8)}.${2 + lease.integer(250)}`
}

/** Address that the tunnel gives for one session. */
export function tunnelAddress(random: Random): string {
  return `10.250.${random.integer(8)}.${2 + random.integer(250)}`
}

export function exitOn(
  organisation: Organisation,
  person: Person,
  day: number,
): { value: Endpoint; lookAlike?: string } {
  const exits = organisation.exits
  return since(exits[person.office.index % exits.length] as (typeof exits)[number], day)
}

/** Zone in which the person's clock runs. */
export function zoneOn(person: Person, day: number): string {
  return tripOn(person, day)?.city.zone ?? person.office.city.zone
}

/** Hours after local midnight at which the person's work begins. */
export function startOf(person: Person, day: number, firstDay: number, random: Random): number {
  const { rhythm } = person
  if (rhythm.shifts !== undefined) {
    const week = Math.floor((day + 3) / 7)
    return (rhythm.shifts[(week + person.index) % rhythm.shifts.length] as number) + rhythm.spread * random.normal()
  }
  const drift = (rhythm.drift * (day - firstDay)) / 30
  return Math.max(
    4.5,
    rhythm.start + drift + rhythm.spread * random.normal() + (chance(random, 0.04) ? between(random, 1, 2.5) : 0),
  )
}

export function townOf(person: Person, day: number): City {
  return tripOn(person, day)?.city ?? homeOn(person, day).city
}
