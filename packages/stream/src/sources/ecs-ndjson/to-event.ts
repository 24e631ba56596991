/** Sorted fields of a document → an event. */
import type { AutonomousSystem, Endpoint, Event, EventClass, Location, Status, User } from '../../event.ts'
import type { Fields } from '../json/paths.ts'
import { memberText, unmappedOf } from '../json/unmapped.ts'
import { readCount, readFlag, readIp, readNumber, readText, readTexts, TEXT } from '../json/values.ts'
import { wordOf } from '../json/words.ts'
import { classify, type Kind, type Said } from './classify.ts'
import { type Path, SLOT } from './fields.ts'

/** Happenings that one document may stand for. */
const MOST = 1_000_000

const at = (fields: Fields, slot: number): unknown => fields.values[slot]

const textAt = (fields: Fields, slot: number, longest?: number): string | undefined =>
  readText(fields.values[slot], longest)

/** The first of several paths that says something. */
function firstText(fields: Fields, slots: readonly number[], longest?: number): string | undefined {
  for (const slot of slots) {
    const text = textAt(fields, slot, longest)
    if (text !== undefined) return text
  }
  return undefined
}

function firstCount(fields: Fields, slots: readonly number[]): number | undefined {
  for (const slot of slots) {
    const count = readCount(at(fields, slot))
    if (count !== undefined) return count
  }
  return undefined
}

const USER_TYPES: ReadonlyMap<string, NonNullable<User['type']>> = new Map([
  ['user', 'user'],
  ['admin', 'admin'],
  ['administrator', 'admin'],
  ['superuser', 'admin'],
  ['system', 'system'],
  ['service', 'service'],
  ['service_account', 'service'],
])

function typeOf(fields: Fields, slots: readonly number[]): User['type'] {
  for (const slot of slots) {
    for (const word of readTexts(fields.values[slot])) {
      const type = USER_TYPES.get(wordOf(word))
      if (type !== undefined) return type
    }
  }
  return undefined
}

const NAMES = [SLOT['user.name'], SLOT['user.email'], SLOT['user.id']]
const DEPARTMENTS = [SLOT['labels.department'], SLOT['user.department'], SLOT['user.group.name'], SLOT['user.group']]
const TYPES = [SLOT['user.type'], SLOT['user.roles']]

/** Who the document is about: whoever acts. */
function principalOf(fields: Fields): User | undefined {
  const name = firstText(fields, NAMES)
  if (name === undefined) return undefined
  const user: User = { name }
  const domain = textAt(fields, SLOT['user.domain'])
  if (domain !== undefined) user.domain = domain
  const department = firstText(fields, DEPARTMENTS)
  if (department !== undefined) user.department = department
  const type = typeOf(fields, TYPES)
  if (type !== undefined) user.type = type
  return user
}

const OTHERS = [
  {
    name: SLOT['user.target.name'],
    domain: SLOT['user.target.domain'],
    department: SLOT['user.target.group.name'],
    types: [SLOT['user.target.roles']],
  },
  {
    name: SLOT['user.effective.name'],
    domain: SLOT['user.effective.domain'],
    department: SLOT['user.effective.group.name'],
    types: [SLOT['user.effective.roles']],
  },
]

/** Whose account is changed, or whose rights are used. */
function otherOf(fields: Fields): User | undefined {
  for (const slots of OTHERS) {
    const name = textAt(fields, slots.name)
    if (name === undefined) continue
    const user: User = { name }
    const domain = textAt(fields, slots.domain)
    if (domain !== undefined) user.domain = domain
    const department = textAt(fields, slots.department)
    if (department !== undefined) user.department = department
    const type = typeOf(fields, slots.types)
    if (type !== undefined) user.type = type
    return user
  }
  return undefined
}

const inRange = (value: number | undefined, most: number): value is number =>
  value !== undefined && value >= -most && value <= most

/** `{lat, lon}`, `"lat,lon"`, or `[lon, lat]` as GeoJSON has it. */
function coordinatesOf(fields: Fields): [number, number] | undefined {
  let latitude = readNumber(at(fields, SLOT['source.geo.location.lat']))
  let longitude = readNumber(at(fields, SLOT['source.geo.location.lon']))
  const point = at(fields, SLOT['source.geo.location'])
  if (Array.isArray(point)) [longitude, latitude] = [readNumber(point[0]), readNumber(point[1])]
  else if (typeof point === 'string') [latitude, longitude] = point.split(',', 2).map((part) => readNumber(part.trim()))
  return inRange(latitude, 90) && inRange(longitude, 180) ? [latitude, longitude] : undefined
}

function locationOf(fields: Fields): Location | undefined {
  const location: Location = {}
  const country = textAt(fields, SLOT['source.geo.country_iso_code'])?.toUpperCase()
  if (country !== undefined && /^[A-Z]{2}$/.test(country)) location.country = country
  const region = textAt(fields, SLOT['source.geo.region_name'])
  if (region !== undefined) location.region = region
  const city = textAt(fields, SLOT['source.geo.city_name'])
  if (city !== undefined) location.city = city
  const coordinates = coordinatesOf(fields)
  if (coordinates !== undefined) {
    location.latitude = coordinates[0]
    location.longitude = coordinates[1]
  }
  for (const _ in location) return location
  return undefined
}

function systemOf(fields: Fields): AutonomousSystem | undefined {
  const number = readCount(at(fields, SLOT['source.as.number']), 0xffff_ffff)
  if (number === undefined) return undefined
  const name = textAt(fields, SLOT['source.as.organization.name'])
  return name === undefined ? { number } : { number, name }
}

const isEmpty = (endpoint: Endpoint): boolean => {
  for (const _ in endpoint) return false
  return true
}

/** What is no address is kept as it was written. */
function keepUnread(fields: Fields, path: Path): void {
  const text = textAt(fields, SLOT[path])
  if (text !== undefined) fields.rest.push(memberText(path, text))
}

function sourceOf(fields: Fields): Endpoint | undefined {
  const endpoint: Endpoint = {}
  const ip =
    readIp(at(fields, SLOT['source.ip'])) ??
    readIp(at(fields, SLOT['source.address'])) ??
    readIp(at(fields, SLOT['client.ip']))
  if (ip !== undefined) endpoint.ip = ip
  else keepUnread(fields, 'source.ip')
  const port = readCount(at(fields, SLOT['source.port']) ?? at(fields, SLOT['client.port']), 65_535)
  if (port !== undefined) endpoint.port = port
  const name =
    textAt(fields, SLOT['source.domain']) ?? (ip === undefined ? textAt(fields, SLOT['source.address']) : undefined)
  if (name !== undefined) endpoint.hostname = name
  const location = locationOf(fields)
  if (location !== undefined) endpoint.location = location
  const system = systemOf(fields)
  if (system !== undefined) endpoint.autonomousSystem = system
  return isEmpty(endpoint) ? undefined : endpoint
}

const HOSTS = [SLOT['host.name'], SLOT['host.hostname'], SLOT['destination.domain']]

function destinationOf(fields: Fields): Endpoint | undefined {
  const endpoint: Endpoint = {}
  const ip = readIp(at(fields, SLOT['destination.ip'])) ?? readIp(at(fields, SLOT['host.ip']))
  if (ip !== undefined) endpoint.ip = ip
  const port = readCount(at(fields, SLOT['destination.port']), 65_535)
  if (port !== undefined) endpoint.port = port
  const hostname = firstText(fields, HOSTS)
  if (hostname !== undefined) endpoint.hostname = hostname
  return isEmpty(endpoint) ? undefined : endpoint
}

const SUCCESS = /success|succeeded|logged_in|allowed|granted/
const FAILURE = /fail|denied|reject|invalid|refused/

/** Where no outcome is given, an act that was recorded was done; only a log-in may as well have been tried in vain. */
function statusOf(outcome: string, { action }: Said, kind: Kind): Status {
  if (outcome === 'success' || outcome === 'failure') return outcome
  if (outcome !== '') return 'unknown'
  if (FAILURE.test(action)) return 'failure'
  const isAttempt = kind.activity === 'logon' || kind.class === 'other'
  return !isAttempt || SUCCESS.test(action) ? 'success' : 'unknown'
}

const UNKNOWN_USER =
  /(?:unknown|invalid|no_such|nonexist\w*)_(?:user|account)|(?:user|account)_(?:\w+_)?(?:not_found|unknown|not_exist)/

function saidOf(fields: Fields, service: string, hasOther: boolean): Said {
  return {
    kind: textAt(fields, SLOT['event.kind']) ?? '',
    categories: readTexts(at(fields, SLOT['event.category'])),
    types: readTexts(at(fields, SLOT['event.type'])),
    action: wordOf(textAt(fields, SLOT['event.action']) ?? ''),
    effective: hasOther || textAt(fields, SLOT['process.command_line']) !== undefined,
    service,
  }
}

function addPeople(event: Event, principal: User | undefined, other: User | undefined): void {
  if (other !== undefined && other.name !== principal?.name) {
    event.user = other
    if (principal !== undefined) event.actor = principal
  } else if (principal !== undefined) event.user = principal
}

const FINGERPRINTS = [
  SLOT['labels.key_fingerprint'],
  SLOT['tls.client.hash.sha256'],
  SLOT['tls.client.hash.sha1'],
  SLOT['tls.client.hash.md5'],
]

function addProof(event: Event, fields: Fields): void {
  const method = textAt(fields, SLOT['labels.auth_method'])
  if (method !== undefined) event.authMethod = method
  const fingerprint = firstText(fields, FINGERPRINTS)
  if (fingerprint !== undefined) event.keyFingerprint = fingerprint
  const mfa = readFlag(at(fields, SLOT['labels.mfa']))
  if (mfa !== undefined) event.isMfa = mfa
}

const SYSTEMS = [SLOT['user_agent.os.name'], SLOT['user_agent.os.full'], SLOT['host.os.name'], SLOT['host.os.full']]

function addDevice(event: Event, fields: Fields): void {
  const agent = textAt(fields, SLOT['user_agent.original'], TEXT)
  if (agent !== undefined) event.userAgent = agent
  const id = textAt(fields, SLOT['device.id'])
  const os = firstText(fields, SYSTEMS)
  if (id === undefined && os === undefined) return
  event.device = {}
  if (id !== undefined) event.device.id = id
  if (os !== undefined) event.device.os = os
}

const RESOURCES: Partial<Record<EventClass, readonly number[]>> = {
  file_activity: [SLOT['file.path'], SLOT['file.name'], SLOT['url.path']],
  account_change: [SLOT['group.name']],
}
const RESOURCE: readonly number[] = [
  SLOT['url.path'],
  SLOT['file.path'],
  SLOT['file.name'],
  SLOT['group.name'],
  SLOT['url.original'],
]

const BYTES_OUT = [SLOT['destination.bytes'], SLOT['http.response.bytes'], SLOT['http.response.body.bytes']]

const BYTES_IN = [SLOT['source.bytes'], SLOT['http.request.bytes'], SLOT['http.request.body.bytes']]

/** Bytes as the document says; of a file that is read or written, its size where nothing else is known. */
function addReach(event: Event, fields: Fields): void {
  const resource = firstText(fields, RESOURCES[event.class] ?? RESOURCE, TEXT)
  if (resource !== undefined) event.resource = resource
  const command = textAt(fields, SLOT['process.command_line'], TEXT)
  if (command !== undefined) event.command = command
  let out = firstCount(fields, BYTES_OUT)
  let into = firstCount(fields, BYTES_IN)
  if (out === undefined && into === undefined) {
    out = readCount(at(fields, SLOT['network.bytes']))
    const size = event.class === 'file_activity' ? readCount(at(fields, SLOT['file.size'])) : undefined
    if (out === undefined && event.activity === 'read') out = size
    else if (out === undefined && event.activity !== 'delete') into = size
  }
  if (out !== undefined) event.bytesOut = out
  if (into !== undefined) event.bytesIn = into
}

const REASONS = [SLOT['event.reason'], SLOT['error.message'], SLOT['error.code']]

function addReason(event: Event, fields: Fields): void {
  const reason = firstText(fields, REASONS)
  if (reason === undefined) return
  event.statusDetail = reason
  if (event.status === 'failure' && UNKNOWN_USER.test(wordOf(reason))) event.unknownUser = true
}

const MODULES = [SLOT['event.provider'], SLOT['event.module']]

const SERVICES = [
  SLOT['service.name'],
  SLOT['application.name'],
  SLOT['application'],
  SLOT['labels.application'],
  SLOT['process.name'],
]

export function toEvent(fields: Fields, time: number, lineId: () => string, position: number): Event {
  const service = firstText(fields, SERVICES)
  const other = otherOf(fields)
  const said = saidOf(fields, service ?? '', other !== undefined)
  const kind = classify(said)
  const event: Event = {
    id: textAt(fields, SLOT['event.id']) ?? lineId(),
    position,
    time,
    class: kind.class,
    activity: kind.activity,
    status: statusOf(textAt(fields, SLOT['event.outcome'])?.toLowerCase() ?? '', said, kind),
    count: Math.max(1, readCount(at(fields, SLOT['event.count']), MOST) ?? 1),
  }
  addPeople(event, principalOf(fields), other)
  const source = sourceOf(fields)
  if (source !== undefined) event.srcEndpoint = source
  const destination = destinationOf(fields)
  if (destination !== undefined) event.dstEndpoint = destination
  addProof(event, fields)
  addDevice(event, fields)
  const named = service ?? firstText(fields, MODULES)
  if (named !== undefined) event.service = named
  addReach(event, fields)
  addReason(event, fields)
  const unmapped = unmappedOf(fields.rest)
  if (unmapped !== undefined) event.unmapped = unmapped
  return event
}
