import { encode } from '@heedful/detect/contracts/codec'
import { expect, it } from 'vitest'
import { type Fold, openFold } from './pipeline.ts'

/** Monday. */
const START = Date.UTC(2026, 2, 2, 9)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const bytesOf = (fold: Fold): string => Buffer.from(encode(fold.save())).toString('base64')

const logon = (user: string, department: string, host: string, time: number): string =>
  JSON.stringify({
    '@timestamp': new Date(time).toISOString(),
    'event.category': ['authentication'],
    'event.outcome': 'success',
    'event.action': 'logon',
    'user.name': user,
    'user.group.name': department,
    'host.name': host,
    'source.ip': '203.0.113.7',
  })

/** Log-ins at 9 and 10 on Monday and Tuesday: ada three times on `dev`, once on `vault`; eve and bob of her department on `dev`. */
function foldOf(asked: (fold: Fold) => void): Fold {
  const fold = openFold(
    { tenant: 'tenant', budgetPerDay: 20, warmupUntil: START, collectFrom: START, seed: 1, shards: 2 },
    { hash: 'none' },
    {},
  )
  const door = { door: 1, name: 'test', format: 'ecs-ndjson', timezone: 'UTC' }
  fold.step({ kind: 'activate', what: 'door', hash: '', content: JSON.stringify(door) }, 0)
  let position = 1
  for (const [at, host] of [
    [0, 'dev'],
    [1, 'dev'],
    [24, 'dev'],
    [25, 'vault'],
  ] as const) {
    const time = START + at * HOUR
    fold.step({ kind: 'tick', time }, position++)
    for (const user of ['ada', 'bob', 'eve']) {
      const line = logon(user, 'engineering', user === 'ada' ? host : 'dev', time)
      fold.step({ kind: 'raw', door: 1, line, time, occurrence: 0 }, position++)
      asked(fold)
    }
  }
  for (let i = 1; i <= 6; i++) fold.step({ kind: 'tick', time: START + 26 * HOUR + i * MINUTE }, position++)
  return fold
}

it('says what somebody is used to, beside what their peers have', () => {
  const portrait = foldOf(() => undefined).portrait({ type: 'user', id: 'ada' })
  expect(portrait).toMatchObject({ first: START, last: START + 25 * HOUR, lessons: 4 })
  const hosts = portrait?.habits.find(({ feature }) => feature === 'host')
  expect(hosts?.summary).toMatch(/\.$/)
  const [dev, vault] = hosts?.values ?? []
  expect(dev).toEqual({ value: 'dev', share: expect.closeTo(0.75, 1), peersShare: 1 })
  expect(vault).toEqual({ value: 'vault', share: expect.closeTo(0.25, 1), peersShare: 0 })
})

it('says in which hours of the week somebody is active', () => {
  const { hours = [] } = foldOf(() => undefined).portrait({ type: 'user', id: 'ada' }) ?? {}
  const active = hours.flatMap((share, hour) => (share > 0 ? [[hour, share]] : []))
  expect(active.map(([hour]) => hour)).toEqual([9, 10, 33, 34])
  // What was a day ago has faded by a little.
  for (const [, share] of active) expect(share).toBeCloseTo(0.25, 1)
})

it('knows whose memory an address is, and nobody who is a stranger', () => {
  const fold = foldOf(() => undefined)
  expect(fold.portrait({ type: 'address', id: '203.0.113.7' })?.entity.id).toBe('203.0.113.7')
  expect(fold.portrait({ type: 'user', id: '__proto__' })).toBeUndefined()
})

it('changes nothing, also of memory at rest', () => {
  const ask = (fold: Fold) => {
    for (const id of ['ada', 'bob', 'nobody']) fold.portrait({ type: 'user', id })
    fold.portrait({ type: 'host', id: 'dev' })
  }
  const asked = foldOf(ask)
  const quiet = foldOf(() => undefined)
  expect(bytesOf(asked)).toBe(bytesOf(quiet))
  // Saving puts all memory to rest.
  const before = asked.portrait({ type: 'user', id: 'ada' })
  expect(asked.portrait({ type: 'user', id: 'ada' })).toEqual(before)
  expect(bytesOf(asked)).toBe(bytesOf(quiet))
})
