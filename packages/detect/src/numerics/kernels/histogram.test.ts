import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { openBinnedTable } from './histogram.ts'
import { BINS, differentiateSlow, histogramSlow, LANES, partitionSlow, roundSlow, scanSlow } from './histogram-slow.ts'

const random = createRandom('histogram')
const MEMORY = 1 << 28

it.each([
  [1, 1],
  [100, 3],
  [1003, 20],
])('histograms and partitions of %i rows and %i columns equal the slow twins, to the bit', (count, columns) => {
  const bins = Uint8Array.from({ length: count * columns }, () => random.integer(random.integer(2) === 0 ? 256 : 5))
  const table = openBinnedTable(bins, columns, 3, MEMORY)
  const pairs = Float64Array.from({ length: 2 * count }, () => random.normal())
  table.pairs.set(pairs)
  table.order.set(Int32Array.from({ length: count }, (_, i) => (i * 7) % count))
  const rows = [...table.order]
  const whole = roundSlow(pairs, table.prepare(count))
  table.make(0, 0, count)
  expect(table.histogram(0)).toEqual(histogramSlow(bins, columns, rows, whole))
  const left = Uint8Array.from({ length: 256 }, () => random.integer(2))
  const middle = table.partition(columns - 1, 0, count, left)
  expect([...table.order]).toEqual(partitionSlow(bins, columns, columns - 1, rows, left))
  table.make(1, 0, middle)
  table.subtract(0, 1)
  expect(table.histogram(0)).toEqual(histogramSlow(bins, columns, [...table.order].slice(middle), whole))
  expect(table.rowsTaken()).toBe(count + middle)
})

it.each([0, 0.5])('cuts equal the slow twin, to the bit, with a penalty of %d', (penalty) => {
  const [count, columns] = [3000, 7]
  const bins = Uint8Array.from({ length: count * columns }, (_, i) => random.integer(i % 3 === 0 ? 255 : 20))
  const table = openBinnedTable(bins, columns, 1, MEMORY)
  const weights = Float64Array.from({ length: count }, () => random.next())
  const labels = Float64Array.from({ length: count }, (_, row) => ((bins[row * columns] as number) > 99 ? 1 : 0))
  table.pairs.set(differentiateSlow(new Float64Array(count).fill(0.3), labels, weights))
  table.order.set(Int32Array.from({ length: count }, (_, i) => i))
  const units = table.prepare(count)
  table.make(0, 0, count)
  const histogram = table.histogram(0)
  const all = [0, 1, 2, 3].map((lane) => {
    let sum = 0
    for (let bin = 0; bin < BINS; bin++) sum += histogram[LANES * bin + lane] as number
    return sum
  })
  const rules = { leastRows: 20, penalty, parent: 0.01, least: 0 }
  const order = Uint8Array.from({ length: 255 }, (_, bin) => bin)
  for (let j = 0; j < columns; j++) {
    const begin = j % 2 === 0 ? [0, 0, 0, 0] : [5, 40, 3, 0]
    const cut = table.scan(0, j, 255, all, begin, rules)
    expect(cut).toEqual(scanSlow(histogram, j, order, all, begin, units, rules))
    expect(cut?.rows).toBeGreaterThan(19)
  }
  expect(table.scan(0, 0, 255, all, [0, 0, 0, 0], { ...rules, least: 1e9 })).toBeUndefined()
})

it.each([1, 2, 501])(
  'gradients of %i rows equal the slow twin, to the bit, and are those of the logistic loss',
  (count) => {
    const table = openBinnedTable(new Uint8Array(count), 1, 1, MEMORY)
    const draw = (of: () => number) => Float64Array.from({ length: count }, of)
    const [odds, labels, weights] = [
      draw(() => 20 * random.normal()),
      draw(() => random.integer(2)),
      draw(() => random.next()),
    ]
    odds[0] = 1e9
    for (const [target, values] of [
      [table.odds, odds],
      [table.labels, labels],
      [table.weights, weights],
    ] as const)
      target.set(values)
    table.differentiate()
    expect(table.pairs).toEqual(differentiateSlow(odds, labels, weights))
    for (let row = 1; row < count; row++) {
      const share = 1 / (1 + Math.exp(-(odds[row] as number)))
      const expected = (weights[row] as number) * (share - (labels[row] as number))
      expect(Math.abs((table.pairs[2 * row] as number) - expected)).toBeLessThan(1e-15)
    }
  },
)

it('what sums of rows are, and steps to their odds', () => {
  const table = openBinnedTable(new Uint8Array(10), 1, 1, MEMORY)
  table.order.set(Int32Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
  table.pairs.set(Float64Array.from({ length: 20 }, (_, i) => i))
  expect(table.sum(1, 4)).toEqual({ gradient: 16 + 14 + 12, hessian: 17 + 15 + 13 })
  table.addStep(0, 2, 0.5)
  expect([...table.odds]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.5])
})

it('refuses what does not fit into the memory', () => {
  expect(() => openBinnedTable(new Uint8Array(1000), 10, 31, 1000)).toThrow(/fewer leaves/)
})
