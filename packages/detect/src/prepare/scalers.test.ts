/** Recorded from scikit-learn 1.9.0 (MinMaxScaler, QuantileTransformer) and SciPy (rankdata). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FittedPreparer } from '../contracts/preparation.ts'
import { numberRows } from '../contracts/rows.ts'
import { minMaxScaler } from './min-max-scaler.ts'
import { quantileScaler } from './quantile-scaler.ts'
import { rankScaler } from './rank-scaler.ts'
import { signedLogarithm } from './signed-logarithm.ts'

const column = (values: readonly number[]) => numberRows(['x'], Float64Array.from(values))
const answers = (fitted: FittedPreparer, ...asked: number[]) => [...fitted.prepare(column(asked)).data]

const TRAIN = [1, 2, 2, 2, 3, 4, 7, 7, 100, 0, -5, 2]
const ASKED = [-10, -5, 0, 1.5, 2, 2.5, 3, 7, 50, 100, 200]
const MIN_MAX = [
  -0.04761904761904762, 0.0, 0.04761904761904762, 0.06190476190476191, 0.06666666666666668, 0.07142857142857144,
  0.0761904761904762, 0.1142857142857143, 0.5238095238095238, 1.0, 1.9523809523809526,
]
const UNIFORM = [
  0.0, 0.0, 0.09090909090909091, 0.22727272727272727, 0.40909090909090906, 0.5909090909090908, 0.6363636363636364,
  0.8636363636363638, 0.9511241446725318, 1.0, 1.0,
]
const NORMAL = [
  -5.199337582605575, -5.199337582605575, -1.335177736118937, -0.7478585947633022, -0.2298841175792322,
  0.2298841175792319, 0.3487556955170447, 1.0968035620935135, 1.655852412314665, 5.19933758270342, 5.19933758270342,
]
const FIVE = [
  0.0, 0.0, 0.18518518518518517, 0.24074074074074076, 0.5, 0.5454545454545454, 0.5909090909090909, 0.7559055118110236,
  0.868766404199475, 1.0, 1.0,
]
const RANKS = [
  0.20833333333333334, 0.4166666666666667, 0.4166666666666667, 0.4166666666666667, 0.625, 0.7083333333333334,
  0.8333333333333334, 0.8333333333333334, 0.9583333333333334, 0.125, 0.041666666666666664, 0.4166666666666667,
]

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 11)
}

test('min-max agrees with scikit-learn; a constant is only moved', () => {
  expectClose(answers(minMaxScaler.fit(column(TRAIN)), ...ASKED), MIN_MAX)
  expect(answers(minMaxScaler.fit(column([7, 7])), 6, 7, 9)).toEqual([-1, 0, 2])
  expect(answers(minMaxScaler.fit(column([-1e300, 1e300])), 0, 1e300)).toEqual([0.5, 1])
})

test('quantiles agree with scikit-learn, ties and edges too', () => {
  const fit = (params: object) => quantileScaler.fit(column(TRAIN), { params })
  expectClose(answers(fit({}), ...ASKED), UNIFORM)
  expectClose(answers(fit({ distribution: 'normal' }), ...ASKED), NORMAL)
  expectClose(answers(fit({ quantiles: 5 }), ...ASKED), FIVE)
})

test('quantiles of a constant, of one value, of none; of tiny units', () => {
  expect(answers(quantileScaler.fit(column([7, 7, 7])), 6, 7, 8)).toEqual([0, 0, 1])
  expect(answers(quantileScaler.fit(column([7])), 6, 7, 8)).toEqual([0, 0, 1])
  const none = column([Number.NaN])
  expect(answers(quantileScaler.fit(none), 3, Number.NaN)).toEqual([0.5, Number.NaN])
  expect(answers(quantileScaler.fit(none, { params: { distribution: 'normal' } }), 3)).toEqual([0])
  const tiny = [1e-9, 2e-9, 3e-9]
  const fitted = quantileScaler.fit(column(tiny), { params: { distribution: 'normal' } })
  expectClose(answers(fitted, 2e-9), [0])
})

test('of many values the share below is about kept by a thousand quantiles', () => {
  const many = Array.from({ length: 20_001 }, (_, i) => i * i)
  const fitted = quantileScaler.fit(column(many))
  for (const i of [1, 77, 5000, 19_999]) {
    expect(Math.abs(answers(fitted, i * i)[0]! - i / 20_000)).toBeLessThan(1 / 999)
  }
})

test('ranks are the mean ranks of SciPy, less a half, over the rows', () => {
  expectClose(answers(rankScaler.fit(column(TRAIN)), ...TRAIN), RANKS)
  expect(answers(rankScaler.fit(column([1, 2])), 0, 1.5, 3)).toEqual([0, 0.5, 1])
  expect(answers(rankScaler.fit(column([Number.NaN])), 3)).toEqual([0.5])
})

test('ranks and quantiles rise with the value, stay from 0 to 1, and do not mind its unit', () => {
  const value = fc.integer({ min: -50, max: 50 })
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.array(value, { minLength: 2 }), (train, asked) => {
      const sorted = asked.sort((a, b) => a - b)
      for (const scaler of [rankScaler, quantileScaler]) {
        const found = answers(scaler.fit(column(train)) as FittedPreparer, ...sorted)
        for (const [i, share] of found.entries()) {
          expect(share).toBeGreaterThanOrEqual(i === 0 ? 0 : found[i - 1]!)
          expect(share).toBeLessThanOrEqual(1)
        }
        const doubled = scaler.fit(column(train.map((x) => 2 * x))) as FittedPreparer
        expectClose(answers(doubled, ...sorted.map((x) => 2 * x)), found)
      }
    }),
    { seed: 3 },
  )
})

test('the signed logarithm: odd, exact near 0, finite for the largest', () => {
  const fitted = signedLogarithm.fit(column([0]))
  const asked = [0, 1, -1, 1e-12, 1e6, -1e6, 1e300, Number.NaN]
  const found = answers(fitted, ...asked)
  expect(found.slice(0, 3)).toEqual([0, Math.LN2, -Math.LN2])
  expect(Math.abs(found[3]! / 1e-12 - 1)).toBeLessThan(1e-11)
  expect(found[4]).toBeCloseTo(13.815511557963774, 10)
  expect(found[5]).toBe(-found[4]!)
  expect(found[6]).toBeCloseTo(690.7755278982137, 8)
  expect(found[7]).toBeNaN()
})
