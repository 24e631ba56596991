import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { kthSmallest, rowsOfSmallest } from './select.ts'

const random = createRandom('select')

it.each([1, 2, 3, 10, 1000])('finds each place among %i values, many of them equal', (count) => {
  const values = Float64Array.from({ length: count }, () => random.integer(Math.max(1, count >> 1)))
  const sorted = values.slice().sort()
  for (let k = 0; k < count; k += Math.max(1, count >> 4)) expect(kthSmallest(values.slice(), k)).toBe(sorted[k])
})

it.each([0, 1, 5, 50, 100])('names the rows of the %i smallest, ties by row', (size) => {
  const values = Float64Array.from({ length: 100 }, () => random.integer(20))
  const expected = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b).slice(0, size)
  expect([...rowsOfSmallest(values, size)]).toEqual(expected.sort((a, b) => a - b))
})
