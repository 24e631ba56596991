import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows } from '../../contracts/rows.ts'
import { copod } from './copod.ts'

const random = createRandom('copod')
const rows = (count: number) =>
  numberRows(
    ['x', 'y'],
    Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? Math.exp(random.normal()) : random.integer(5))),
  )
const one = (x: number, y: number) => numberRows(['x', 'y'], Float64Array.of(x, y))

describe('copod', () => {
  const train = rows(2000)
  const model = copod.fitNow(train)

  it('the weights of a row add up to its score', () => {
    const weights = model.explain(train)
    const scores = model.score(train)
    for (const row of [0, 1, 999, 1999])
      expect((weights[2 * row] as number) + (weights[2 * row + 1] as number)).toBeCloseTo(scores[row] as number, 10)
  })

  it('trap: PyOD ranks in the batch; a row scores the same alone and beside rows farther out', () => {
    const crowd = numberRows(
      ['x', 'y'],
      Float64Array.from({ length: 4000 }, (_, i) => 100 + i),
    )
    const joined = numberRows(['x', 'y'], Float64Array.of(3, 4, ...crowd.data))
    expect(model.score(joined)[0]).toBe(model.score(one(3, 4))[0])
  })

  it('the long tail is stranger than the short one', () => {
    const [short, long] = [model.score(one(0.01, 2))[0] as number, model.score(one(40, 2))[0] as number]
    expect(long).toBeGreaterThan(short)
  })

  it('a missing value speaks neither for nor against a row', () => {
    const [gap] = model.score(one(Number.NaN, 2))
    const [ordinary] = model.score(one(1, 2))
    expect(gap).toBeLessThan(ordinary as number)
  })
})
