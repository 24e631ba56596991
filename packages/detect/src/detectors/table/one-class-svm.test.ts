import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows } from '../../contracts/rows.ts'
import { oneClassSvm } from './one-class-svm.ts'

const random = createRandom('one-class-svm')
const rows = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 800 }, () => 5 + random.normal()),
)
const share = (scores: Float64Array, is: (score: number) => boolean) => scores.filter(is).length / scores.length

it.each([
  ['rbf', 0.05],
  ['rbf', 0.5],
  ['linear', 0.2],
] as const)('ν of a %s kernel bounds the rows outside from above, the rows kept from below: %d', (kernel, nu) => {
  const params = { kernel, nu, standardise: false, tolerance: 1e-6 }
  const model = oneClassSvm.fitNow(rows, { params })
  const state = model.save().state as { alpha: Float64Array }
  expect(share(model.score(rows), (score) => score > 1e-4)).toBeLessThanOrEqual(nu + 1e-9)
  expect(state.alpha.length / rows.count).toBeGreaterThanOrEqual(nu - 1e-9)
  expect(state.alpha.reduce((sum, one) => sum + one, 0)).toBeCloseTo(nu * rows.count, 6)
  expect(Math.max(...state.alpha)).toBeLessThanOrEqual(1)
})

it('with few kept rows of the kernel matrix it finds the same', () => {
  const [wide, narrow] = [1 << 30, 1 << 16].map((memoryBytes) =>
    oneClassSvm.fitNow(rows, { job: { memoryBytes } }).score(rows),
  )
  expect(narrow).toEqual(wide)
})
