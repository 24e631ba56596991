import { describe, expect, it } from 'vitest'
import { duration, fullMoment, shortMoment, span, zoneName } from './format.ts'
import { dayOf, hourOfWeek, offsetMinutes, startOfDay } from './zone.ts'

const winter = Date.parse('2026-01-14T23:30:05Z')
const summer = Date.parse('2026-07-14T23:30:05Z')

describe('zones', () => {
  it.each([
    ['UTC', 0, 0],
    ['Europe/Berlin', 60, 120],
    ['America/New_York', -300, -240],
    ['Asia/Kolkata', 330, 330],
    ['Asia/Kathmandu', 345, 345],
  ])('%s is %i minutes ahead in January and %i in July', (zone, january, july) => {
    expect(offsetMinutes(winter, zone)).toBe(january)
    expect(offsetMinutes(summer, zone)).toBe(july)
  })

  it('days begin where the clocks of the zone say, also on the day that they change', () => {
    expect(new Date(startOfDay('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z')
    expect(new Date(startOfDay('2026-03-30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T22:00:00.000Z')
    expect(new Date(startOfDay('2026-11-02', 'America/New_York')).toISOString()).toBe('2026-11-02T05:00:00.000Z')
    expect(startOfDay('no day', 'UTC')).toBeNaN()
  })

  it('a moment lies in the day and hour of the zone', () => {
    expect(dayOf(winter, 'UTC')).toBe('2026-01-14')
    expect(dayOf(winter, 'Europe/Berlin')).toBe('2026-01-15')
    expect(hourOfWeek(Date.parse('2026-02-23T00:10:00Z'), 'UTC')).toBe(0)
    expect(hourOfWeek(Date.parse('2026-02-23T00:10:00Z'), 'America/New_York')).toBe(6 * 24 + 19)
  })
})

describe('moments in words', () => {
  it('short and in full', () => {
    expect(shortMoment(winter, 'UTC')).toBe('14 Jan 23:30')
    expect(shortMoment(winter, 'Europe/Berlin')).toBe('15 Jan 00:30')
    expect(fullMoment(winter, 'Asia/Kolkata')).toBe('Thu 15 Jan 2026 05:00:05 UTC+5:30')
    expect(fullMoment(summer, 'America/New_York')).toBe('Tue 14 Jul 2026 19:30:05 UTC−4')
    expect(shortMoment(Number.NaN, 'UTC')).toBe('–')
  })

  it('the zone by its distance from UTC', () => {
    expect(zoneName(winter, 'Europe/London')).toBe('UTC')
    expect(zoneName(summer, 'Europe/London')).toBe('UTC+1')
  })

  it('spans name a day once', () => {
    expect(span(winter, winter + 20_000, 'UTC')).toBe('14 Jan 23:30')
    expect(span(winter, winter + 1_200_000, 'UTC')).toBe('14 Jan 23:30 to 23:50')
    expect(span(winter, winter + 3_600_000, 'UTC')).toBe('14 Jan 23:30 to 15 Jan 00:30')
  })

  it.each([
    [0.04, '0.0 s'],
    [9.9, '9.9 s'],
    [48, '48 s'],
    [360, '6 min'],
    [12_600, '3.5 h'],
    [12 * 86_400, '12 days'],
    [Number.NaN, '–'],
    [-1, '–'],
  ])('%f seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text))
})
