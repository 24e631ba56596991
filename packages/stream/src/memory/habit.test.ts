import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { habitCount, learnHabit, noveltyRate, startHabit, tailMass, usual } from './habit.ts'

const bounds = { capacity: 8, halfLife: 45 }

describe('a habit', () => {
  it('counts a value once an hour, so a burst teaches no more than one event does', () => {
    const habit = startHabit()
    for (let i = 0; i < 100; i++) learnHabit(habit, 'DE', 1000, bounds)
    learnHabit(habit, 'DE', 1001, bounds)
    expect(habitCount(habit, 'DE')).toBe(2)
  })

  it('halves within its half-life', () => {
    const habit = startHabit()
    for (let hour = 0; hour < 24; hour++) learnHabit(habit, 'DE', 24_000 + hour, bounds)
    learnHabit(habit, 'FR', 24_000 + 45 * 24, bounds)
    expect(habitCount(habit, 'DE')).toBeCloseTo(12, 9)
  })

  it('gives the tail mass of a value: the share of the habit that is no more frequent', () => {
    const habit = startHabit()
    for (let hour = 0; hour < 8; hour++) learnHabit(habit, 'often', hour, bounds)
    learnHabit(habit, 'rare', 9, bounds)
    learnHabit(habit, 'rarely', 10, bounds)
    expect(tailMass(habit, 'often')).toBe(1)
    expect(tailMass(habit, 'rare')).toBeCloseTo(0.2, 9)
    expect(tailMass(habit, 'never')).toBe(0)
  })

  it('finds novelty the less probable the more it knows', () => {
    const habit = startHabit()
    let before = noveltyRate(habit)
    expect(before).toBe(1)
    for (let hour = 0; hour < 20; hour++) {
      learnHabit(habit, 'DE', hour, bounds)
      expect(noveltyRate(habit)).toBeLessThanOrEqual(before)
      before = noveltyRate(habit)
    }
    expect(before).toBeLessThan(0.1)
  })

  it('stays within its capacity, says what it lost, and keeps its total', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 5 }))), (steps) => {
        const habit = startHabit()
        const held = new Set<string>()
        let hour = 0
        for (const [value, wait] of steps) {
          hour += wait * 30
          const { gained, lost } = learnHabit(habit, `v${value}`, hour, bounds)
          if (gained) held.add(`v${value}`)
          for (const gone of lost) held.delete(gone)
        }
        expect(habit.values.length).toBeLessThanOrEqual(bounds.capacity)
        expect([...habit.values].sort()).toEqual([...held].sort())
        const sum = habit.counts.reduce((one, other) => one + other, 0)
        expect(Math.abs(habit.total - sum)).toBeLessThanOrEqual(0.001 * sum)
      }),
    )
  })

  it('tells the most frequent values first', () => {
    const habit = startHabit()
    for (let hour = 0; hour < 3; hour++) learnHabit(habit, 'a', hour, bounds)
    learnHabit(habit, 'b', 5, bounds)
    expect(usual(habit)).toBe('a (75 %), b (25 %)')
  })
})
