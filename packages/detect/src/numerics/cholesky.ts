/** The Cholesky factor of a symmetric positive definite matrix. Golub and Van Loan, "Matrix Computations", 2013, section 4.2. */

/** A pivot below this share of its diagonal is the rounding of 0. */
const SINGULAR = 1e-12

/** L with L Lᵀ = `matrix` (`size × size`, row-major; zeros above the diagonal). Undefined where the matrix is not positive definite, or a pivot is below `least`. */
export function cholesky(matrix: Float64Array, size: number, singular = SINGULAR, least = 0): Float64Array | undefined {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] as number) * (lower[j * size + k] as number)
      if (i !== j) lower[i * size + j] = sum / (lower[j * size + j] as number)
      else if (sum > Math.max(least, singular * (matrix[i * size + i] as number))) lower[i * size + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return lower
}

/** L⁻¹ of a lower triangle. */
export function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const pivot = 1 / (lower[i * size + i] as number)
    inverse[i * size + i] = pivot
    for (let k = 0; k < i; k++) {
      const factor = (lower[i * size + k] as number) * pivot
      if (factor === 0) continue
      for (let j = 0; j <= k; j++)
        inverse[i * size + j] = (inverse[i * size + j] as number) - factor * (inverse[k * size + j] as number)
    }
  }
  return inverse
}

/** ln of the determinant of L Lᵀ. */
export function logDeterminant(lower: Float64Array, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += 2 * Math.log(lower[i * size + i] as number)
  return sum
}

/** L⁻ᵀ as a `size × size` matrix that rows are multiplied by: the squared length of the product is xᵀ (L Lᵀ)⁻¹ x. */
export function whitener(lower: Float64Array, size: number): Float64Array {
  const inverse = invertLower(lower, size)
  return inverse.map((_, at) => inverse[(at % size) * size + Math.floor(at / size)] as number)
}
