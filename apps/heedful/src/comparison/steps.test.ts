import { createRandom } from '@heedful/detect/contracts/random'
import { bestF1 } from '@heedful/detect/metrics/f1'
import { rocAuc } from '@heedful/detect/metrics/roc-auc'
import { expect, it } from 'vitest'
import { histogramOf, stepsOf } from './steps.ts'

const random = createRandom('steps')
const labels = Float64Array.from({ length: 20_000 }, (_, i) => (i % 50 === 0 ? 1 : i % 997 === 0 ? Number.NaN : 0))
const scores = labels.map((label) => random.normal() + (label === 1 ? 1.7 : 0))

it('few steps tell the same as all of them: the area, the best F1, both ends', () => {
  const { steps, best, positives, negatives } = stepsOf(scores, labels)
  expect(steps.length).toBeLessThan(700)
  expect(steps[0]).toEqual({ threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 })
  expect(steps.at(-1)).toMatchObject({ truePositives: positives, falsePositives: negatives })
  let area = 0
  for (let i = 1; i < steps.length; i++) {
    const [a, b] = [steps[i - 1]!, steps[i]!]
    area += ((b.falsePositives - a.falsePositives) * (a.truePositives + b.truePositives)) / 2
  }
  expect(area / positives / negatives).toBeCloseTo(rocAuc(scores, labels), 3)
  expect(steps[best]?.threshold).toBe(bestF1(scores, labels).threshold)
})

it('few rows are told whole', () => {
  const { steps, best } = stepsOf(Float64Array.of(3, 2, 2, 1), Float64Array.of(1, 1, 0, 0))
  expect(steps.map(({ truePositives, falsePositives }) => [truePositives, falsePositives])).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
    [2, 2],
  ])
  expect(best).toBe(2)
})

it('every labelled row is in one bin of its kind', () => {
  const { normal, anomalous, from, to } = histogramOf(scores, labels)
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)
  expect(sum(anomalous)).toBe(labels.filter((label) => label === 1).length)
  expect(sum(normal)).toBe(labels.filter((label) => label === 0).length)
  expect(from).toBeLessThan(to)
  const flat = histogramOf(Float64Array.of(1, 1, 1), Float64Array.of(0, 1, 0))
  expect([sum(flat.normal), sum(flat.anomalous)]).toEqual([2, 1])
})
