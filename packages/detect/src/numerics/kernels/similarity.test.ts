import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { exp } from './exp-slow.ts'
import { openSimilarity } from './similarity.ts'
import { similaritySlow, sumNearSlow, sumSimilarSlow } from './similarity-slow.ts'

const random = createRandom('similarity')
const normals = (count: number): Float64Array => Float64Array.from({ length: count }, () => 2 * random.normal())

it.each([
  [1, 1],
  [5, 3],
  [333, 20],
])('%i points of %i columns: sums equal the slow twins, to the bit', (count, width) => {
  const points = normals(count * width)
  const rows = normals(50 * width)
  rows.fill(300, 0, width)
  const weights = Float64Array.from({ length: count }, () => random.next())
  const opened = openSimilarity(points, width)
  const gamma = 0.3 / width
  const [sums, logs] = [opened.sum(rows, weights, gamma), opened.logSum(rows)]
  const [linear, single] = [opened.sum(rows, weights, 0), new Float32Array(count)]
  for (let row = 0; row < 50; row++) {
    const own = rows.subarray(row * width, (row + 1) * width)
    const product = (a: Float64Array) => a.reduce((sum, value, j) => sum + value * (own[j] as number), 0)
    const products = Float64Array.from({ length: count }, (_, p) =>
      product(points.subarray(p * width, (p + 1) * width)),
    )
    const length = product(own)
    expect(sums[row]).toBe(sumSimilarSlow(products, opened.halves, weights, length, gamma))
    const { most, sum } = sumNearSlow(products, opened.halves)
    expect(logs[row]).toBe(Math.min(most - length / 2, 0) + Math.log(sum))
    expect(linear[row]).toBe(products.reduce((all, one, p) => all + one * (weights[p] as number), 0))
    opened.write(own, gamma, single)
    for (const [p, one] of products.entries())
      expect(single[p]).toBe(Math.fround(similaritySlow(one, opened.halves[p] as number, length, gamma)))
  }
  expect(opened.rowsTaken()).toBe(200)
})

it('exp is that of the language, to two units in the last place', () => {
  for (let x = -700; x <= 700; x += 0.37) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16)
  expect(exp(0)).toBe(1)
})
