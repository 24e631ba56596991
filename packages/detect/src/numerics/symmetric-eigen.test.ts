import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

const random = createRandom('eigen')

function symmetric(size: number, make: () => number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) matrix[j * size + i] = matrix[i * size + j] = make()
  return matrix
}

const MATRICES: readonly (readonly [string, number, () => number])[] = [
  ['one', 1, () => 3],
  ['two', 2, () => random.normal()],
  ['normals', 30, () => random.normal()],
  ['mostly zero', 12, () => (random.integer(5) === 0 ? random.normal() : 0)],
  ['zero', 6, () => 0],
  ['all equal (rank one)', 9, () => 1],
  ['of all magnitudes', 15, () => random.normal() * Math.exp(8 * random.normal())],
]

it.each(MATRICES)('a matrix of %s: A v = λ v, vectors are orthonormal, values descend', (_, size, make) => {
  const matrix = symmetric(size, make)
  const { values, vectors } = symmetricEigen(matrix, size)
  const norm = Math.max(...matrix.map(Math.abs), 1e-300)
  for (let i = 0; i < size; i++) {
    const own = vectors.subarray(i * size, (i + 1) * size)
    if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1] as number)
    for (let row = 0; row < size; row++) {
      let product = 0
      for (let j = 0; j < size; j++) product += (matrix[row * size + j] as number) * (own[j] as number)
      expect(Math.abs(product - (values[i] as number) * (own[row] as number)) / norm).toBeLessThan(1e-12 * size)
    }
    for (let other = 0; other < size; other++) {
      let product = 0
      for (let j = 0; j < size; j++) product += (own[j] as number) * (vectors[other * size + j] as number)
      expect(Math.abs(product - (i === other ? 1 : 0))).toBeLessThan(1e-13 * size)
    }
  }
})

it('hand-checked: [[2, 1], [1, 2]] has 3 along (1, 1) and 1 along (1, −1)', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
  expect(values[0]).toBeCloseTo(3, 14)
  expect(values[1]).toBeCloseTo(1, 14)
  expect(Math.abs((vectors[0] as number) - (vectors[1] as number))).toBeLessThan(1e-15)
})
