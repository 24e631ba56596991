/** Curves recorded from scikit-learn 1.9.0; DeLong's test from NumPy, by the placements of the paper. */
import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { averagePrecision } from './average-precision.ts'
import { precisionRecallCurve, rocCurve } from './curves.ts'
import { delongTest } from './delong.ts'
import { pairedBootstrap } from './paired-bootstrap.ts'
import { rocAuc } from './roc-auc.ts'

// biome-ignore format: one line a vector
const scores = [0, -1, 3, 1, 2, 2, 1, 2, -1, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, -1, 1, -1, -1, 0, 2, 0, 0, -1, 0, -1]
// biome-ignore format: one line a vector
const others = [-1, -2.2, 1.5, 1.1, 2.6, 1.3, -0.1, 0.3, 0.3, 2, 2.1, -1.5, -1.1, 1.9, 1.4, -2.1, -0.1, -1.4, -0.2, -1.2, -0.3, 0.1, -0.7, -0.7, 1.7, 1, -2, -0.9, -1.2, -0.8]
// biome-ignore format: one line a vector
const labels = [0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0]

const close = (found: Float64Array, expected: number[]) => {
  expect(found.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 14)
}

test('the ROC curve is that of scikit-learn', () => {
  const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(scores, labels)
  close(falsePositiveRate, [0, 0, 0.047619047619047616, 0.19047619047619047, 0.6666666666666666, 1])
  close(truePositiveRate, [0, 0.2222222222222222, 0.6666666666666666, 0.7777777777777778, 1, 1])
  expect(thresholds).toEqual(Float64Array.of(Number.POSITIVE_INFINITY, 3, 2, 1, 0, -1))
})

test('precision and recall are those of scikit-learn, read from the end', () => {
  const { precision, recall, thresholds } = precisionRecallCurve(scores, labels)
  close(precision, [1, 1, 0.8571428571428571, 0.6363636363636364, 0.391304347826087, 0.3])
  close(recall, [0, 0.2222222222222222, 0.6666666666666666, 0.7777777777777778, 1, 1])
  expect(thresholds).toEqual(Float64Array.of(Number.POSITIVE_INFINITY, 3, 2, 1, 0, -1))
})

const area = ({ falsePositiveRate: x, truePositiveRate: y }: ReturnType<typeof rocCurve>) =>
  x.reduce((sum, value, i) => (i === 0 ? 0 : sum + ((value - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2), 0)

const labelled = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 9 }), label: fc.integer({ min: 0, max: 1 }) }), { minLength: 4 })
  .filter((rows) => new Set(rows.map(({ label }) => label)).size === 2)

it('thin or not, the area below the curve is the ROC-AUC, and the steps of the other are the average precision', () => {
  fc.assert(
    fc.property(labelled, (rows) => {
      const [scores, labels] = [rows.map(({ score }) => score), rows.map(({ label }) => label)]
      const [whole, thin] = [rocCurve(scores, labels), rocCurve(scores, labels, { thin: true })]
      expect(area(whole)).toBeCloseTo(rocAuc(scores, labels), 12)
      expect(area(thin)).toBeCloseTo(rocAuc(scores, labels), 12)
      expect(thin.thresholds.length).toBeLessThanOrEqual(whole.thresholds.length)
      const { precision, recall } = precisionRecallCurve(scores, labels)
      const steps = recall.reduce((sum, r, i) => (i === 0 ? 0 : sum + (r - recall[i - 1]!) * precision[i]!), 0)
      expect(steps).toBeCloseTo(averagePrecision(scores, labels), 12)
    }),
  )
})

it('thin leaves points on straight lines out', () => {
  const perfect = rocCurve([9, 8, 7, 3, 2, 1], [1, 1, 1, 0, 0, 0], { thin: true })
  expect(perfect.truePositiveRate).toEqual(Float64Array.of(0, 1, 1))
  expect(perfect.falsePositiveRate).toEqual(Float64Array.of(0, 0, 1))
})

test("DeLong's test by hand", () => {
  const found = delongTest(scores, others, labels)
  expect(found.first).toBeCloseTo(0.8809523809523809, 14)
  expect(found.second).toBeCloseTo(0.6984126984126984, 14)
  expect(found.standardError).toBeCloseTo(0.0709567012166706, 14)
  expect(found.z).toBeCloseTo(2.572550293485129, 12)
  expect(found.pValue).toBeCloseTo(0.010095228708345215, 10)
  const back = delongTest(others, scores, labels)
  expect(back.z).toBeCloseTo(-found.z, 12)
  expect(back.pValue).toBeCloseTo(found.pValue, 14)
})

it('says nothing of a detector beside itself, or where there is nothing to say', () => {
  expect(delongTest(scores, scores, labels)).toMatchObject({ difference: 0, z: 0, pValue: 1 })
  expect(delongTest([1, 2, 3], [3, 2, 1], [0, 0, 1]).pValue).toBeNaN()
  expect(() => delongTest([1, 2], [1], [0, 1])).toThrow('1 scores but 2 labels')
  expect(() => delongTest([1, Number.NaN], [1, 1], [0, 1])).toThrow('score 1 is NaN')
  const unlabelled = [...labels, Number.NaN]
  expect(delongTest([...scores, 99], [...others, -99], unlabelled)).toEqual(delongTest(scores, others, labels))
})

/** The variance as the paper defines it, pair by pair. */
function slowStandardError(a: number[], b: number[], labels: number[]): number {
  const psi = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0)
  const rows = (wanted: number) => [...labels.keys()].filter((row) => labels[row] === wanted)
  const [anomalies, normals] = [rows(1), rows(0)]
  const mean = (list: number[]) => list.reduce((sum, v) => sum + v, 0) / list.length
  const of = (scores: number[]) => ({
    anomalies: anomalies.map((i) => mean(normals.map((j) => psi(scores[i]!, scores[j]!)))),
    normals: normals.map((j) => mean(anomalies.map((i) => psi(scores[i]!, scores[j]!)))),
  })
  const [first, second] = [of(a), of(b)]
  const part = (x: number[], y: number[]) => {
    const gaps = x.map((v, i) => v - y[i]!)
    return gaps.reduce((sum, gap) => sum + (gap - mean(gaps)) * (gap - mean(gaps)), 0) / (gaps.length - 1) / gaps.length
  }
  return Math.sqrt(part(first.anomalies, second.anomalies) + part(first.normals, second.normals))
}

it('midranks give what counting pairs gives', () => {
  const row = fc.record({ a: fc.integer({ min: 0, max: 6 }), b: fc.integer({ min: 0, max: 6 }), label: fc.nat(1) })
  fc.assert(
    fc.property(fc.array(row, { minLength: 6, maxLength: 40 }), (rows) => {
      const labels = rows.map(({ label }) => label)
      fc.pre(labels.filter((label) => label === 1).length > 1 && labels.filter((label) => label === 0).length > 1)
      const [a, b] = [rows.map((one) => one.a), rows.map((one) => one.b)]
      const found = delongTest(a, b, labels)
      expect(found.standardError).toBeCloseTo(slowStandardError(a, b, labels), 12)
      expect(found.first).toBeCloseTo(rocAuc(a, labels), 12)
    }),
  )
})

it('equally good detectors are told apart as often as the level says', () => {
  let rejected = 0
  const runs = 400
  for (let run = 0; run < runs; run++) {
    const random = createRandom('delong').split(run)
    const labels = Array.from({ length: 120 }, (_, i) => (i % 4 === 0 ? 1 : 0))
    const shared = labels.map((label) => 1.2 * label + random.normal())
    const noisy = () => shared.map((value) => value + 0.7 * random.normal())
    if (delongTest(noisy(), noisy(), labels).pValue < 0.1) rejected++
  }
  expect(rejected / runs).toBeGreaterThan(0.06)
  expect(rejected / runs).toBeLessThan(0.145)
})

it('the paired bootstrap of a difference agrees with DeLong, and is narrower than that of unpaired rows would be', () => {
  const { difference, interval } = pairedBootstrap(rocAuc, scores, others, labels, createRandom(3))
  const expected = delongTest(scores, others, labels)
  expect(difference).toBeCloseTo(expected.difference, 14)
  expect(Math.abs(interval.high - interval.low - 2 * 1.96 * expected.standardError)).toBeLessThan(0.06)
  expect(interval.low).toBeGreaterThan(0)
  expect(pairedBootstrap(rocAuc, scores, scores, labels, createRandom(3))).toEqual({
    difference: 0,
    interval: { low: 0, high: 0 },
  })
  expect(() => pairedBootstrap(rocAuc, [1], [1, 2], [0, 1], createRandom(1))).toThrow('the same rows')
})
