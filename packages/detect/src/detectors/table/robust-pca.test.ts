import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows } from '../../contracts/rows.ts'
import { rocAuc } from '../../metrics/roc-auc.ts'
import { pca } from './pca.ts'
import { robustPca } from './robust-pca.ts'

const names = ['a', 'b', 'c', 'd']
const random = createRandom('robust-pca')

/** Rows near a plane in four columns. */
function nearPlane(count: number): number[][] {
  return Array.from({ length: count }, () => {
    const [u, v] = [3 * random.normal(), 2 * random.normal()]
    return [u, v, u + v, u - v].map((value) => value + 0.05 * random.normal())
  })
}
/** Rows off it, all in one direction, each of whose columns is usual. */
const offPlane = (count: number): number[][] =>
  Array.from({ length: count }, () => [2, 2, -4, 4].map((value) => value + 0.1 * random.normal()))

const rowsOf = (rows: number[][]) => numberRows(names, Float64Array.from(rows.flat()))

describe('robust PCA', () => {
  it('bears a fifth of the training rows off the plane, to which PCA gives an axis', () => {
    const rows = rowsOf([...nearPlane(400), ...offPlane(100)])
    const labels = Float64Array.from({ length: 500 }, (_, row) => (row < 400 ? 0 : 1))
    const robust = robustPca.fitNow(rows, { params: { kept: 0.95 } }).score(rows)
    expect(rocAuc(robust, labels)).toBe(1)
    for (const measure of ['residual', 'variance', 'eigenvectors'] as const)
      expect(rocAuc(pca.fitNow(rows, { params: { measure } }).score(rows), labels)).toBeLessThan(0.85)
  })

  it('finds rows far out within the plane as well as rows off it', () => {
    const model = robustPca.fitNow(rowsOf(nearPlane(500)), { params: { kept: 0.95 } })
    const [usual, far, off] = model.score(
      rowsOf([
        [1, 1, 2, 0],
        [60, 0, 60, 60],
        [2, 2, -2, 2],
      ]),
    )
    expect(usual).toBeLessThan(1.5)
    expect(far).toBeGreaterThan(20)
    expect(off).toBeGreaterThan(20)
  })

  it('calls about one row in twenty strange where nothing is', () => {
    const scores = robustPca.fitNow(rowsOf(nearPlane(2000))).score(rowsOf(nearPlane(2000)))
    const within = scores.filter((score) => score <= 2).length / 2000
    expect(within).toBeGreaterThan(0.9)
    expect(within).toBeLessThan(1)
  })

  it('stands rows in a plane, columns of one value, and rows that are all equal', () => {
    const flat = rowsOf(Array.from({ length: 50 }, (_, i) => [i, 2 * i, 7, 0]))
    const [on, leaves] = robustPca.fitNow(flat).score(
      rowsOf([
        [20, 40, 7, 0],
        [20, 40, 8, 0],
      ]),
    )
    expect(on).toBeLessThan(2)
    expect(leaves).toBeGreaterThan(100)
    const same = rowsOf(new Array<number[]>(20).fill([1, 2, 3, 4]))
    expect(robustPca.fitNow(same).score(same)).toEqual(new Float64Array(20))
  })
})
