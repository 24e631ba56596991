import { expect, test } from 'vitest'
import { median, medianAbsoluteDeviation, NORMAL_MAD } from './median.ts'
import { normalQuantile } from './normal.ts'
import {
  conformalBudget,
  conformalQuantile,
  conformalRank,
  countBelow,
  countUpTo,
  quantile,
  sortedCopy,
} from './quantile.ts'

const SAMPLE = [0.152, 0.156, 1.007, -1.977, -2.928, -1.094, 0.307, 2.187, 0.981, -1.313, -1.265]

test('type 7 quantiles agree with NumPy on recorded values', () => {
  const sorted = sortedCopy(SAMPLE)
  const recorded: [number, number][] = [
    [0, -2.928],
    [0.1, -1.977],
    [0.25, -1.289],
    [0.5, 0.152],
    [0.77, 0.7788],
    [0.95, 1.597],
    [1, 2.187],
  ]
  for (const [share, value] of recorded) expect(quantile(sorted, share)).toBeCloseTo(value, 13)
})

test('median and MAD agree with SciPy, and the normal factor with Φ⁻¹(3/4)', () => {
  expect(median(SAMPLE)).toBe(0.152)
  expect(medianAbsoluteDeviation(SAMPLE)).toBeCloseTo(1.246, 14)
  expect(NORMAL_MAD * normalQuantile(0.75)).toBeCloseTo(1, 14)
  expect(median([Number.NaN, 4, 2])).toBe(3)
  expect(median([])).toBeNaN()
})

test('sorting leaves NaN out and the input whole', () => {
  const input = Float64Array.of(3, Number.NaN, -1)
  expect([...sortedCopy(input)]).toEqual([-1, 3])
  expect(input[0]).toBe(3)
})

test('the conformal threshold leaves exactly ⌊level·(n + 1)⌋ ranks above itself', () => {
  const sorted = Float64Array.from({ length: 99 }, (_, i) => i + 1)
  expect(conformalQuantile(sorted, 0.05)).toBe(95)
  expect(conformalQuantile(sorted, 0.01)).toBe(99)
  expect(conformalQuantile(sorted, 0.009)).toBe(Number.POSITIVE_INFINITY)
  // 0.07 · 100 is 7.000000000000001 in binary, 0.29 · 100 is 28.999999999999996: neither may cost a rank.
  expect(conformalBudget(99, 0.07)).toBe(7)
  expect(conformalBudget(99, 0.29)).toBe(29)
  expect(conformalRank(99, 0.29)).toBe(71)
})

test('ranks in sorted values agree with counting', () => {
  const sorted = Float64Array.of(-1, 0, 0, 2, 2, 2, 7)
  for (const value of [-5, -1, 0, 1, 2, 7, 9]) {
    expect(countBelow(sorted, value)).toBe(sorted.filter((x) => x < value).length)
    expect(countUpTo(sorted, value)).toBe(sorted.filter((x) => x <= value).length)
  }
})
