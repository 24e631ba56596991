import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { openBinnedTable } from './histogram.ts'
import { histogramSlow, partitionSlow } from './histogram-slow.ts'

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
  table.make(0, 0, count)
  expect(table.histogram(0)).toEqual(histogramSlow(bins, columns, rows, pairs))
  const left = Uint8Array.from({ length: 256 }, () => random.integer(2))
  const middle = table.partition(columns - 1, 0, count, left)
  expect([...table.order]).toEqual(partitionSlow(bins, columns, columns - 1, rows, left))
  table.make(1, 0, middle)
  table.subtract(2, 0, 1)
  const rest = histogramSlow(bins, columns, [...table.order].slice(middle), pairs)
  expect(table.histogram(2).counts).toEqual(rest.counts)
  for (const [i, sum] of table.histogram(2).sums.entries()) expect(sum).toBeCloseTo(rest.sums[i] as number, 9)
  expect(table.rowsTaken()).toBe(count + middle)
})

it('refuses what does not fit into the memory', () => {
  expect(() => openBinnedTable(new Uint8Array(1000), 10, 31, 1000)).toThrow(/fewer leaves/)
})
