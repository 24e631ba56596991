import { expect, test } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { madThreshold } from './mad-threshold.ts'
import { peaksOverThreshold } from './peaks-over-threshold.ts'
import { quantileThreshold } from './quantile-threshold.ts'

test('Benjamini–Hochberg agrees with SciPy and leaves out what has no p', () => {
  const adjusted = benjaminiHochberg([0.01, 0.04, Number.NaN, 0.03, 0.5, 0.005, 0.2, 0.04])
  const recorded = [0.035, 0.056, Number.NaN, 0.056, 0.5, 0.035, 0.23333333333333336, 0.056]
  for (let i = 0; i < recorded.length; i++) {
    if (Number.isNaN(recorded[i])) expect(adjusted[i]).toBeNaN()
    else expect(adjusted[i]).toBeCloseTo(recorded[i]!, 14)
  }
  expect(benjaminiHochberg([]).length).toBe(0)
})

test('the quantile threshold lets at most the level through on scores like its own', () => {
  const random = createRandom('threshold')
  const draw = () => Float64Array.from({ length: 5000 }, () => random.exponential())
  const threshold = quantileThreshold(draw(), 0.02)
  expect(draw().filter((score) => score > threshold).length / 5000).toBeLessThan(0.026)
  expect(threshold).toBeCloseTo(-Math.log(0.02), 0)
})

test('the MAD threshold is not moved by anomalies', () => {
  const scores = Float64Array.from({ length: 1001 }, (_, i) => (i - 500) / 100)
  const clean = madThreshold(scores)
  expect(clean).toBeCloseTo(3.5 * 1.4826 * 2.5, 1)
  const polluted = Float64Array.from([...scores, ...new Float64Array(100).fill(1e6)])
  expect(madThreshold(polluted)).toBeLessThan(clean * 1.4)
  expect(madThreshold([2, 2, 2, 9])).toBe(2)
})

test('peaks over threshold extrapolates below 1 / n, and is the quantile where it need not', () => {
  const random = createRandom('peaks')
  const scores = Float64Array.from({ length: 3000 }, () => random.exponential())
  expect(peaksOverThreshold(scores, 0.2)).toBe(quantileThreshold(scores, 0.2))
  const far = peaksOverThreshold(scores, 1e-5)
  expect(far).toBeGreaterThan(9)
  expect(far).toBeLessThan(16)
  expect(peaksOverThreshold([1, 2, 3], 1e-5)).toBe(Number.POSITIVE_INFINITY)
})
