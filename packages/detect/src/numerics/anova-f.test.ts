/** Recorded from scikit-learn 1.9: f_classif. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anovaF } from './anova-f.ts'

test('it is hand-checkable', () => {
  expect(anovaF([1, 2, 3, 7, 8, 9], [0, 0, 0, 1, 1, 1])).toBeCloseTo(54, 12)
  expect(anovaF([1, Number.NaN, 2, 3, 7, 8, 9], [0, 1, 0, 0, 1, 1, 1])).toBeCloseTo(54, 12)
})

test('what does not vary', () => {
  expect(anovaF([5, 5, 5, 5], [0, 0, 1, 1])).toBe(0)
  expect(anovaF([0.1, 0.1, 0.1], [0, 1, 1])).toBe(0)
  expect(anovaF([4, 4, 5, 5], [0, 0, 1, 1])).toBe(Number.POSITIVE_INFINITY)
  expect(anovaF([1, 2], [0, 1])).toBe(Number.POSITIVE_INFINITY)
  expect(anovaF([1, 2, Number.NaN], [0, 0, 1])).toBe(0)
  expect(anovaF([], [])).toBe(0)
})

test('neither unit nor order of the groups matters, and huge values do not overflow', () => {
  const value = fc.integer({ min: -1000, max: 1000 })
  const row = fc.tuple(value, fc.integer({ min: 0, max: 1 }))
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 40 }), (rows) => {
      const labels = rows.map(([, label]) => label)
      const f = anovaF(
        rows.map(([x]) => x),
        labels,
      )
      const same = [
        anovaF(
          rows.map(([x]) => x * 2 ** 990),
          labels,
        ),
        anovaF(
          rows.map(([x]) => x),
          labels.map((label) => 1 - label),
        ),
      ]
      for (const other of same) {
        if (Number.isFinite(f)) expect(Math.abs(other - f)).toBeLessThanOrEqual(1e-9 * (1 + f))
        else expect(other).toBe(f)
      }
    }),
    { seed: 7 },
  )
})
