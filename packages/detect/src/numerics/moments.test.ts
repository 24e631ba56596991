import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  forgetMoments,
  learnMoments,
  type Moments,
  mergeMoments,
  populationVariance,
  sampleVariance,
  startMoments,
} from './moments.ts'

function momentsOf(values: Iterable<number>): Moments {
  const moments = startMoments()
  for (const value of values) learnMoments(moments, value)
  return moments
}

test('agrees with NumPy on a recorded vector', () => {
  const moments = momentsOf([0.152, 0.156, 1.007, -1.977, -2.928, -1.094, 0.307, 2.187, 0.981, -1.313, -1.265])
  expect(moments.mean).toBeCloseTo(-0.3442727272727273, 14)
  expect(sampleVariance(moments)).toBeCloseTo(2.260005018181818, 13)
  expect(populationVariance(moments)).toBeCloseTo((2.260005018181818 * 10) / 11, 13)
})

test('a large offset costs no variance', () => {
  expect(sampleVariance(momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))).toBe(30)
})

test('two halves merged equal the whole, wherever it is cut', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 })
  fc.assert(
    fc.property(values, fc.nat(40), (all, cut) => {
      const whole = momentsOf(all)
      const merged = mergeMoments(momentsOf(all.slice(0, cut)), momentsOf(all.slice(cut)))
      expect(merged.count).toBe(whole.count)
      expect(Math.abs(merged.mean - whole.mean)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(whole.mean)))
      expect(Math.abs(merged.squares - whole.squares)).toBeLessThanOrEqual(1e-9 * (1 + whole.squares))
    }),
    { seed: 1 },
  )
})

test('an integer weight counts as that many values, and forgetting keeps mean and spread', () => {
  const weighted = startMoments()
  learnMoments(weighted, 2, 3)
  learnMoments(weighted, 5, 0)
  learnMoments(weighted, 8, 1)
  const repeated = momentsOf([2, 2, 2, 8])
  expect(weighted).toEqual(repeated)
  forgetMoments(weighted, 0.5)
  expect(weighted.count).toBe(2)
  expect(weighted.mean).toBe(repeated.mean)
  expect(populationVariance(weighted)).toBe(populationVariance(repeated))
})

test('says NaN where there is nothing to say', () => {
  expect(sampleVariance(momentsOf([3]))).toBeNaN()
  expect(populationVariance(startMoments())).toBeNaN()
  expect(mergeMoments(startMoments(), startMoments())).toEqual(startMoments())
})
