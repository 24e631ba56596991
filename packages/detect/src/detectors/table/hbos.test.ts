import { expect, it } from 'vitest'
import { numberRows } from '../../contracts/rows.ts'
import { hbos } from './hbos.ts'

const column = (...values: number[]) => numberRows(['x'], Float64Array.from(values))
/** One 0, two 1s, three 2s … ten 9s: bins are one wide, and every value lies on an edge. */
const stairs = column(...Array.from({ length: 10 }, (_, i) => new Array<number>(i + 1).fill(i)).flat(), 10)

it('trap: PyOD looks values on an edge up one bin to the left; here a value is as strange as its own bin is low', () => {
  const scores = hbos.fitNow(stairs, { params: { alpha: 1e-12 } }).score(column(0, 1, 2, 3, 8))
  for (const [i, score] of scores.entries()) {
    const height = [1, 2, 3, 4, 9][i] as number
    expect(score).toBeCloseTo(-Math.log2(height / 11), 6)
  }
})

it('beyond the outermost edge a value counts to the outermost bin for `reach` widths, then to an empty one', () => {
  const [last, near, far] = hbos.fitNow(stairs).score(column(10, 10.4, 10.6))
  expect(near).toBe(last)
  expect(far).toBeCloseTo(-Math.log2(0.01), 12)
})

it('does not depend on units: what is measured in millionths weighs as much', () => {
  const data = Float64Array.from({ length: 400 }, (_, i) => ((i * i * 31) % 97) * (i % 2 === 0 ? 1 : 1e-6))
  const [large, small] = [
    numberRows(['a', 'b'], data),
    numberRows(
      ['a', 'b'],
      data.map((v, i) => (i % 2 ? v * 1e9 : v)),
    ),
  ]
  const [one, other] = [hbos.fitNow(large).score(large), hbos.fitNow(small).score(small)]
  for (const [i, score] of one.entries()) expect(other[i]).toBeCloseTo(score, 10)
})

it('weights count as rows', () => {
  const weights = Float64Array.of(2, 1, 0, 3)
  const weighted = hbos.fitNow(column(1, 2, 50, 8), { lesson: { weights } })
  const repeated = hbos.fitNow(column(1, 1, 2, 8, 8, 8))
  expect(weighted.score(column(1, 2, 8, 50))).toEqual(repeated.score(column(1, 2, 8, 50)))
})
