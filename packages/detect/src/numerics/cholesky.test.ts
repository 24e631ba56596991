import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { chiSquaredQuantile, chiSquaredShare } from './chi-squared.ts'
import { cholesky, invertLower, logDeterminant, whitener } from './cholesky.ts'

const random = createRandom('cholesky')
const SIZE = 7

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  return a.map((_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    let sum = 0
    for (let k = 0; k < size; k++) sum += (a[i * size + k] as number) * (b[k * size + j] as number)
    return sum
  })
}
const transpose = (a: Float64Array, size: number) =>
  a.map((_, at) => a[(at % size) * size + Math.floor(at / size)] as number)

it('L Lᵀ is the matrix, L⁻¹ its inverse, and whitening gives distances', () => {
  const half = Float64Array.from({ length: SIZE * SIZE }, () => random.normal())
  const matrix = multiply(half, transpose(half, SIZE), SIZE)
  const lower = cholesky(matrix, SIZE) as Float64Array
  const back = multiply(lower, transpose(lower, SIZE), SIZE)
  for (const [i, value] of back.entries()) expect(value).toBeCloseTo(matrix[i] as number, 10)
  const one = multiply(lower, invertLower(lower, SIZE), SIZE)
  for (const [i, value] of one.entries()) expect(value).toBeCloseTo(i % (SIZE + 1) === 0 ? 1 : 0, 8)
  const white = whitener(lower, SIZE)
  const unit = multiply(multiply(transpose(white, SIZE), matrix, SIZE), white, SIZE)
  for (const [i, value] of unit.entries()) expect(value).toBeCloseTo(i % (SIZE + 1) === 0 ? 1 : 0, 7)
})

it('hand-checked: [[4, 2], [2, 5]]', () => {
  const lower = cholesky(Float64Array.of(4, 2, 2, 5), 2) as Float64Array
  expect([...lower]).toEqual([2, 0, 1, 2])
  expect(logDeterminant(lower, 2)).toBeCloseTo(Math.log(16), 14)
})

it('a singular matrix has none', () => {
  expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined()
  expect(cholesky(Float64Array.of(0), 1)).toBeUndefined()
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined()
})

/** scipy 1.17.1, stats.chi2.ppf. */
it.each([
  [0.5, 1, 0.454936423119572],
  [0.975, 4, 11.143286781877793],
  [0.525, 20, 19.728885565027888],
  [0.999, 300, 381.4252485204115],
])('the chi-squared quantile of %d with %i degrees of freedom', (share, freedom, expected) => {
  expect(chiSquaredQuantile(share, freedom)).toBeCloseTo(expected, 9)
  expect(chiSquaredShare(chiSquaredQuantile(share, freedom), freedom)).toBeCloseTo(share, 12)
})
