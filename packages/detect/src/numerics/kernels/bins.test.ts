import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { openBins, openRanges } from './bins.ts'
import { countBinsSlow, rangesSlow, sumBinsSlow } from './bins-slow.ts'

const random = createRandom('bins')
const normals = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal())

it.each([
  [1, 1],
  [7, 3],
  [5000, 20],
  [40, 700],
])('of %i rows of %i columns: sums, counts and ranges equal the slow twins, to the bit', (count, columns) => {
  const data = normals(count * columns)
  const [bins, low, high] = [10, 0.5, 0.25]
  const plan = { columns, bins, low, high, first: normals(columns).map((x) => x - 1.5), perUnit: normals(columns) }
  plan.perUnit.forEach((one, j) => {
    plan.perUnit[j] = 3 + Math.abs(one)
  })
  data[0] = 1e300
  if (count > 1) data[columns] = (plan.first[0] as number) - 0.4 / (plan.perUnit[0] as number)
  const weights = Float64Array.from({ length: count }, () => random.integer(3))
  const ranges = openRanges(columns)
  ranges.take(data, weights)
  const { least, most } = rangesSlow(data, columns, weights)
  expect([...ranges.least, ...ranges.most]).toEqual([...least, ...most])
  const opened = openBins(plan)
  opened.count(data, weights)
  expect([...opened.table]).toEqual([...countBinsSlow(data, plan, weights)])
  const table = normals(opened.table.length)
  opened.table.set(table)
  const sums = new Float64Array(count + 1)
  opened.sum(data, sums, 1)
  expect(sums.subarray(1)).toEqual(sumBinsSlow(data, plan, table))
  expect(opened.rowsTaken()).toBe(2 * count)
})
