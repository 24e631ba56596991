/** A log of names, addresses and times that break programs: whatever is cut, sharded or packed, the conclusions are the same. */
import { decode, encode } from '@heedful/detect/contracts/codec'
import { createRandom } from '@heedful/detect/contracts/random'
import { describe, expect, it } from 'vitest'
import type { FoldMemory } from '../fold-memory.ts'
import type { LogRecord } from '../log.ts'
import { type Conclusions, openFold } from '../pipeline.ts'
import type { Settings } from '../settings.ts'
import { HOSTILE } from './events.ts'

/** The last days of a leap year's February, over the change of a year before it. */
const START = Date.UTC(2023, 11, 30)
const MINUTE = 60_000
const DAY = 1440 * MINUTE
const DAYS = 70

const NAMES = [...HOSTILE, 'Zo\u00eb', 'Zoe\u0308', 'ada', 'ADA', 'a\nb', '?0123456789abcdef', 'root']
const ADDRESSES = [
  '192.0.2.1',
  '::ffff:192.0.2.1',
  '::ffff:c000:201',
  'fe80::1%eth0',
  '2001:db8:1:2::1',
  '2001:DB8:1:2:0:0:0:2',
  '::1',
  '010.0.0.1',
  '999.1.1.1',
  '64:ff9b::192.0.2.1',
  'host.example',
  '10.1.2.3',
]

function records(): LogRecord[] {
  const random = createRandom(29)
  const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)] as T
  const door = { door: 1, name: 'door', format: 'ecs-ndjson', timezone: 'UTC' }
  const log: LogRecord[] = [{ kind: 'activate', what: 'door', hash: '', content: JSON.stringify(door) }]
  for (let time = START, i = 0; time < START + DAYS * DAY; time += 20 * MINUTE + random.integer(100 * MINUTE), i++) {
    log.push({ kind: 'tick', time })
    // Now and then a clock that is years behind: such lines may come, and must not stop the others' time.
    const stamp = random.next() < 0.02 ? time - 900 * DAY : time
    const line = JSON.stringify({
      '@timestamp': new Date(stamp).toISOString(),
      'event.category': [pick(['authentication', 'authentication', 'file', 'iam', 'session'])],
      'event.outcome': pick(['success', 'success', 'failure', 'unknown']),
      'event.action': pick(['logon', 'read', 'password_change', 'lock', 'logoff']),
      'event.count': pick([1, 1, 1, 40]),
      'user.name': pick(NAMES),
      ...(random.next() < 0.2 && { 'user.target.name': pick(NAMES) }),
      'labels.department': pick(NAMES),
      'source.ip': pick(ADDRESSES),
      'source.geo.country_iso_code': pick(['DE', 'FR', 'ZZ']),
      'host.name': pick(NAMES),
      'user_agent.original': pick(NAMES),
      'service.name': pick(NAMES),
      'file.path': `/${pick(NAMES)}/${pick(NAMES)}/${pick(NAMES)}`,
      'source.bytes': random.integer(1e9),
    })
    log.push({ kind: 'raw', door: 1, line, time: stamp, occurrence: i })
  }
  return log
}

const write = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  )

describe('the journey of hostile names', () => {
  const log = records()

  function conclude(shards: number, cutEvery = Number.POSITIVE_INFINITY) {
    const said: string[] = []
    const alerts = new Set<string>()
    const conclusions: Conclusions = {
      verdict: (verdict) => said.push(write(verdict)),
      alert: (alert) => {
        alerts.add(alert.id)
        said.push(write(alert))
      },
      deadLetter: (letter) => said.push(write(letter)),
    }
    const settings: Settings = {
      tenant: '__proto__',
      budgetPerDay: 500,
      warmupUntil: START + 14 * DAY,
      collectFrom: START + 7 * DAY,
      seed: 1,
      shards,
    }
    let fold = openFold(settings, { hash: 'none' }, conclusions)
    log.forEach((record, position) => {
      if (position > 0 && position % cutEvery === 0)
        fold = openFold(settings, { hash: 'none' }, conclusions, decode(encode(fold.save())) as unknown as FoldMemory)
      fold.step(record, position)
    })
    return { said, alerts: alerts.size, summary: fold.summary() }
  }

  const whole = conclude(1)

  it('reaches alerts, and says nothing that is no number or no word', () => {
    expect(whole.summary.events).toBeGreaterThan(1000)
    expect(whole.alerts).toBeGreaterThan(3)
    for (const said of whole.said)
      expect(said).not.toMatch(/"(text|observed|expected)":"[^"]*(NaN|undefined|Infinity|\[object)/)
  })

  it('takes the spellings of one address for one, and two spellings of a name for two', () => {
    // 192.0.2.1 three times; 2001:db8:1:2::/64 twice; the translator's address, loopback, link-local, private: each one.
    expect(whole.summary.addresses).toBe(6)
    expect(whole.summary.users).toBeGreaterThan(NAMES.length - 4)
  })

  it.each([2, 4])('is the same with %d shards', (shards) => expect(conclude(shards)).toEqual(whole))

  it.each([97, 1009])('is the same when memory is saved and loaded every %d records', (cutEvery) =>
    expect(conclude(1, cutEvery)).toEqual(whole),
  )
})
