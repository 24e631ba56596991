import { describe, expect, test } from 'vitest'
import { AuthLogClock } from './clock.ts'

const utc = (time: number) => (Number.isNaN(time) ? 'none' : new Date(time).toISOString().slice(0, 19))
const clockOf = (year: number, timezone = 'UTC') => new AuthLogClock({ timezone, year, last: Number.NaN })
const read = (stamps: readonly string[], year: number) => {
  const clock = clockOf(year)
  return stamps.map((stamp) => utc(clock.read(`${stamp} h p: m`)).slice(0, 10))
}

describe('stamps without a year', () => {
  test('begin in the starting year and turn at New Year', () => {
    expect(read(['Dec 30 10:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:00', 'Jan 02 00:00:00'], 2023)).toEqual([
      '2023-12-30',
      '2023-12-31',
      '2024-01-01',
      '2024-01-02',
    ])
  })

  test('lines out of order around New Year stay in their own year', () => {
    expect(
      read(['Dec 31 23:59:59', 'Jan  1 00:00:01', 'Dec 31 23:59:58', 'Dec 28 01:00:00', 'Jan  1 00:00:02'], 2023),
    ).toEqual(['2023-12-31', '2024-01-01', '2023-12-31', '2023-12-28', '2024-01-01'])
  })

  test('a damaged month misleads none of its neighbours, however often', () => {
    const months = ['Jan', 'Feb', 'Mar', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    const stamps = months.flatMap((month) => ['Apr 10 10:00:00', `${month} 10 10:00:00`, 'Apr 10 10:00:01'])
    const found = read(stamps, 2023)
    expect(found.filter((_, at) => at % 3 !== 1)).toEqual(Array(22).fill('2023-04-10'))
  })

  test('turn many times in a log of many years', () => {
    const stamps = Array.from({ length: 12 * 40 }, (_, at) => {
      const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][at % 12]
      return `${month} 15 00:00:00`
    })
    expect(read(stamps, 1990).at(-1)).toBe('2029-12-15')
  })

  test('29 February is a stamp in leap years only', () => {
    expect(read(['Feb 28 10:00:00', 'Feb 29 10:00:00', 'Mar  1 10:00:00'], 2024)[1]).toBe('2024-02-29')
    expect(read(['Feb 28 10:00:00', 'Feb 29 10:00:00', 'Mar  1 10:00:00'], 2023)).toEqual([
      '2023-02-28',
      'none',
      '2023-03-01',
    ])
    expect(read(['Feb 29 10:00:00', 'Feb 28 10:00:00'], 1900)).toEqual(['none', '1900-02-28'])
    expect(read(['Dec 31 10:00:00', 'Jan 31 10:00:00', 'Feb 29 10:00:00'], 2023)[2]).toBe('2024-02-29')
  })

  test('without a starting year there is none', () => {
    expect(utc(clockOf(0).read('Jan  1 10:00:00 h p: m'))).toBe('none')
  })
})

describe('stamps with a year', () => {
  test.each([
    ['2024-03-07T06:25:01Z', '2024-03-07T06:25:01.000Z'],
    ['2024-03-07T06:25:01.123456+01:00', '2024-03-07T05:25:01.123Z'],
    ['2024-03-07T06:25:01,5-0530', '2024-03-07T11:55:01.500Z'],
    ['2024-03-07 06:25:01+02', '2024-03-07T04:25:01.000Z'],
    ['2024-03-07T06:25:01', '2024-03-07T11:25:01.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('%s', (stamp, expected) => {
    const clock = clockOf(0, 'America/New_York')
    expect(new Date(clock.read(`${stamp} h p: m`)).toISOString()).toBe(expected)
    expect(clock.save().year).toBe(0)
  })

  test('lead those without one that follow', () => {
    const clock = clockOf(1999)
    clock.read('2024-12-31T23:59:59Z h p: m')
    expect(utc(clock.read('Jan  1 00:00:01 h p: m'))).toBe('2025-01-01T00:00:01')
  })
})

test.each([
  'Feb 30 00:00:00 h p: m',
  'Jan  0 00:00:00 h p: m',
  'Jan 32 00:00:00 h p: m',
  'Jan  1 24:00:00 h p: m',
  'Jan  1 00:60:00 h p: m',
  'Jan  1 00-00-00 h p: m',
  'Jan',
  '',
  'janFebMar',
  'anF  1 00:00:00 h p: m',
  '2023-02-29T00:00:00Z h p: m',
  '2023-13-01T00:00:00Z h p: m',
  '2023-01-01T00:00:00+99:00 h p: m',
  '<999999>Jan  1 00:00:00 h p: m',
  '<>Jan  1 00:00:00 h p: m',
  '{"__REALTIME_TIMESTAMP":"x"}',
  '{"__REALTIME_TIMESTAMP":',
  '{',
])('%s is no stamp', (line) => {
  expect(clockOf(2024).read(line)).toBeNaN()
})

test('a message cannot forge the stamp of its journal entry', () => {
  const entry = { MESSAGE: '"__REALTIME_TIMESTAMP":"1"', __REALTIME_TIMESTAMP: '1700000000000000' }
  expect(clockOf(0).read(JSON.stringify(entry))).toBe(1_700_000_000_000)
  expect(clockOf(0).read('{"__REALTIME_TIMESTAMP" : "1700000000000000", "MESSAGE":"x"}')).toBe(1_700_000_000_000)
})

test('saved anywhere, it goes on as if it had not stopped', () => {
  const stamps = ['Dec 31 23:59:59', 'Oct 27 02:50:00', 'Oct 27 02:10:00', 'Jan  1 00:00:00', 'Feb 29 12:00:00']
  const whole = clockOf(2024, 'Europe/Berlin')
  let cut = clockOf(2024, 'Europe/Berlin')
  for (const stamp of [...stamps, ...stamps]) {
    cut = new AuthLogClock(cut.save())
    expect(cut.read(`${stamp} h p: m`)).toBe(whole.read(`${stamp} h p: m`))
  }
})
