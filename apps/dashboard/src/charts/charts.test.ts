import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest, riskCorners, roundTop } from './risk-path.ts'
import { timeTicks } from './time-ticks.ts'
import { layOut, strongest } from './waterfall-layout.ts'
import { hourName, stepsOf, turnWeek, weekInWords } from './week.ts'

describe('a waterfall', () => {
  it('begins each bar where the one before it ends', () => {
    expect(layOut([6, 3, 1])).toEqual([
      { start: 0, end: 60, share: 0.6 },
      { start: 60, end: 90, share: 0.3 },
      { start: 90, end: 100, share: 0.1 },
    ])
  })

  it('goes from 0 to 100 without a gap, whatever the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1 }), (weights) => {
        const steps = layOut(weights)
        expect(steps[0]?.start).toBe(0)
        expect(steps.at(-1)?.end).toBe(100)
        for (const [i, step] of steps.entries()) {
          expect(step.end).toBeGreaterThanOrEqual(step.start)
          if (i > 0) expect(step.start).toBe(steps[i - 1]?.end)
        }
      }),
    )
  })

  it('gives what weighs nothing an empty bar', () => {
    expect(layOut([2, Number.NaN, -1, 2, 0]).map(({ start, end }) => [start, end])).toEqual([
      [0, 50],
      [50, 50],
      [50, 50],
      [50, 100],
      [100, 100],
    ])
    expect(layOut([0])).toEqual([{ start: 0, end: 0, share: 0 }])
    expect(layOut([])).toEqual([])
  })

  it('shows what holds most of the weight, and never hides one alone', () => {
    expect(strongest([5, 3, 1, 1, 1, 1])).toBe(4)
    expect(strongest([9, 0.1, 0.1, 0.1, 0.1, 0.1])).toBe(3)
    expect(strongest([1, 1, 1, 1])).toBe(4)
    expect(strongest([])).toBe(0)
  })
})

describe('a week', () => {
  const only = (hour: number) => Array.from({ length: 168 }, (_, i) => (i === hour ? 1 : 0))

  it('is turned into the zone, around its ends too', () => {
    expect(turnWeek(only(0), 60).indexOf(1)).toBe(1)
    expect(turnWeek(only(0), -300).indexOf(1)).toBe(163)
    expect(turnWeek(only(167), 120).indexOf(1)).toBe(1)
    expect(turnWeek(only(10), 0)).toEqual(only(10))
  })

  it('half an hour is shared between two', () => {
    const turned = turnWeek(only(10), 330)
    expect([turned[15], turned[16]]).toEqual([0.5, 0.5])
  })

  it('loses nothing when it is turned', () => {
    const hours = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 168, maxLength: 168 })
    const sum = (all: readonly number[]) => all.reduce((total, share) => total + share, 0)
    fc.assert(
      fc.property(hours, fc.integer({ min: -48, max: 56 }), (hours, quarter) => {
        expect(sum(turnWeek(hours, quarter * 15))).toBeCloseTo(sum(hours), 8)
      }),
    )
  })

  it('has steps against a busy hour, which one wild hour is not', () => {
    expect(stepsOf([0, 0.001, 0.5, 1])).toEqual([0, 1, 2, 4])
    expect(stepsOf([...Array(20).fill(1), 2, 4, 1000])).toEqual([...Array(20).fill(2), 4, 4, 4])
    expect(stepsOf([0, 0])).toEqual([0, 0])
  })

  it('is said in words', () => {
    const nights = Array.from({ length: 168 }, (_, i) => ([22, 23, 0, 1].includes(i % 24) ? (i >= 144 ? 2 : 1) : 0))
    expect(weekInWords(nights)).toBe('Most active on Sundays; four fifths of activity lie between 22:00 and 02:00.')
    expect(weekInWords(only(3).fill(0))).toBe('No activity is known.')
    expect(hourName(6 * 24 + 16)).toBe('Sunday 16:00')
  })
})

describe('a line of risk', () => {
  const hour = 3_600_000
  const points = [
    { time: 0, risk: 4 },
    { time: hour, risk: 2 },
    { time: 3 * hour, risk: 8 },
  ]

  it('falls to zero between hours that had none', () => {
    expect(riskCorners(points, 40, 10, 8)).toEqual([
      [0, 5],
      [10, 5],
      [10, 7.5],
      [20, 7.5],
      [20, 10],
      [30, 10],
      [30, 0],
      [40, 0],
    ])
    expect(riskCorners([], 40, 10, 8)).toEqual([])
  })

  it('finds the point under the pointer', () => {
    expect([nearest(points, 0), nearest(points, 0.4), nearest(points, 1), nearest([], 0.5)]).toEqual([0, 1, 2, -1])
  })

  it.each([
    [0, 1],
    [0.7, 1],
    [15.8, 20],
    [20, 20],
    [21, 50],
    [Number.NaN, 1],
  ])('a scale for %f ends at %f', (highest, top) => expect(roundTop(highest)).toBeCloseTo(top, 12))
})

describe('ticks of time', () => {
  const from = Date.parse('2026-04-10T07:00:00Z')
  const hour = 3_600_000
  it('are hours of few hours, and days of many days', () => {
    expect(timeTicks(from, from + 4 * hour, 5, 'Europe/Berlin')).toEqual(['09:00', '10:00', '11:00', '12:00', '13:00'])
    expect(timeTicks(from, from + 28 * 24 * hour, 5, 'UTC')).toEqual(['10 Apr', '17 Apr', '24 Apr', '1 May', '8 May'])
  })
  it('never stand twice', () => {
    expect(timeTicks(from, from + 50 * hour, 5, 'UTC')).toEqual(['10 Apr', '', '11 Apr', '', '12 Apr'])
  })
})
