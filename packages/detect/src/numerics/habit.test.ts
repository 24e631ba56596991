import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Belief,
  type Habit,
  type Level,
  newness,
  probabilityAmong,
  rarity,
  rarityAmong,
  USUAL_BELIEF,
} from './habit.ts'

const beliefs = fc.record({
  concentration: fc.double({ min: 0.01, max: 50, noNaN: true }),
  discount: fc.double({ min: 0, max: 0.99, noNaN: true }),
  evidence: fc.double({ min: 1, max: 5000, noNaN: true }),
})
const VOCABULARY = 12
/** A table of counts over the vocabulary, with some of its total forgotten, and faded. */
const tables = fc.record({
  all: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 300, noNaN: true })), {
    minLength: VOCABULARY,
    maxLength: VOCABULARY,
  }),
  forgotten: fc.double({ min: 0, max: 20, noNaN: true }),
  kept: fc.double({ min: 0.01, max: 1, noNaN: true }),
})

function habitOf({ all, forgotten, kept }: { all: number[]; forgotten: number; kept: number }): Habit {
  return { counts: all.filter((count) => count > 0), total: all.reduce((sum, count) => sum + count, forgotten), kept }
}

function levelsOf(chain: { all: number[]; forgotten: number; kept: number }[], value: number): Level[] {
  return chain.map((table) => ({ habit: habitOf(table), count: table.all[value]! }))
}

const values = Array.from({ length: VOCABULARY }, (_, value) => value)

test('the back-off is a distribution: over the vocabulary it sums to one, whatever the tables', () => {
  fc.assert(
    fc.property(fc.array(tables, { minLength: 1, maxLength: 3 }), beliefs, (chain, belief) => {
      // Forgotten mass speaks for new values, so the sum stays one.
      const sum = values.reduce((so, value) => so + probabilityAmong(levelsOf(chain, value), VOCABULARY, belief), 0)
      expect(sum).toBeCloseTo(1, 9)
    }),
    { seed: 21 },
  )
})

test('trap: a constant for what is unseen is no distribution', () => {
  const habit: Habit = { counts: [9, 1], total: 10 }
  const constant = values.reduce((sum, value) => sum + (value < 2 ? habit.counts[value]! / 10 : 1e-6), 0)
  expect(constant).not.toBeCloseTo(1, 6)
})

test('rarity is a p-value under the habit: what is at most this rare has at most this probability', () => {
  fc.assert(
    fc.property(tables, beliefs, (table, belief) => {
      const habit = habitOf(table)
      const level = (count: number): Level => ({ habit, count })
      for (const count of [0, ...table.all]) {
        const bound = rarity(habit, count, belief)
        let mass = newness(habit, belief)
        for (const other of Array.from(habit.counts)) {
          if (rarity(habit, other, belief) > bound) continue
          mass += probabilityAmong([level(other)], 1, belief) - newness(habit, belief)
        }
        expect(mass).toBeLessThanOrEqual(bound + 1e-9)
      }
    }),
    { seed: 22 },
  )
})

test('the most frequent value is not rare at all, a rarer one is rarer, a new one rarest', () => {
  const habit: Habit = { counts: [90, 8, 2], total: 100 }
  const all = [90, 8, 2, 0].map((count) => rarity(habit, count, USUAL_BELIEF))
  expect(all[0]).toBe(1)
  expect(all[1]).toBeCloseTo((101 - 89.5) / 101, 12)
  expect(all[2]).toBeCloseTo((101 - 89.5 - 7.5) / 101, 12)
  expect(all[3]).toBeCloseTo(2.5 / 101, 12)
  expect(newness({ counts: [], total: 0 }, USUAL_BELIEF)).toBe(1)
})

test('by hand: new to oneself asks the others, known to oneself does not', () => {
  const everyone: Habit = { counts: [90, 8, 2], total: 100 }
  const self: Habit = { counts: [40], total: 40 }
  const among = (own: number, theirs: number) =>
    rarityAmong(
      [
        { habit: self, count: own },
        { habit: everyone, count: theirs },
      ],
      USUAL_BELIEF,
    )
  expect(among(40, 2)).toBe(1)
  expect(among(0, 90)).toBeCloseTo(1.5 / 41, 12)
  expect(among(0, 8)).toBeCloseTo(((1.5 / 41) * 11.5) / 101, 12)
  expect(among(0, 0)).toBeCloseTo(((1.5 / 41) * 2.5) / 101, 12)
})

test('trap: someone new is judged by those around them, not by a constant', () => {
  const nobody: Habit = { counts: [], total: 0 }
  const everyone: Habit = { counts: [90, 8, 2], total: 100 }
  for (const count of [90, 8, 2, 0]) {
    const levels = [
      { habit: nobody, count: 0 },
      { habit: everyone, count },
    ]
    expect(rarityAmong(levels, USUAL_BELIEF)).toBe(rarity(everyone, count, USUAL_BELIEF))
  }
})

test('no score drifts as the same habit is seen longer, nor as the same people come twice', () => {
  const belief: Belief = { ...USUAL_BELIEF, evidence: 100 }
  const times = (counts: number[], factor: number): Habit => ({
    counts: counts.map((count) => count * factor),
    total: 100 * factor,
  })
  for (const factor of [1, 2, 30, 1e4]) {
    const habit = times([90, 8, 2], factor)
    for (const count of [0, 2, 8, 90]) {
      expect(rarity(habit, count * factor, belief)).toBeCloseTo(rarity(times([90, 8, 2], 1), count, belief), 12)
    }
  }
  // The twin without a bound does drift: a novelty of a long-lived habit grows stranger for ever.
  const unbounded: Belief = { ...belief, evidence: Number.MAX_VALUE }
  expect(newness(times([90, 8, 2], 1e4), unbounded)).toBeLessThan(newness(times([90, 8, 2], 1), unbounded) / 1000)
})

test('fading makes a habit less sure of itself, not other than it was', () => {
  const fresh: Habit = { counts: [30, 10], total: 40 }
  const faded: Habit = { ...fresh, kept: 0.25 }
  expect(newness(faded, USUAL_BELIEF)).toBeGreaterThan(newness(fresh, USUAL_BELIEF))
  expect(rarity(faded, 30, USUAL_BELIEF)).toBe(1)
  expect(rarity(faded, 10, USUAL_BELIEF)).toBeCloseTo(rarity({ counts: [7.5, 2.5], total: 10 }, 2.5, USUAL_BELIEF), 12)
})
