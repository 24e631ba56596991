/** Draws an organisation: who works where, with which devices, from which homes, and what will change for them. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Endpoint } from '@heedful/stream'
import { between, chance, logNormal, pick, sample, weighted, whole } from '../draw.ts'
import { CITIES, type City, cityNamed } from '../places/cities.ts'
import { addressIn, endpointAt, HOSTING, networksOf } from '../places/networks.ts'
import { drawOffices, type Office } from '../places/offices.ts'
import { DEPARTMENTS, type Department } from './departments.ts'
import { drawDevice, LAPTOPS, PHONES } from './devices.ts'
import { accountNames } from './names.ts'
import type { Person, Since } from './person.ts'
import { drawAbsences, drawRhythm } from './rhythm.ts'
import { drawServices, type ServiceAccount } from './services.ts'

export interface Organisation {
  domain: string
  offices: readonly Office[]
  people: readonly Person[]
  services: readonly ServiceAccount[]
  /** Public addresses of the tunnel, by exit; each may change. */
  exits: readonly Since<Endpoint>[][]
  /** Name of a host → its address inside. */
  hosts: ReadonlyMap<string, string>
  /** First day of the week in which a department renews its passwords. */
  passwordWeeks: ReadonlyMap<string, number>
}

export interface Span {
  /** First and last calendar day. */
  first: number
  last: number
}

/** Hosts of a role in an office: `build-ber-01`. */
function hostNames(offices: readonly Office[], users: number): Map<string, string> {
  const hosts = new Map<string, string>()
  const roles = new Map<string, number>([
    ['files', 1],
    ['bastion', 1],
  ])
  for (const department of DEPARTMENTS) for (const role of department.hostRoles) roles.set(role, users > 150 ? 3 : 2)
  for (const office of offices) {
    let number = 10
    for (const [role, count] of roles) {
      for (let n = 1; n <= count; n++)
        hosts.set(`${role}-${office.code}-0${n}`, `10.${10 + office.index}.1.${number++}`)
    }
  }
  return hosts
}

function hostsOf(random: Random, department: Department, office: Office, hosts: ReadonlyMap<string, string>): string[] {
  const here = [...hosts.keys()].filter((name) => {
    const [role, code] = name.split('-')
    return code === office.code && department.hostRoles.includes(role as string)
  })
  const wanted = department.name === 'operations' ? here.length : whole(random, 1, 4)
  return sample(random, here, wanted)
}

function drawHomeNetwork(random: Random, city: City) {
  return weighted(random, networksOf(city.country, 'home'), (network) => (network.leaseDays > 10 ? 2 : 1.5))
}

/** Exits of the tunnel: one or two places for everybody, so that some people leave it in another country. */
function drawExits(random: Random, offices: readonly Office[]): Since<Endpoint>[][] {
  return offices.slice(0, Math.max(2, Math.ceil(offices.length / 2))).map((office) => {
    const network = pick(random, networksOf(office.city.country, 'business'))
    const endpoint = endpointAt(addressIn(network, office.city, random), network, office.city)
    return [{ from: Number.NEGATIVE_INFINITY, value: endpoint }]
  })
}

/** A tunnel that somebody pays for privately: shared by many, often in another country. */
export function privateExit(random: Random): Endpoint {
  const network = pick(
    random,
    HOSTING.filter((one) => one.number === 9009 || one.number === 212238 || one.number === 60781),
  )
  const city = cityNamed(pick(random, ['Amsterdam', 'London', 'Frankfurt am Main', 'New York', 'Bucharest', 'Paris']))
  return endpointAt(addressIn(network, city, random, 64), network, city)
}

/** Departments of one size each get their people in turn, so that small organisations have all the large ones. */
function drawDepartment(random: Random, index: number): Department {
  if (index % 19 === 7) return DEPARTMENTS.find((one) => one.name === 'operations') as Department
  return weighted(random, DEPARTMENTS, (one) => one.size)
}

function drawDepartments(random: Random, first: Department, span: Span): Since<Department>[] {
  const list: Since<Department>[] = [{ from: Number.NEGATIVE_INFINITY, value: first }]
  if (first.name !== 'operations' && chance(random, 0.0006 * (span.last - span.first))) {
    list.push({ from: whole(random, span.first, span.last), value: weighted(random, DEPARTMENTS, (one) => one.size) })
  }
  return list
}

function drawPerson(
  random: Random,
  index: number,
  name: string,
  contractor: boolean,
  offices: readonly Office[],
  hosts: ReadonlyMap<string, string>,
  span: Span,
): Person {
  const department = drawDepartment(random.split('department'), index)
  const life = random.split('life')
  const office = weighted(life, offices, (one) => one.size)
  const city = pick(life, office.around)
  const length = span.last - span.first
  const joins = chance(life, 0.0011 * length)
  const leaves = !joins && chance(life, 0.0008 * length)
  const things = random.split('things')
  const managed = chance(things, 0.72)
  const phone = drawDevice(things, PHONES, managed)
  const laptop = drawDevice(things, LAPTOPS, !contractor || chance(things, 0.3))
  const folders = sample(life, department.folders, whole(life, 2, 4))
  const favourites = department.applications.map(({ application, weight }) => ({
    application,
    weight: weight * Math.exp(0.6 * life.normal()),
  }))
  const carriers = networksOf(office.city.country, 'mobile')
  const gateways = CITIES.filter((one) => one.country === office.city.country)
  const person: Person = {
    index,
    name,
    domain: contractor ? 'partners' : 'corp',
    contractor,
    random,
    office,
    departments: drawDepartments(life, department, span),
    rhythm: drawRhythm(random.split('rhythm'), department.name),
    homeShare: Math.min(0.95, Math.max(0, contractor ? 0.85 : department.homeShare + 0.3 * life.normal())),
    homes: [
      { city, network: drawHomeNetwork(life, city), random: random.split('home'), from: Number.NEGATIVE_INFINITY },
    ],
    carrier: pick(life, carriers),
    gateway: pick(life, gateways),
    laptops: [{ from: Number.NEGATIVE_INFINITY, value: laptop }],
    phones: [{ from: Number.NEGATIVE_INFINITY, value: phone }],
    phoneShare: life.next() * 0.75,
    joined: joins ? whole(life, span.first + 1, span.last) : Number.NEGATIVE_INFINITY,
    left: leaves ? whole(life, span.first + 1, span.last) : Number.POSITIVE_INFINITY,
    absences: drawAbsences(random.split('absences'), span),
    trips: [],
    administratorFrom: chance(life, department.administrators) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
    typing: Math.min(0.25, logNormal(life, 0.036, 0.7)),
    tastes: favourites,
    folders,
    hosts: hostsOf(life, department, office, hosts),
    volume: logNormal(life, 1, 0.6),
    pace: logNormal(life, 0.95, 0.3),
    tunnel: chance(life, 0.55),
  }
  if (chance(life, 0.14)) person.privateLaptop = drawDevice(random.split('private laptop'), LAPTOPS, false)
  if (chance(life, 0.03)) person.privateExit = privateExit(random.split('exit'))
  if (chance(life, 0.0004 * length)) {
    const to = pick(life, office.around)
    const moved = {
      city: to,
      network: drawHomeNetwork(life, to),
      random: random.split('new home'),
      from: whole(life, span.first, span.last),
    }
    person.homes.push(moved)
  }
  return person
}

export function drawOrganisation(random: Random, users: number, span: Span): Organisation {
  const offices = drawOffices(random.split('offices'), users)
  const hosts = hostNames(offices, users)
  const naming = accountNames(random.split('names'))
  const kinds = random.split('contractors')
  const people: Person[] = []
  for (let index = 0; index < users; index++) {
    const contractor = chance(kinds, 0.06)
    people.push(
      drawPerson(random.split('person').split(index), index, naming(contractor), contractor, offices, hosts, span),
    )
  }
  const weeks = random.split('password weeks')
  const passwordWeeks = new Map<string, number>()
  for (const department of DEPARTMENTS) {
    passwordWeeks.set(department.name, span.first + Math.floor(between(weeks, 0, 90)))
  }
  return {
    domain: 'corp',
    offices,
    people,
    services: drawServices(random.split('services'), offices, hosts, users, span),
    exits: drawExits(random.split('exits'), offices),
    hosts,
    passwordWeeks,
  }
}
