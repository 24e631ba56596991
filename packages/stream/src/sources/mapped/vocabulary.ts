/** The fields of an event that a mapping can fill, by their outward names, and how a text becomes each of them. */
import type { Endpoint, Event, EventClass, Location, Status, User } from '../../event.ts'
import { readCount, readFlag, readIp, readNumber, readText } from '../json/values.ts'
import { wordOf } from '../json/words.ts'

export const CLASSES: readonly EventClass[] = [
  'authentication',
  'authorize_session',
  'account_change',
  'file_activity',
  'application_activity',
  'other',
]
export const STATUSES: readonly Status[] = ['success', 'failure', 'unknown']
export const USER_TYPES: readonly NonNullable<User['type']>[] = ['user', 'admin', 'system', 'service']

/** Happenings that one record may stand for. */
const MOST = 1_000_000

/** An event while it is filled: parts without what makes them whole (a user without a name) are dropped at the end. */
export interface Draft {
  event: Event
  user: Partial<User>
  actor: Partial<User>
  source: Endpoint
  destination: Endpoint
  location: Location
  system: { number?: number; name?: string }
}

/** Puts a text that is not empty into its place; false where it is nothing of the kind. */
export type Fill = (draft: Draft, text: string) => boolean

export interface FieldKind {
  fill: Fill
  /** All that it may be, where that is a list: checked in constants and tables. */
  values?: readonly string[]
}

const among = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text.toLowerCase())

/** Keeps a value that is one, and says whether it was. */
function kept<T>(value: T | undefined, keep: (value: T) => void): boolean {
  if (value === undefined) return false
  keep(value)
  return true
}

type TextKey =
  | 'id'
  | 'authMethod'
  | 'keyFingerprint'
  | 'service'
  | 'statusDetail'
  | 'userAgent'
  | 'resource'
  | 'command'

const text = (key: TextKey): FieldKind => ({
  fill: (draft, value) => kept(value, (one) => (draft.event[key] = one)),
})

const chosen = <T extends string>(values: readonly T[], keep: (draft: Draft, value: T) => void): FieldKind => ({
  values,
  fill: (draft, value) => kept(among(values, value), (one) => keep(draft, one)),
})

const bytes = (key: 'bytesOut' | 'bytesIn'): FieldKind => ({
  fill: (draft, value) => kept(readCount(value), (count) => (draft.event[key] = count)),
})

const flag = (key: 'isMfa' | 'unknownUser'): FieldKind => ({
  fill: (draft, value) => kept(readFlag(value), (one) => (draft.event[key] = one)),
})

const person = (who: 'user' | 'actor'): [string, FieldKind][] => [
  ...(['name', 'domain', 'department'] as const).map((key): [string, FieldKind] => [
    `${who}.${key}`,
    { fill: (draft, value) => kept(readText(value), (one) => (draft[who][key] = one)) },
  ]),
  [`${who}.type`, chosen(USER_TYPES, (draft, type) => (draft[who].type = type))],
]

/** `203.0.113.9`, `203.0.113.9:443`, `[2001:db8::7]:443`; a text that is no address is a name. */
function fillAddress(endpoint: Endpoint, value: string): boolean {
  const ip = readIp(value)
  if (ip !== undefined) {
    endpoint.ip = ip
    return true
  }
  const found = /^(\[[^\]]{2,48}\]|[^:]{7,15}):(\d{1,5})$/.exec(value.slice(0, 64))
  const bare = readIp(found?.[1])
  if (bare === undefined) return kept(readText(value), (name) => (endpoint.hostname ??= name))
  endpoint.ip = bare
  const port = readCount(found?.[2], 65_535)
  if (port !== undefined) endpoint.port ??= port
  return true
}

const endpoint = (name: string, part: 'source' | 'destination'): [string, FieldKind][] => [
  [`${name}.ip`, { fill: (draft, value) => fillAddress(draft[part], value) }],
  [`${name}.port`, { fill: (draft, value) => kept(readCount(value, 65_535), (port) => (draft[part].port = port)) }],
  [`${name}.hostname`, { fill: (draft, value) => kept(readText(value), (host) => (draft[part].hostname = host)) }],
]

const within = (value: string, most: number): number | undefined => {
  const number = readNumber(value)
  return number === undefined || Math.abs(number) > most ? undefined : number
}

const PLACE: [string, FieldKind][] = [
  [
    'src_endpoint.location.country',
    {
      fill: (draft, value) =>
        kept(/^[a-z]{2}$/i.test(value) ? value.toUpperCase() : undefined, (code) => (draft.location.country = code)),
    },
  ],
  [
    'src_endpoint.location.region',
    { fill: (draft, value) => kept(readText(value), (region) => (draft.location.region = region)) },
  ],
  [
    'src_endpoint.location.city',
    { fill: (draft, value) => kept(readText(value), (city) => (draft.location.city = city)) },
  ],
  [
    'src_endpoint.location.latitude',
    { fill: (draft, value) => kept(within(value, 90), (degrees) => (draft.location.latitude = degrees)) },
  ],
  [
    'src_endpoint.location.longitude',
    { fill: (draft, value) => kept(within(value, 180), (degrees) => (draft.location.longitude = degrees)) },
  ],
  [
    'src_endpoint.autonomous_system.number',
    {
      fill: (draft, value) =>
        kept(readCount(value.replace(/^AS/i, ''), 0xffff_ffff), (number) => (draft.system.number = number)),
    },
  ],
  [
    'src_endpoint.autonomous_system.name',
    { fill: (draft, value) => kept(readText(value), (name) => (draft.system.name = name)) },
  ],
]

const device = (key: 'id' | 'os'): FieldKind => ({
  fill: (draft, value) => kept(readText(value), (one) => (draft.event.device = { ...draft.event.device, [key]: one })),
})

/** By outward name. `time` is apart: a clock reads it. */
export const FIELDS: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ['id', text('id')],
  ['class', chosen(CLASSES, (draft, value) => (draft.event.class = value))],
  ['activity', { fill: (draft, value) => kept(wordOf(value) || undefined, (word) => (draft.event.activity = word)) }],
  ['status', chosen(STATUSES, (draft, value) => (draft.event.status = value))],
  ['status_detail', text('statusDetail')],
  [
    'count',
    { fill: (draft, value) => kept(readCount(value, MOST), (count) => (draft.event.count = Math.max(1, count))) },
  ],
  ...person('user'),
  ...person('actor'),
  ...endpoint('src_endpoint', 'source'),
  ...PLACE,
  ...endpoint('dst_endpoint', 'destination'),
  ['auth_method', text('authMethod')],
  ['key_fingerprint', text('keyFingerprint')],
  ['is_mfa', flag('isMfa')],
  ['user_agent', text('userAgent')],
  ['device.id', device('id')],
  ['device.os', device('os')],
  ['service', text('service')],
  ['resource', text('resource')],
  ['command', text('command')],
  ['bytes_out', bytes('bytesOut')],
  ['bytes_in', bytes('bytesIn')],
  ['unknown_user', flag('unknownUser')],
])
