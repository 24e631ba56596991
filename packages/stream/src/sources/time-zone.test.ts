import { describe, expect, test } from 'vitest'
import { TimeZone } from './time-zone.ts'

const berlin = () => new TimeZone('Europe/Berlin')
const wall = (text: string) => Date.parse(`${text}Z`)
const utc = (time: number) => new Date(time).toISOString().slice(0, 19)

describe('a clock on the wall', () => {
  test('is read in its zone, summer and winter', () => {
    expect(utc(berlin().resolve(wall('2024-01-15T12:00:00'), Number.NaN))).toBe('2024-01-15T11:00:00')
    expect(utc(berlin().resolve(wall('2024-07-15T12:00:00'), Number.NaN))).toBe('2024-07-15T10:00:00')
    expect(utc(new TimeZone('Asia/Kolkata').resolve(wall('2024-07-15T12:00:00'), Number.NaN))).toBe(
      '2024-07-15T06:30:00',
    )
  })

  test('an hour that daylight saving skips is read as if the clock had not been changed', () => {
    expect(utc(berlin().resolve(wall('2024-03-31T01:59:59'), Number.NaN))).toBe('2024-03-31T00:59:59')
    expect(utc(berlin().resolve(wall('2024-03-31T02:30:00'), Number.NaN))).toBe('2024-03-31T01:30:00')
    expect(utc(berlin().resolve(wall('2024-03-31T03:00:00'), Number.NaN))).toBe('2024-03-31T01:00:00')
  })

  test('an hour that happens twice is the first, until the log is seen to be in the second', () => {
    const zone = berlin()
    const first = zone.resolve(wall('2024-10-27T02:50:00'), Number.NaN)
    expect(utc(first)).toBe('2024-10-27T00:50:00')
    expect(utc(zone.resolve(wall('2024-10-27T02:10:00'), first))).toBe('2024-10-27T01:10:00')
    expect(utc(zone.resolve(wall('2024-10-27T02:49:30'), first))).toBe('2024-10-27T00:49:30')
    expect(utc(zone.resolve(wall('2024-10-27T02:10:00'), wall('2024-11-20T00:00:00')))).toBe('2024-10-27T00:10:00')
  })

  test('every minute of two years comes back to itself', () => {
    const zone = new TimeZone('America/New_York')
    let wrong = 0
    for (let time = wall('2023-01-01T00:00:00'); time < wall('2025-01-01T00:00:00'); time += 7 * 60_000) {
      const local = time + zone.aheadOf(time)
      if (zone.resolve(local, time - 1000) !== time) wrong++
    }
    // Without a stamp inside the hour before, only the second pass of a repeated hour would be ambiguous.
    expect(wrong).toBe(0)
  })

  test('an unknown zone is refused with the nearest known one', () => {
    expect(() => new TimeZone('Europe/Belin')).toThrow(/Europe\/Berlin/)
    for (const name of ['', 'constructor', '__proto__', 'local']) {
      expect(() => new TimeZone(name)).toThrow(expect.objectContaining({ code: 'timezone_unknown' }))
    }
  })
})
