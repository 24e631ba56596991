import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { kMeans, openAssignment, squaredDistance } from './k-means.ts'

const random = createRandom('k-means')

function run(data: Float64Array, width: number, k: number) {
  const steps = kMeans(data, width, k, 1, createRandom('start'))
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

it.each([
  [300, 1, 3],
  [500, 4, 8],
  [200, 30, 5],
])('%i rows of %i columns: %i centres are the means of the rows nearest to them', (count, width, k) => {
  const data = Float64Array.from({ length: count * width }, () => random.normal() + 6 * random.integer(2))
  const { centres, labels, sizes } = run(data, width, k)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count)
  for (let c = 0; c < k; c++) {
    const own = [...labels.keys()].filter((row) => labels[row] === c)
    expect(own.length).toBe(sizes[c])
    for (let j = 0; j < width; j++) {
      const mean = own.reduce((sum, row) => sum + (data[row * width + j] as number), 0) / own.length
      expect(centres[c * width + j]).toBeCloseTo(mean, 9)
    }
  }
  const nearest = openAssignment(centres, width)(data)
  const away = (row: number, c: number) => Math.sqrt(squaredDistance(data, row * width, centres, c * width, width))
  for (const [row, label] of labels.entries())
    expect(away(row, label) - away(row, nearest[row] as number)).toBeLessThan(0.05)
})

it('finds three groups that lie apart, and no more centres than different rows', () => {
  const groups = Float64Array.from({ length: 300 }, (_, i) => 10 * (i % 3) + 0.1 * random.normal())
  expect([...run(groups, 1, 3).sizes]).toEqual([100, 100, 100])
  expect(
    run(
      Float64Array.from({ length: 40 }, (_, i) => i % 2),
      1,
      8,
    ).sizes.length,
  ).toBe(2)
})
