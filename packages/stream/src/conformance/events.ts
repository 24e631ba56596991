/** Events of all shapes, seeded, for checks that run over every feature and behaviour. */
import { createRandom, type Random } from '@heedful/detect'
import { enrich } from '../enrich/enrich.ts'
import type { Event } from '../event.ts'
import type { Seen } from '../features/feature.ts'
import type { Around } from '../memory/around.ts'
import { see } from '../observe.ts'

/** Names that break programs which keep user data in property names, or print it unescaped. */
export const HOSTILE = [
  'constructor',
  '__proto__',
  '$a',
  'toString',
  '',
  ' ',
  '\u0000',
  '\u202e',
  '\ud800',
  'a'.repeat(5000),
]

const START = 1_750_000_000_000
const pick = <T>(random: Random, values: readonly T[]): T => values[random.integer(values.length)] as T

/** `hostile`: about one value in ten is a hostile name. `unbounded`: values that never come again. */
export interface Mix {
  count: number
  seed: number
  hostile?: boolean
  unbounded?: boolean
}

export function* seenEvents({ count, seed, hostile, unbounded }: Mix, around: Around): Generator<Seen> {
  const random = createRandom(seed)
  const word = (kind: string, of: number): string => {
    if (hostile && random.next() < 0.1) return pick(random, HOSTILE)
    return `${kind}${unbounded ? random.integer(1e9) : random.integer(of)}`
  }
  let time = START
  for (let i = 0; i < count; i++) {
    // Mostly forward, now and then a little back, and at times a long silence.
    time +=
      random.next() < 0.1 ? -random.integer(60_000) : random.next() < 0.01 ? 20 * 86_400_000 : random.integer(7_200_000)
    const event = anyEvent(i, time, random, word)
    const name = event.user?.name ?? ''
    yield see(event, enrich(event, { hash: 'none' }), around, name, false)
  }
}

function anyEvent(i: number, time: number, random: Random, word: (kind: string, of: number) => string): Event {
  const failed = random.next() < 0.3
  const octets = () => `${1 + random.integer(200)}.${random.integer(250)}.${random.integer(4)}.${random.integer(250)}`
  return {
    id: `e${i}`,
    position: i,
    time,
    class: pick(random, ['authentication', 'authentication', 'authorize_session', 'file_activity', 'account_change']),
    activity: 'logon',
    status: failed ? 'failure' : 'success',
    count: random.next() < 0.02 ? 1 + random.integer(1000) : 1,
    user: { name: word('user', 3) },
    srcEndpoint: {
      ip: octets(),
      location: { country: word('C', 5), latitude: 180 * random.next() - 90, longitude: 360 * random.next() - 180 },
      autonomousSystem: { number: random.integer(8), name: word('net', 8) },
    },
    dstEndpoint: { hostname: word('host', 6) },
    userAgent: `${word('Agent', 3)}/1.0`,
    authMethod: word('method', 3),
    keyFingerprint: word('key', 3),
    service: word('service', 4),
    resource: `/${word('area', 3)}/${word('folder', 6)}/${word('file', 20)}`,
    bytesOut: Math.floor(Math.exp(20 * random.next())),
  }
}
