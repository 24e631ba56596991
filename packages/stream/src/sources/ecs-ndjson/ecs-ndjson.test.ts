import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drive } from '../../conformance/drive-source.ts'
import { readDate } from '../json/date.ts'
import { ecsNdjson } from './ecs-ndjson.ts'
import { readTimestamp } from './timestamp.ts'

const UTC = { timezone: 'UTC', year: 0 }
const STAMP = '"@timestamp":"2024-02-29T08:00:00Z"'
const parse = (line: string) => drive(ecsNdjson, [line], UTC)
const only = (line: string) => parse(line).events[0]

test.each([
  ['2024-02-29T08:00:00Z', '2024-02-29T08:00:00.000Z'],
  ['2024-02-29T08:00:00.123456789+01:00', '2024-02-29T07:00:00.123Z'],
  ['2024-02-29T08:00:00', '2024-02-29T08:00:00.000Z'],
  ['1709193600000', '2024-02-29T08:00:00.000Z'],
  [1709193600000.9, '2024-02-29T08:00:00.000Z'],
])('%j is a date', (value, expected) => expect(new Date(readDate(value)).toISOString()).toBe(expected))

test.each([
  '2023-02-29T08:00:00Z',
  '2024-02-29T08:00:00Zjunk',
  '2024-02-29T25:00:00Z',
  '2024-02-29',
  '',
  'NaN',
  1e300,
  null,
  true,
  {},
  [],
])('%j is none', (value) => expect(readDate(value)).toBeNaN())

test('the scan for the stamp says what parsing says', () => {
  const keys = fc.constantFrom('@timestamp', 'a', 'b"', '"@timestamp":"1999-01-01T00:00:00Z"', 'a\\')
  const values = fc.constantFrom<unknown>(
    '2024-02-29T08:00:00Z',
    'x',
    { '@timestamp': '1999-01-01T00:00:00Z' },
    ['@timestamp', { '@timestamp': 1 }],
    '\\"@timestamp":"',
    5,
    '{',
    '"',
  )
  const documents = fc.array(fc.tuple(keys, values), { maxLength: 6 })
  fc.assert(
    fc.property(documents, fc.boolean(), (members, spaced) => {
      const glue = spaced ? ' : ' : ':'
      const line = `{${members.map(([key, value]) => JSON.stringify(key) + glue + JSON.stringify(value)).join(',')}}`
      const parsed = new Map(Object.entries(JSON.parse(line) as object)).get('@timestamp')
      expect(readTimestamp(line)).toBe(readDate(parsed))
    }),
    { numRuns: 3000, seed: 3 },
  )
})

test('a nested bomb is refused, and does not crash', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const depth = 100_000
    const bomb = `{${STAMP},"x":${open.repeat(depth)}1${close.repeat(depth)}}`
    expect(parse(bomb).refused[0]?.reason).toBe('json_too_deep')
    expect(parse(`{${STAMP},"user":${open.repeat(depth)}1${close.repeat(depth)}}`).refused[0]?.reason).toBe(
      'json_too_deep',
    )
  }
  expect(parse(`{${STAMP},"x":${'['.repeat(500_000)}`).refused[0]?.reason).toBe('json_invalid')
})

test("keys that are names of an object's own machinery are data like any other", () => {
  const event = only(
    `{${STAMP},"__proto__":{"name":"x"},"constructor":1,"toJSON":2,"user":{"__proto__":{"name":"evil"},"name":"a"},"source.__proto__":3}`,
  )
  expect(event?.user).toEqual({ name: 'a' })
  expect(JSON.parse(event?.unmapped ?? '')).toHaveProperty('constructor', 1)
  expect(event?.unmapped).toContain('"__proto__":{"name":"x"}')
  expect(({} as Record<string, unknown>)['name']).toBeUndefined()
})

test('nested and dotted documents say the same', () => {
  const nested = only(
    `{${STAMP},"event":{"id":"1","category":["file"]},"source":{"geo":{"location":{"lat":1,"lon":"2"}},"ip":"10.0.0.1"},"user":{"name":"a"}}`,
  )
  const dotted = only(
    `{${STAMP},"event.id":"1","event.category":"file","source.geo.location.lat":"1","source.geo":{"location.lon":2},"source.ip":["10.0.0.1"],"user.name":"a"}`,
  )
  expect(dotted).toEqual(nested)
})

test('what is unknown is kept as text, within bounds', () => {
  const members = Array.from({ length: 3000 }, (_, at) => `"custom${at}":${at}`).join(',')
  const unmapped = only(`{${STAMP},${members}}`)?.unmapped ?? ''
  expect(unmapped.length).toBeLessThan(17_000)
  expect(JSON.parse(unmapped)).toMatchObject({ custom0: 0, _dropped: expect.any(Number) })
})

test('absurd values are left out, the event stays', () => {
  const event = only(
    `{${STAMP},"event":{"category":"authentication","count":1e99,"outcome":["success"]},"source":{"ip":"1.2.3","port":-1,"bytes":"-5","geo":{"country_iso_code":"DEU","location":{"lat":91,"lon":0}},"as":{"number":"x"}},"user":{"name":"${'u'.repeat(5000)}"}}`,
  )
  expect(event).toMatchObject({ status: 'success', count: 1, unmapped: '{"source.ip":"1.2.3"}' })
  expect(event?.srcEndpoint).toBeUndefined()
  expect(event?.user?.name).toHaveLength(1024)
})

test("the source's own id becomes the event's", () => {
  expect(only(`{${STAMP},"event":{"id":"X-1"}}`)?.id).toBe('X-1')
  expect(only(`{${STAMP},"event":{"id":""}}`)?.id).toMatch(/^[0-9a-f]{32}$/)
})

test('a foreign state is refused', () => {
  const door = { door: 1, name: 't', format: 'ecs-ndjson', timezone: 'UTC' }
  expect(() => ecsNdjson.open(door, { format: 'auth-log' })).toThrow(expect.objectContaining({ code: 'state_foreign' }))
})
