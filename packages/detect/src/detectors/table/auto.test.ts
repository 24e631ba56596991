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

const numbers = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row)

describe('auto', () => {
  it('finds anomalies that lie so close together that each is the neighbour of the other', () => {
    const { rows, labels } = crowd(600, 6, 60)
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
