/** Random but repeatable events about one person, host and address: ordinary ones, and ones with names that hurt. */
import { createRandom, type Random } from '@heedful/detect'
import { enrich } from '@heedful/stream/enrich/enrich'
import type { Lookup } from '@heedful/stream/enrich/lookup'
import type { Event } from '@heedful/stream/event'
import type { Seen } from '@heedful/stream/features/feature'
import { Around } from '@heedful/stream/memory/around'
import { see } from '@heedful/stream/observe'

/** Names that some program somewhere mistook for something else. */
export const HOSTILE_NAMES = [
  'constructor',
  '__proto__',
  'toString',
  '$a',
  '',
  ' ',
  '\n',
  'a\nb\nc',
  '\u0000',
  '\ud800',
  'é'.repeat(40),
  '0',
  '-1',
  '../../etc/passwd',
]

const CITIES = [
  { country: 'DE', city: 'Berlin', latitude: 52.5, longitude: 13.4 },
  { country: 'FR', city: 'Paris', latitude: 48.9, longitude: 2.4 },
  { country: 'AU', city: 'Sydney', latitude: -33.9, longitude: 151.2 },
] as const

/** Addresses get a city and a network by their last number. */
const lookup: Lookup = {
  hash: 'wandering',
  location: (ip) => CITIES[Number(ip.split('.')[3]) % 4],
  autonomousSystem: (ip) => ({ number: 64_500 + (Number(ip.split('.')[2]) % 20), name: 'EXAMPLE' }),
}

const pick = <T>(random: Random, of: readonly T[]): T => of[random.integer(of.length)] as T

/** A value from a small habit, now and then a new one, and with `hostile` one that hurts. */
function name(random: Random, kind: string, hostile: boolean): string {
  if (hostile && random.next() < 0.5) return pick(random, HOSTILE_NAMES)
  return `${kind}${random.next() < 0.7 ? random.integer(4) : random.integer(100_000)}`
}

const CLASSES = [
  'authentication',
  'authentication',
  'authentication',
  'authorize_session',
  'account_change',
  'file_activity',
] as const

function wanderingEvent(random: Random, at: number, time: number, hostile: boolean): Event {
  const word = (kind: string): string => name(random, kind, hostile)
  const eventClass = pick(random, CLASSES)
  const event: Event = {
    id: `e${at}`,
    position: at,
    time,
    class: eventClass,
    activity:
      eventClass === 'authentication' ? 'logon' : eventClass === 'authorize_session' ? 'assign_privileges' : 'update',
    status: pick(random, ['success', 'success', 'success', 'failure', 'unknown']),
    count: random.next() < 0.95 ? 1 : 1 + random.integer(1000),
    user: { name: word('user') },
    srcEndpoint: { ip: `${1 + random.integer(220)}.9.${random.integer(200)}.${random.integer(250)}` },
    dstEndpoint: { hostname: word('host') },
    service: word('service'),
    authMethod: word('method'),
    userAgent: hostile ? word('agent') : `curl/${1 + random.integer(9)}.0`,
  }
  if (random.next() < 0.3) event.keyFingerprint = word('key')
  if (random.next() < 0.3) event.resource = word('resource')
  if (random.next() < 0.2) event.actor = { name: word('actor') }
  if (random.next() < 0.3)
    event.bytesOut = random.next() < 0.9 ? random.integer(1_000_000) : random.integer(4_000_000_000)
  if (random.next() < 0.1) delete event.srcEndpoint
  return event
}

/** `count` events in the order of time, some at the same moment, some after weeks of silence. */
export function wander(seed: number | string, count: number, hostile = false): Seen[] {
  const random = createRandom(seed)
  const around = new Around()
  const seen: Seen[] = []
  let time = Date.UTC(2026, 0, 5, 8)
  for (let i = 0; i < count; i++) {
    const gap = random.next()
    if (gap > 0.2) time += Math.floor(random.exponential() * (gap > 0.99 ? 20 * 86_400_000 : 1_200_000))
    const event = wanderingEvent(random, i, time, hostile)
    seen.push(see(event, enrich(event, lookup), around, event.user?.name ?? '', false))
  }
  return seen
}
