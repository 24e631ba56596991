import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CountTable } from './count-table.ts'
import { decay } from './decay.ts'

const FOREVER = Number.POSITIVE_INFINITY

function countsOf(table: CountTable): [number, number][] {
  const { values, counts } = table.save()
  return [...values].map((value, slot): [number, number] => [value, counts[slot]!]).sort((a, b) => a[0] - b[0])
}

test('counts what a plain map counts, few values or many', () => {
  const lessons = fc.array(fc.integer({ min: -1, max: 60 }), { maxLength: 300 })
  fc.assert(
    fc.property(lessons, (all) => {
      const table = new CountTable()
      const plain = new Map<number, number>()
      for (const value of all) {
        table.learn(value, 1, 0, FOREVER, 1000)
        plain.set(value, (plain.get(value) ?? 0) + 1)
      }
      expect(countsOf(table)).toEqual([...plain].sort((a, b) => a[0] - b[0]))
      for (const [value, count] of plain) expect(table.level(value, 0, FOREVER).count).toBe(count)
      expect(table.save().total).toBe(all.length)
    }),
    { seed: 31 },
  )
})

test('whoever counts holders hears of every value that comes or goes, and keeps the same set', () => {
  const lessons = fc.array(fc.tuple(fc.nat(40), fc.nat(30)), { maxLength: 200 })
  fc.assert(
    fc.property(lessons, fc.integer({ min: 1, max: 30 }), (all, most) => {
      const table = new CountTable()
      const holding = new Set<number>()
      let time = 0
      for (const [value, wait] of all) {
        time += wait
        table.learn(value, 1, time, 10, most, (told, by) => (by === 1 ? holding.add(told) : holding.delete(told)))
        expect(table.held().length).toBeLessThanOrEqual(most)
        expect(new Set(table.held())).toEqual(holding)
      }
      const reopened = new CountTable(table.save())
      for (const value of holding) expect(reopened.level(value, time, 10)).toEqual(table.level(value, time, 10))
    }),
    { seed: 32 },
  )
})

test('fades to the moment of asking without being changed by it; late lessons count faded', () => {
  const table = new CountTable()
  table.learn(7, 1, 0, 10, 5)
  table.learn(7, 1, 10, 10, 5)
  table.learn(8, 1, 0, 10, 5)
  expect(countsOf(table)).toEqual([
    [7, 1.5],
    [8, 0.5],
  ])
  const before = table.save()
  expect(table.level(7, 30, 10).habit.kept).toBeCloseTo(0.25, 15)
  expect(table.save()).toEqual(before)
})

test('a lesson without a time counts as of now', () => {
  const table = new CountTable()
  table.learn(7, 1, 1e12, 10, 5)
  table.learn(7, 1, Number.NEGATIVE_INFINITY, 10, 5)
  expect(countsOf(table)).toEqual([[7, 2]])
})

test('what has no name, and what a full table dropped, stays in the total', () => {
  const table = new CountTable()
  table.learn(1, 5, 0, FOREVER, 2)
  table.learn(null, 2, 0, FOREVER, 2)
  table.learn(2, 1, 0, FOREVER, 2)
  table.learn(3, 1, 0, FOREVER, 2)
  expect(countsOf(table)).toEqual([
    [1, 5],
    [3, 1],
  ])
  expect(table.save().total).toBe(9)
})

test('what fades away is forgotten, and no longer in the total', () => {
  const table = new CountTable()
  table.learn(1, 1, 0, 1, 5)
  table.learn(2, 1, 20, 1, 5)
  expect(countsOf(table)).toEqual([[2, 1]])
  expect(table.save().total).toBeCloseTo(1, 12)
  expect(decay(20, 1)).toBeLessThan(0.05)
})
