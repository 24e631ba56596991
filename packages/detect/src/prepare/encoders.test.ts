import fc from 'fast-check'
import { expect, test } from 'vitest'
import { categoryRows } from '../contracts/category-rows.ts'
import { prepared } from '../contracts/prepared.ts'
import { numberRows } from '../contracts/rows.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { calendarEncoder } from './calendar-encoder.ts'
import { hashingEncoder } from './hashing-encoder.ts'

const NAMES = ['constructor', '__proto__', 'Ærø', '漢字', '\ud800', '', 'curl', 'ssh']

test('a hashed category has +1 or −1 in one bucket, by its name alone; an unseen one nothing, a missing one stays missing', () => {
  const all = categoryRows(
    ['agent'],
    NAMES.map((name) => [name]),
  )
  const fitted = hashingEncoder.fit(all, { params: { buckets: 4 } })
  expect(fitted.columns.map(({ name }) => name)).toEqual(['agent # 0', 'agent # 1', 'agent # 2', 'agent # 3'])
  const { data } = fitted.prepare(all)
  for (let row = 0; row < NAMES.length; row++) {
    const own = [...data.subarray(4 * row, 4 * row + 4)]
    expect(own.filter((value) => Math.abs(value) === 1).length).toBe(1)
    expect(own.filter((value) => value === 0).length).toBe(3)
    const alone = categoryRows(['agent'], [[NAMES[row]!]])
    const other = hashingEncoder.fit(alone, { params: { buckets: 4 } })
    expect([...other.prepare(alone).data]).toEqual(own)
  }
  const asked = categoryRows(['agent'], [['wget'], [null]])
  expect([...fitted.prepare(asked).data]).toEqual([0, 0, 0, 0, ...new Array<number>(4).fill(Number.NaN)])
})

test('hashes spread: a thousand names fill 16 buckets about evenly, with both signs', () => {
  const rows = categoryRows(
    ['host'],
    Array.from({ length: 1000 }, (_, i) => [`host-${i}`]),
  )
  const { data } = hashingEncoder.fit(rows).prepare(rows)
  const [plus, minus] = [new Int32Array(16), new Int32Array(16)]
  for (const [i, value] of data.entries()) {
    if (value === 1) plus[i % 16]!++
    if (value === -1) minus[i % 16]!++
  }
  // 31 expected in each, with a deviation of 5.5.
  for (const count of [...plus, ...minus]) expect(Math.abs(count - 31.25)).toBeLessThan(22)
})

const times = (...values: number[]) => numberRows(['at'], Float64Array.from(values))
const SIX = ['hour', 'weekday', 'day of year'].flatMap((cycle) => [`at ${cycle} sin`, `at ${cycle} cos`])

/** The share of a turn, 0 … 1, of which sine and cosine are given. */
function turn(sine: number, cosine: number): number {
  const share = Math.atan2(sine, cosine) / (2 * Math.PI)
  return share < -1e-9 ? share + 1 : Math.max(0, share)
}

test('noon of 29 February 2024, a Thursday', () => {
  const at = times(Date.UTC(2024, 1, 29, 12))
  const fitted = calendarEncoder.fit(at)
  expect(fitted.columns.map(({ name }) => name)).toEqual(SIX)
  const [hs, hc, ws, wc, ys, yc] = fitted.prepare(at).data
  expect(turn(hs!, hc!)).toBeCloseTo(12 / 24, 12)
  expect(turn(ws!, wc!)).toBeCloseTo(3 / 7, 12)
  expect(turn(ys!, yc!)).toBeCloseTo(59 / 366, 12)
})

test('any time of the years 0 to 9999 agrees with the calendar of the language, in milliseconds and in seconds', () => {
  const seconds = { params: { unit: 'seconds' } } as const
  fc.assert(
    fc.property(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }), (second) => {
      const [hs, hc, ws, wc, ys, yc] = calendarEncoder.fit(times(0)).prepare(times(second * 1000)).data
      const same = calendarEncoder.fit(times(0), seconds).prepare(times(second)).data
      expect([...same]).toEqual([hs, hc, ws, wc, ys, yc])
      const date = new Date(second * 1000)
      const hour = date.getUTCHours() + date.getUTCMinutes() / 60 + date.getUTCSeconds() / 3600
      expect(turn(hs!, hc!)).toBeCloseTo(hour / 24, 9)
      expect(turn(ws!, wc!)).toBeCloseTo(((date.getUTCDay() + 6) % 7) / 7, 9)
      const leap = new Date(new Date(second * 1000).setUTCMonth(1, 29)).getUTCMonth() === 1
      const day = DAYS_BEFORE[date.getUTCMonth()]! + (leap && date.getUTCMonth() > 1 ? 1 : 0) + date.getUTCDate() - 1
      expect(turn(ys!, yc!)).toBeCloseTo(day / (leap ? 366 : 365), 9)
    }),
    { seed: 11, numRuns: 300 },
  )
})

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

test('what is beyond the calendar, or missing, is missing', () => {
  const { data } = calendarEncoder.fit(times(0)).prepare(times(1e17, -1e17, Number.NaN))
  expect([...data]).toEqual(new Array<number>(18).fill(Number.NaN))
})

test('the column of times is named by its place, and found by its name', () => {
  const rows = numberRows(['bytes', 'at'], Float64Array.of(5, Date.UTC(2026, 0, 5)))
  const fitted = calendarEncoder.fit(rows, { params: { column: 1 } })
  expect(fitted.columns.map(({ name }) => name)).toEqual(['bytes', ...SIX])
  expect(fitted.origins.flat().map(({ column }) => column)).toEqual([0, 1, 1, 1, 1, 1, 1])
  const turned = numberRows(['at', 'bytes'], Float64Array.of(Date.UTC(2026, 0, 5), 5))
  expect(fitted.prepare(turned).data).toEqual(fitted.prepare(rows).data)
  expect(() => calendarEncoder.fit(rows, { params: { column: 2 } })).toThrow(
    'parameter "column" is 2; give one from 0 to 1',
  )
  const names = categoryRows(['user'], [['ada']])
  expect(() => calendarEncoder.fit(names)).toThrow('column "user" holds categories, not times')
})

test('a forest behind it finds the one log-in at night, and names the column of times', () => {
  const day = (i: number) => Date.UTC(2026, 0, 1 + (i % 300)) + (9 + (i % 8)) * 3_600_000 + (i % 60) * 60_000
  const rows = times(...Array.from({ length: 600 }, (_, i) => day(i)))
  const model = prepared(calendarEncoder, isolationForest).fitNow(rows)
  const [noon, night] = model.score(times(Date.UTC(2026, 2, 3, 12), Date.UTC(2026, 2, 3, 3)))
  expect(night).toBeGreaterThan(noon!)
  expect(model.explain(times(Date.UTC(2026, 2, 3, 3)))[0]).toBeGreaterThan(0)
})
