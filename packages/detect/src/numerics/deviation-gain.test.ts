import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { deviationGain } from './deviation-gain.ts'

const spread = (values: number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length)
}

/** The gain of a cut, the slow way. */
function gainAt(values: number[], offset: number): number {
  const [left, right] = [values.filter((value) => value < offset), values.filter((value) => value >= offset)]
  return (spread(values) - (spread(left) + spread(right)) / 2) / spread(values)
}

it('parts two groups between them', () => {
  expect(deviationGain(Float64Array.of(9, 0, 10, 1))).toMatchObject({ offset: 5 })
  expect(deviationGain(Float64Array.of(3, 3, 7))).toEqual({ offset: 5, gain: 1 })
})

it('finds the best of all cuts', () => {
  const random = createRandom('gain')
  for (let trial = 0; trial < 50; trial++) {
    const values = Array.from({ length: 2 + random.integer(30) }, () => 1e6 + Math.round(4 * random.normal()) / 2)
    const sorted = [...new Set(values)].sort((a, b) => a - b)
    const cut = deviationGain(Float64Array.from(values))
    if (sorted.length === 1) {
      expect(cut).toBeUndefined()
      continue
    }
    const best = Math.max(...sorted.slice(1).map((value) => gainAt(values, value)))
    expect(cut!.gain).toBeCloseTo(best, 7)
    expect(gainAt(values, cut!.offset)).toBeCloseTo(best, 7)
  }
})

it('parts neighbours that have nothing between them', () => {
  const next = 1 + Number.EPSILON
  expect(deviationGain(Float64Array.of(1, next))?.offset).toBe(next)
})
