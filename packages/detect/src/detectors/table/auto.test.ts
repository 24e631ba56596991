import { describe, expect, it } from 'vitest'
import { encode } from '../../contracts/codec.ts'
import { createRandom } from '../../contracts/random.ts'
import { numberRows, pickRows, type Rows } from '../../contracts/rows.ts'
import { rocAuc } from '../../metrics/roc-auc.ts'
import { auto } from './auto.ts'
import { kNearestNeighbours } from './k-nearest-neighbours.ts'

const names = (width: number): string[] => Array.from({ length: width }, (_, j) => `c${j}`)

/** Standard normals; the last `planted` rows lie close together, somewhere else. */
function crowd(count: number, width: number, planted: number, seed = 1): { rows: Rows; labels: Float64Array } {
  const random = createRandom(seed)
  const data = Float64Array.from({ length: count * width }, (_, i) =>
    i < (count - planted) * width ? random.normal() : 3 + 0.1 * random.normal(),
  )
  return {
    rows: numberRows(names(width), data),
    labels: Float64Array.from({ length: count }, (_, row) => (row < count - planted ? 0 : 1)),
  }
}

/** Rows of which many are strange in a column that nobody minds, and some a little strange in the one that matters. */
function twoKinds(seed = 1): { rows: Rows; labels: Float64Array } {
  const random = createRandom(seed).split('two kinds')
  const labels = Float64Array.from({ length: 480 }, (_, row) => (row % 12 === 0 ? 1 : 0))
  const data = Float64Array.from({ length: 480 * 4 }, (_, i) => {
    const [row, j] = [Math.floor(i / 4), i % 4]
    if (j === 0 && labels[row] === 1) return 2.5 + 0.5 * random.normal()
    return j === 3 && row % 10 === 1 ? 6 * random.normal() : random.normal()
  })
  return { rows: numberRows(names(4), data), labels }
}

const numbers = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row)

describe('auto', () => {
  it('finds anomalies that lie so close together that each is the neighbour of the other', () => {
    const { rows, labels } = crowd(600, 6, 40)
    expect(rocAuc(auto.fitNow(rows).score(rows), labels)).toBeGreaterThan(0.99)
    expect(rocAuc(kNearestNeighbours.fitNow(rows).score(rows), labels)).toBeLessThan(0.2)
  })

  it('says nothing of what it could not do, where all of it could be done', () => {
    expect(auto.fitNow(crowd(200, 3, 5).rows).notes()).toEqual([])
  })

  it('keeps a sample, whatever the number of rows', () => {
    const size = (count: number) =>
      encode(auto.fitNow(crowd(count, 3, 9).rows, { params: { sample: 400 } }).save()).length
    expect(size(4000)).toBeLessThan(1.1 * size(400))
  })

  it('never learns rows of weight 0', () => {
    const { rows, labels } = crowd(300, 4, 40)
    const normal = pickRows(rows, numbers(260))
    const weights = labels.map((label) => 1 - label)
    const taught = auto.fitNow(rows, { lesson: { weights } })
    expect(taught.score(rows)).toEqual(auto.fitNow(normal).score(rows))
  })

  it.each([
    ['two rows', numberRows(['a', 'b'], Float64Array.of(1, 2, 3, 4))],
    ['one column', crowd(80, 1, 4).rows],
    ['equal rows', numberRows(['a', 'b'], new Float64Array(60).fill(7))],
    [
      'a constant column',
      numberRows(
        ['a', 'b'],
        Float64Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 5 : i)),
      ),
    ],
    ['more columns than rows', crowd(20, 50, 1).rows],
    [
      'huge values',
      numberRows(
        ['a', 'b'],
        Float64Array.from({ length: 80 }, (_, i) => (i === 9 ? 1e300 : i % 7)),
      ),
    ],
  ])('learns from %s', (_, rows) => {
    const scores = auto.fitNow(rows).score(rows)
    expect(scores.every((score) => Number.isFinite(score) && score >= 0)).toBe(true)
  })

  it('learns from a few labels where to look', () => {
    const { rows, labels } = twoKinds()
    const few = labels.map((label, row) => (label === 1 && row % 8 === 0 ? 1 : Number.NaN))
    const [untaught, taught] = [auto.fitNow(rows), auto.fitNow(rows, { lesson: { labels: few } })]
    const asked = twoKinds(2)
    const before = rocAuc(untaught.score(asked.rows), asked.labels)
    expect(before).toBeLessThan(0.9)
    expect(rocAuc(taught.score(asked.rows), asked.labels)).toBeGreaterThan(before + 0.05)
    expect(taught.notes()).toEqual([])
    expect(auto.load(taught.save()).score(asked.rows)).toEqual(taught.score(asked.rows))
  })

  it('takes labels that are missing for no labels', () => {
    const { rows } = crowd(200, 3, 9)
    const labels = new Float64Array(200).fill(Number.NaN)
    expect(auto.fitNow(rows, { lesson: { labels } }).score(rows)).toEqual(auto.fitNow(rows).score(rows))
  })

  it('never leaves out what is labelled as normal', () => {
    const { rows, labels } = crowd(400, 4, 12)
    const known = labels.map((label) => (label === 1 ? 0 : Number.NaN))
    const mean = (scores: Float64Array) => scores.slice(-12).reduce((sum, score) => sum + score / 12, 0)
    const taught = auto.fitNow(rows, { lesson: { labels: known } })
    expect(mean(taught.score(rows))).toBeLessThan(0.5 * mean(auto.fitNow(rows).score(rows)))
  })

  it.each([
    ['one label', [1]],
    ['labels of anomalies alone', new Array(60).fill(1)],
  ])('learns from %s', (_, given) => {
    const labels = Float64Array.from({ length: 60 }, (_, row) => given[row] ?? Number.NaN)
    const { rows } = crowd(60, 3, 3)
    expect(auto.fitNow(rows, { lesson: { labels } }).score(rows).every(Number.isFinite)).toBe(true)
  })

  it('refuses one row, and says how many it needs', () => {
    expect(() => auto.fitNow(numberRows(['a'], Float64Array.of(1)))).toThrow(
      expect.objectContaining({ code: 'rows-too-few', message: expect.stringContaining('at least 2 rows') }),
    )
  })

  it('stops when it is told to', async () => {
    const signal = { aborted: false }
    const job = {
      signal,
      due: () => true,
      tick: () => {
        signal.aborted = true
        return Promise.resolve()
      },
    }
    await expect(auto.fit(crowd(500, 4, 9).rows, { job })).rejects.toMatchObject({ code: 'fit-aborted' })
  })
})
