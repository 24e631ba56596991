import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { type Column, numberRows, type Rows } from '../../contracts/rows.ts'
import { gradientBoosting } from './gradient-boosting.ts'

const random = createRandom('gradient-boosting')
const scoreOf = (model: ReturnType<typeof gradientBoosting.fitNow>, rows: Rows) => [...model.score(rows)]

it('rising: a larger number never lowers the score, where the labels would', () => {
  const data = Float64Array.from({ length: 2000 }, () => random.normal())
  const rows = numberRows(['x', 'y'], data)
  const labels = Float64Array.from({ length: 1000 }, (_, row) => {
    const x = data[2 * row] as number
    return (x > 0.5 && x < 1.2) || (data[2 * row + 1] as number) > 1.5 ? 1 : 0
  })
  const steps = numberRows(
    ['x', 'y'],
    Float64Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? -4 + i / 20 : 0.3)),
  )
  const free = scoreOf(gradientBoosting.fitNow(rows, { lesson: { labels } }), steps)
  const held = scoreOf(gradientBoosting.fitNow(rows, { lesson: { labels }, params: { rising: true } }), steps)
  const falls = (scores: number[]) => scores.filter((score, i) => i > 0 && score < (scores[i - 1] as number) - 1e-12)
  expect(falls(free).length).toBeGreaterThan(0)
  expect(falls(held)).toEqual([])
  expect(held.at(-1)).toBeGreaterThan((held[0] as number) + 0.5)
})

it('a direction is held in the columns that are named, and in no other', () => {
  const data = Float64Array.from({ length: 3000 }, () => random.normal())
  const rows = numberRows(['x', 'y', 'z'], data)
  const wave = (value: number) => Math.sin(2 * value) > 0.3
  const labels = Float64Array.from({ length: 1000 }, (_, row) => {
    const [x, y, z] = data.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number]
    return wave(x) || wave(y) || wave(z) ? 1 : 0
  })
  const params = { risingIn: 'x', fallingIn: ' z ' }
  const model = gradientBoosting.fitNow(rows, { lesson: { labels }, params })
  /** Scores along one column, the others held at several places. */
  const along = (column: number, others: number) =>
    scoreOf(
      model,
      numberRows(
        ['x', 'y', 'z'],
        Float64Array.from({ length: 240 }, (_, i) => (i % 3 === column ? -3 + i / 40 : others)),
      ),
    )
  const steps = (scores: number[]) => scores.slice(1).map((score, i) => score - (scores[i] as number))
  for (const others of [-1, 0.4, 1.2]) {
    expect(Math.min(...steps(along(0, others)))).toBeGreaterThanOrEqual(-1e-12)
    expect(Math.max(...steps(along(2, others)))).toBeLessThanOrEqual(1e-12)
  }
  expect(Math.min(...steps(along(1, 0.4)))).toBeLessThan(-0.1)
  expect(Math.max(...steps(along(1, 0.4)))).toBeGreaterThan(0.1)
})

it('a direction of a column that has none is refused', () => {
  const columns: readonly Column[] = [
    { name: 'amount', type: 'number' },
    { name: 'place', type: 'category', categories: ['a', 'b'] },
  ]
  const rows = { columns, count: 4, data: Float64Array.of(1, 0, 2, 1, 3, 0, 4, 1) }
  const fit = (params: { risingIn?: string; fallingIn?: string }) => () =>
    gradientBoosting.fitNow(rows, { lesson: { labels: Float64Array.of(0, 0, 1, 1) }, params })
  expect(fit({ risingIn: 'amout' })).toThrow(/did you mean "amount"/)
  expect(fit({ fallingIn: 'place' })).toThrow(/categories/)
  expect(fit({ risingIn: 'amount', fallingIn: 'amount' })).toThrow(/to rise and to fall/)
})

it('splits categories into sets, and knows what a missing value says', () => {
  const columns: readonly Column[] = [
    { name: 'place', type: 'category', categories: ['a', 'b', 'c', 'd', 'e', 'f'] },
    { name: 'x', type: 'number' },
  ]
  const count = 1200
  const data = Float64Array.from({ length: 2 * count }, (_, i) => {
    if (i % 2 === 0) return random.integer(6)
    return random.integer(4) === 0 ? Number.NaN : random.normal()
  })
  const strange = (row: number) =>
    [1, 4].includes(data[2 * row] as number) !== Number.isNaN(data[2 * row + 1] as number)
  const labels = Float64Array.from({ length: count }, (_, row) => (strange(row) ? 1 : 0))
  const rows = { columns, count, data }
  const scores = gradientBoosting.fitNow(rows, { lesson: { labels } }).score(rows)
  for (const [row, score] of scores.entries()) expect(score > 0).toBe(labels[row] === 1)
})

it('labels of one kind are refused, unlabelled rows are passed over', () => {
  const rows = numberRows(
    ['x'],
    Float64Array.from({ length: 60 }, (_, i) => i),
  )
  const labels = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? Number.NaN : 1))
  expect(() => gradientBoosting.fitNow(rows, { lesson: { labels } })).toThrow(/one as 0/)
  labels.fill(0, 0, 25)
  const [low, , high] = gradientBoosting
    .fitNow(rows, { lesson: { labels } })
    .score(numberRows(['x'], Float64Array.of(3, 27, 50)))
  expect(high).toBeGreaterThan(low as number)
})

it('weights count as rows', () => {
  const data = Float64Array.from({ length: 200 }, () => random.normal())
  const labels = data.map((x) => (x + random.normal() > 1 ? 1 : 0))
  const weights = data.map((_, i) => (i % 3 === 0 ? 0 : 1))
  const kept = [...data.keys()].filter((i) => i % 3 !== 0)
  const part = { labels: Float64Array.from(kept, (i) => labels[i] as number) }
  const all = numberRows(['x'], data)
  const few = numberRows(
    ['x'],
    Float64Array.from(kept, (i) => data[i] as number),
  )
  expect(gradientBoosting.fitNow(all, { lesson: { labels, weights } }).score(all)).toEqual(
    gradientBoosting.fitNow(few, { lesson: part }).score(all),
  )
})
