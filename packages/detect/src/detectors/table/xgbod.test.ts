import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows, type Rows } from '../../contracts/rows.ts'
import { rocAuc } from '../../metrics/roc-auc.ts'
import { gradientBoosting } from './gradient-boosting.ts'
import { labelWeightedFusion } from './label-weighted-fusion.ts'
import { positiveUnlabelled } from './positive-unlabelled.ts'
import { xgbod } from './xgbod.ts'

/** Standard normals; every tenth row is far from the middle in some direction, which no single column shows. */
function ring(seed: number): { rows: Rows; labels: Float64Array } {
  const random = createRandom(seed).split('ring')
  const labels = Float64Array.from({ length: 600 }, (_, row) => (row % 10 === 0 ? 1 : 0))
  const data = new Float64Array(600 * 4)
  for (let row = 0; row < 600; row++) {
    const spread = labels[row] === 1 ? 2.5 : 1
    for (let j = 0; j < 4; j++) data[row * 4 + j] = spread * random.normal()
  }
  return { rows: numberRows(['a', 'b', 'c', 'd'], data), labels }
}

const taught = ring(1)
const asked = ring(2)
/** A third of the anomalies are labelled, and nothing else. */
const few = taught.labels.map((label, row) => (label === 1 && row % 30 === 0 ? 1 : Number.NaN))

describe('detectors that learn from some labels', () => {
  it('xgbod finds more by the scores of unsupervised detectors than trees find by columns', () => {
    const lesson = { labels: taught.labels }
    const params = { leastRows: 5, leaves: 16 }
    const [stacked, alone] = [
      xgbod.fitNow(taught.rows, { lesson }),
      gradientBoosting.fitNow(taught.rows, { lesson, params }),
    ]
    expect(rocAuc(stacked.score(asked.rows), asked.labels)).toBeGreaterThan(
      rocAuc(alone.score(asked.rows), asked.labels),
    )
  })

  it.each([xgbod, positiveUnlabelled, labelWeightedFusion])('$id learns from anomalies alone', (detector) => {
    const model = detector.fitNow(taught.rows, { lesson: { labels: few } })
    expect(rocAuc(model.score(asked.rows), asked.labels)).toBeGreaterThan(0.75)
  })

  it.each([xgbod, positiveUnlabelled])('$id refuses rows of which all are anomalies', (detector) => {
    const lesson = { labels: new Float64Array(600).fill(1) }
    expect(() => detector.fitNow(taught.rows, { lesson })).toThrow(expect.objectContaining({ code: 'lesson-value' }))
  })

  it.each([xgbod, positiveUnlabelled])('$id says that one kind is missing where its rows weigh nothing', (detector) => {
    const weights = few.map((label) => (label === 1 ? 0 : 1))
    const run = () => detector.fitNow(taught.rows, { lesson: { labels: few, weights } })
    expect(run).toThrow(expect.objectContaining({ code: 'lesson-value', message: expect.stringContaining('kind') }))
  })

  it.each([xgbod, positiveUnlabelled, labelWeightedFusion])('$id learns from a single label', (detector) => {
    const labels = Float64Array.from({ length: 600 }, (_, row) => (row === 0 ? 1 : Number.NaN))
    const scores = detector.fitNow(taught.rows, { lesson: { labels } }).score(asked.rows)
    expect(scores.every(Number.isFinite)).toBe(true)
  })

  it('label-weighted fusion believes those more that find the labelled rows strange', () => {
    /** A ring, and a few rows in its middle: no column and no tail shows them, the distance to neighbours does. */
    const random = createRandom('ring with a middle')
    const data = new Float64Array(400 * 2)
    for (let row = 0; row < 400; row++) {
      const [angle, radius] = [2 * Math.PI * random.next(), row < 20 ? 0.5 * random.next() : 4 + 0.3 * random.normal()]
      data[2 * row] = radius * Math.cos(angle)
      data[2 * row + 1] = radius * Math.sin(angle)
    }
    const rows = numberRows(['x', 'y'], data)
    const truth = Float64Array.from({ length: 400 }, (_, row) => (row < 20 ? 1 : 0))
    const labels = truth.map((label, row) => (label === 1 && row % 4 === 0 ? 1 : Number.NaN))
    const areaAt = (sharpness: number) =>
      rocAuc(labelWeightedFusion.fitNow(rows, { lesson: { labels }, params: { sharpness } }).score(rows), truth)
    expect(areaAt(2)).toBeGreaterThan(areaAt(0))
  })
})
