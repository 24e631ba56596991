import { expect, test } from 'vitest'
import { createRandom, type Random } from '../contracts/random.ts'
import { median } from '../numerics/median.ts'
import { normalQuantile } from '../numerics/normal.ts'
import { quantile, sortedCopy } from '../numerics/quantile.ts'
import { fitGeneralisedPareto, fitWithoutPrior, logParetoTail, paretoQuantile } from './generalised-pareto.ts'
import { fitPeaks } from './peaks.ts'
import { freezeReference, isModelled, pValue, scoreAt, surprise } from './reference.ts'

// biome-ignore format: one vector
const HEAVY = Float64Array.of(
  0.0487, 0.0609, 0.1065, 0.1963, 0.2739, 0.3501, 0.481, 0.5213, 0.5299, 0.628, 0.6858, 0.7013, 0.7242, 0.7733, 0.9607,
  1.0206, 1.058, 1.1637, 1.2685, 1.2701, 1.3396, 1.595, 1.7745, 1.809, 1.8493, 1.8552, 2.05, 2.4612, 2.4948, 2.6508,
  2.6841, 2.8356, 2.9796, 3.8377, 5.0133, 6.3659, 6.4906, 6.7503, 8.5682, 13.7423,
)
// biome-ignore format: one vector
const EXPONENTIAL = Float64Array.of(
  0.0062, 0.009, 0.0452, 0.1789, 0.1902, 0.2203, 0.2435, 0.2917, 0.4887, 0.5706, 0.573, 0.7924, 0.9096, 1.1964, 1.2546,
  1.5113, 1.5432, 1.9877, 2.0121, 2.9755, 3.1385, 3.4122, 3.6003, 3.7412, 4.0984,
)

test('the fit agrees with ArviZ on recorded excesses', () => {
  const heavy = fitGeneralisedPareto(HEAVY)
  expect(heavy.shape).toBeCloseTo(0.28785582949531724, 12)
  expect(heavy.scale).toBeCloseTo(1.7927165873605493, 12)
  const light = fitGeneralisedPareto(EXPONENTIAL)
  expect(light.shape).toBeCloseTo(0.21288948133807414, 12)
  expect(light.scale).toBeCloseTo(1.277098261650885, 12)
  expect(fitWithoutPrior(EXPONENTIAL).shape).toBeCloseTo((0.21288948133807414 * 35 - 5) / 25, 12)
})

test('tails and their inverses agree with SciPy', () => {
  const heavy = { shape: 0.3, scale: 2 }
  expect(logParetoTail(heavy, 0.5)).toBeCloseTo(-0.24106887, 8)
  expect(logParetoTail(heavy, 20)).toBeCloseTo(-4.6209812, 7)
  expect(logParetoTail({ shape: -0.5, scale: 1 }, 1.9)).toBeCloseTo(-5.99146455, 8)
  expect(logParetoTail({ shape: -0.5, scale: 1 }, 2.1)).toBe(Number.NEGATIVE_INFINITY)
  expect(paretoQuantile(heavy, Math.log(0.01))).toBeCloseTo(19.87381137, 8)
  expect(paretoQuantile({ shape: 0, scale: 3 }, -2)).toBe(6)
})

const SHAPES: Record<string, (share: number) => number> = {
  normal: (share) => -normalQuantile(share),
  exponential: (share) => -Math.log(share),
  lognormal: (share) => Math.exp(-normalQuantile(share)),
  pareto: (share) => Math.exp(-Math.log(share) / 3),
  uniform: (share) => 1 - share,
}

test.each(Object.keys(SHAPES))('beyond the reference the modelled p is right, or rather too large: %s', (name) => {
  const valueExceededBy = SHAPES[name]!
  const errorAt = (target: number): Float64Array =>
    Float64Array.from({ length: 100 }, (_, run) => {
      const random = createRandom(name).split(run)
      const reference = freezeReference(sample(2000, random, valueExceededBy))
      const score = valueExceededBy(target)
      expect(isModelled(reference, score)).toBe(true)
      return -Math.log(target) - surprise(reference, score)
    })
  // At 1/n: within a factor of 2 in the median; bounded scores are called up to 10 times as likely as they are.
  const near = median(errorAt(1 / 2000))
  expect(near).toBeGreaterThan(-0.3)
  expect(near).toBeLessThan(name === 'uniform' ? 2.3 : 0.8)
  // A tenth of that: seldom called much rarer than it is.
  expect(quantile(sortedCopy(errorAt(0.1 / 2000)), 0.1)).toBeGreaterThan(-2)
})

test('a tail that is fitted to nothing but the joint would be far off: the exponential twin on heavy scores', () => {
  const reference = freezeReference(sample(2000, createRandom('twin'), SHAPES.pareto!))
  const tail = reference.tail!
  const twin = { ...reference, tail: { ...tail, shape: 0 } }
  const score = SHAPES.pareto!(1e-6)
  expect(surprise(twin, score) - -Math.log(1e-6)).toBeGreaterThan(20)
  expect(Math.abs(surprise(reference, score) - -Math.log(1e-6))).toBeLessThan(4)
})

function sample(count: number, random: Random, valueExceededBy: (share: number) => number): Float64Array {
  return Float64Array.from({ length: count }, () => valueExceededBy(1 - random.next()))
}

test('the joint is continuous and p never rises with the score', () => {
  for (const name of Object.keys(SHAPES)) {
    const reference = freezeReference(sample(500, createRandom(name), SHAPES[name]!))
    const from = reference.tail!.from
    expect(pValue(reference, from)).toBeCloseTo(11 / 501, 12)
    expect(pValue(reference, from + 1e-9)).toBeCloseTo(11 / 501, 6)
    const lowest = reference.scores[0]! - 1
    const highest = reference.scores[499]! + 5
    let before = 0
    for (let i = 0; i <= 2000; i++) {
      const now = surprise(reference, lowest + (i / 2000) * (highest - lowest))
      expect(now).toBeGreaterThanOrEqual(before)
      before = now
    }
  }
})

test('scoreAt is where p falls to the level, on both sides of the joint', () => {
  const reference = freezeReference(sample(2000, createRandom('levels'), SHAPES.lognormal!))
  for (const level of [0.2, 0.05, 0.01, 0.004, 1e-4, 1e-7]) {
    const score = scoreAt(reference, level)
    expect(pValue(reference, score * 0.999)).toBeGreaterThan(level * 0.999)
    expect(pValue(reference, score * 1.001)).toBeLessThanOrEqual(level)
  }
})

test('few distinct scores: what was seen is counted, what lies above is rarer than anything seen', () => {
  const mostlyZero = freezeReference(Float64Array.from({ length: 2000 }, (_, i) => (i < 1900 ? 0 : 1)))
  expect(pValue(mostlyZero, 0)).toBe(1)
  expect(pValue(mostlyZero, 1)).toBeCloseTo(101 / 2001, 12)
  expect(isModelled(mostlyZero, 2)).toBe(true)
  expect(pValue(mostlyZero, 2)).toBeLessThan(2 / 2001)
  const counts = freezeReference(Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? 0 : i < 990 ? 1 : 7)))
  expect(pValue(counts, 7)).toBeCloseTo(11 / 1001, 12)
  expect(pValue(counts, 8)).toBeLessThanOrEqual(2 / 1001)
})

test('all scores equal: p = 1 for them, and one in n + 1 for what lies above, which nothing can model', () => {
  const reference = freezeReference(new Float64Array(300).fill(5))
  expect(reference.tail).toBeNull()
  expect(pValue(reference, 5)).toBe(1)
  expect(surprise(reference, 5)).toBe(0)
  expect(pValue(reference, 4)).toBe(1)
  expect(pValue(reference, 1e9)).toBeCloseTo(1 / 301, 15)
  expect(isModelled(reference, 1e9)).toBe(false)
  expect(scoreAt(reference, 1e-4)).toBe(Number.POSITIVE_INFINITY)
})

test('too few scores to model: counts alone answer, and an empty reference is surprised by nothing', () => {
  const few = freezeReference(Float64Array.from({ length: 49 }, (_, i) => i))
  expect(few.tail).toBeNull()
  expect(pValue(few, 1e6)).toBe(1 / 50)
  expect(pValue(freezeReference([]), 3)).toBe(1)
  expect(fitPeaks(Float64Array.from({ length: 50 }, (_, i) => i))).not.toBeNull()
})

test('p stays above 0 and surprise finite, however far out', () => {
  const reference = freezeReference(sample(500, createRandom('far'), SHAPES.normal!))
  expect(pValue(reference, 1e9)).toBeGreaterThan(0)
  expect(surprise(reference, 1e9)).toBeLessThan(Number.POSITIVE_INFINITY)
})
