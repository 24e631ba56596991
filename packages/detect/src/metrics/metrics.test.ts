/** Recorded from scikit-learn 1.9.1 and, for Wilson's interval, statsmodels 0.14. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { averagePrecision } from './average-precision.ts'
import { bootstrapInterval } from './bootstrap-interval.ts'
import { precisionAtBudget, recallAtBudget, spendBudget } from './budget.ts'
import { confusion, precision, recall } from './confusion.ts'
import { bestF1, f1 } from './f1.ts'
import { lift } from './lift.ts'
import { precisionAtN } from './precision-at-n.ts'
import { rocAuc } from './roc-auc.ts'
import { wilsonInterval } from './wilson-interval.ts'

interface Recorded {
  scores: number[]
  labels: number[]
  auc: number
  averagePrecision: number
  f1: number
  threshold: number
  /** At a threshold of 0.5: true negatives, false positives, false negatives, true positives. */
  counts: [number, number, number, number]
}

// biome-ignore format: one line a vector
const RECORDED: Recorded[] = [
  {
    scores: [-1.0, 1.6, 0.2, -0.5, 1.1, -1.2, -0.6, 0.7, 0.5, 0.6, -0.1, 0.6],
    labels: [0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1],
    auc: 0.7285714285714286, averagePrecision: 0.5977777777777777, f1: 0.7272727272727272, threshold: 0.5, counts: [5, 2, 1, 4],
  },
  {
    scores: [0, -1, 3, 1, 2, 2, 1, 2, -1, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, -1, 1, -1, -1, 0, 2, 0, 0, -1, 0, -1],
    labels: [0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0],
    auc: 0.8809523809523809, averagePrecision: 0.7608381956208042, f1: 0.75, threshold: 2, counts: [17, 4, 2, 7],
  },
  {
    scores: [0.348, -0.941, 0.907, 0.018, 0.585, -0.634, -0.993, 0.048, 1.069, -0.325, 0.421, 3.076, -1.215, 1.458, -0.306,
      0.141, -1.026, -0.015, 1.634, -0.532, 1.254, 0.722, 0.297, 2.069, 0.461],
    labels: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0],
    auc: 0.9206349206349207, averagePrecision: 0.8809523809523809, f1: 0.8333333333333333, threshold: 1.254, counts: [15, 3, 1, 6],
  },
]

test.each(RECORDED)('agrees with scikit-learn, also with ties: AUC $auc', (recorded) => {
  const { scores, labels } = recorded
  expect(rocAuc(scores, labels)).toBeCloseTo(recorded.auc, 14)
  expect(averagePrecision(scores, labels)).toBeCloseTo(recorded.averagePrecision, 14)
  const best = bestF1(scores, labels)
  expect(best.f1).toBeCloseTo(recorded.f1, 14)
  expect(best.threshold).toBe(recorded.threshold)
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = recorded.counts
  const at = confusion(scores, labels, 0.5)
  expect(at).toEqual({ truePositives, falsePositives, falseNegatives, trueNegatives })
  expect(precision(at)).toBeCloseTo(truePositives / (truePositives + falsePositives), 15)
  expect(recall(at)).toBeCloseTo(truePositives / (truePositives + falseNegatives), 15)
  expect(f1(at)).toBeCloseTo((2 * precision(at) * recall(at)) / (precision(at) + recall(at)), 14)
})

test('rows without a label are left out', () => {
  const { scores, labels, auc, averagePrecision: expected } = RECORDED[0]!
  expect(rocAuc([9, ...scores, -9], [Number.NaN, ...labels, Number.NaN])).toBeCloseTo(auc, 14)
  expect(averagePrecision([9, ...scores], [Number.NaN, ...labels])).toBeCloseTo(expected, 14)
})

test('what cannot be said is NaN, what cannot be read is refused', () => {
  expect(rocAuc([1, 2], [0, 0])).toBeNaN()
  expect(averagePrecision([1, 2], [0, 0])).toBeNaN()
  expect(bestF1([1, 2], [0, 0]).threshold).toBeNaN()
  expect(precisionAtN([1], [0])).toBeNaN()
  expect(() => rocAuc([1, 2], [0])).toThrow('2 scores but 1 labels')
  expect(() => rocAuc([1, 2], [0, 2])).toThrow('label 1 is 2')
  expect(() => rocAuc([1, Number.NaN], [0, 1])).toThrow('score 1 is NaN')
})

test('all scores equal: chance, whatever the order of the rows', () => {
  expect(rocAuc([5, 5, 5, 5], [1, 0, 0, 0])).toBe(0.5)
  expect(averagePrecision([5, 5, 5, 5], [1, 0, 0, 0])).toBe(0.25)
  expect(precisionAtBudget([5, 5, 5, 5], [1, 0, 0, 0], 2)).toBe(0.25)
  expect(recallAtBudget([5, 5, 5, 5], [1, 0, 0, 0], 2)).toBe(0.5)
  expect(lift([5, 5, 5, 5], [1, 0, 0, 0], 2)).toBe(1)
})

test('a budget that cuts through ties gives the mean over every way of breaking them', () => {
  const tied = fc.array(fc.record({ score: fc.integer({ min: 0, max: 3 }), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(tied, fc.nat(14), (rows, budget) => {
      const scores = rows.map(({ score }) => score)
      const labels = rows.map(({ label }) => label)
      const random = createRandom('ties')
      let hits = 0
      const draws = 400
      for (let draw = 0; draw < draws; draw++) {
        const broken = scores.map((score, row) => ({ key: score + 0.5 * random.next(), label: labels[row]! }))
        hits += broken
          .sort((a, b) => b.key - a.key)
          .slice(0, budget)
          .reduce((sum, { label }) => sum + label, 0)
      }
      expect(Math.abs(spendBudget(scores, labels, budget).hits - hits / draws)).toBeLessThan(0.35)
    }),
    { seed: 3, numRuns: 60 },
  )
})

test('budgets by hand', () => {
  const scores = [9, 8, 7, 6, 5]
  const labels = [1, 0, 1, 0, 0]
  expect(precisionAtN(scores, labels)).toBe(0.5)
  expect(precisionAtBudget(scores, labels, 3)).toBeCloseTo(2 / 3, 15)
  expect(recallAtBudget(scores, labels, 3)).toBe(1)
  expect(lift(scores, labels, 1)).toBe(2.5)
  expect(precisionAtBudget(scores, labels, 50)).toBeCloseTo(0.4, 15)
  expect(precisionAtBudget(scores, labels, 0)).toBeNaN()
})

test('Wilson agrees with statsmodels and stays within 0 and 1', () => {
  const recorded: [number, number, number, number, number][] = [
    [9, 10, 0.95, 0.5958499732047614, 0.982123786904927],
    [0, 20, 0.95, 0, 0.1611251580528194],
    [20, 20, 0.95, 0.8388748419471804, 1],
    [137, 1000, 0.9, 0.12009160767706109, 0.15586731691500502],
    [1, 3, 0.95, 0.06149194472039626, 0.7923403991979523],
  ]
  for (const [successes, trials, confidence, low, high] of recorded) {
    const interval = wilsonInterval(successes, trials, confidence)
    expect(interval.low).toBeCloseTo(low, 13)
    expect(interval.high).toBeCloseTo(high, 13)
  }
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
})

test('the bootstrap interval of a mean covers as often as it says, and its seed decides it', () => {
  const mean = (values: Float64Array) => (rows: Uint32Array) =>
    rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
  let covered = 0
  const runs = 300
  for (let run = 0; run < runs; run++) {
    const random = createRandom('bootstrap').split(run)
    const values = Float64Array.from({ length: 60 }, () => random.exponential())
    const { low, high } = bootstrapInterval(60, mean(values), random.split('draws'), {
      resamples: 300,
      confidence: 0.9,
    })
    if (low <= 1 && 1 <= high) covered++
  }
  const { low, high } = wilsonInterval(covered, runs, 0.999)
  expect(low).toBeLessThan(0.9)
  expect(high).toBeGreaterThan(0.86)
  const values = Float64Array.from({ length: 40 }, (_, i) => Math.sqrt(i))
  const once = bootstrapInterval(40, mean(values), createRandom(1))
  expect(bootstrapInterval(40, mean(values), createRandom(1))).toEqual(once)
  expect(bootstrapInterval(40, mean(values), createRandom(2))).not.toEqual(once)
})
