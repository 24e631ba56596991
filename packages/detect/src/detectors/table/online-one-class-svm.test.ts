import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows } from '../../contracts/rows.ts'
import { oneClassSvm } from './one-class-svm.ts'
import { onlineOneClassSvm } from './online-one-class-svm.ts'

const random = createRandom('online')
const rows = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 1200 }, (_, i) => (i % 2 === 0 ? random.normal() : random.normal() + (i % 4))),
)

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / values.length, 0)
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [i, value] of a.entries()) {
    ab += (value - ma) * ((b[i] as number) - mb)
    aa += (value - ma) ** 2
    bb += ((b[i] as number) - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

it.each([0.1, 0.5])('agrees with the one-class SVM, as far as random features allow, at ν = %d', (nu) => {
  const exact = oneClassSvm.fitNow(rows, { params: { nu } }).score(rows)
  const model = onlineOneClassSvm.fitNow(rows, { params: { nu, features: 1024, steps: 60_000 } })
  const online = model.score(rows)
  expect(correlation(exact, online)).toBeGreaterThan(0.95)
  const outside = online.filter((score) => score > 0).length / rows.count
  expect(Math.abs(outside - nu)).toBeLessThan(0.08)
})

it('learns on: what was strange becomes ordinary when it is taught again and again', () => {
  const model = onlineOneClassSvm.fitNow(rows)
  const moved = numberRows(
    ['x', 'y'],
    Float64Array.from({ length: 200 }, () => 6 + 0.3 * random.normal()),
  )
  const before = model.score(moved)[0] as number
  for (let i = 0; i < 100; i++) model.learn(moved)
  expect(model.score(moved)[0]).toBeLessThan(before - 0.1)
})
