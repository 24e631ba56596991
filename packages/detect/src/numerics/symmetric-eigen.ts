/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then the QL algorithm
 * with implicit shifts. Golub and Van Loan, "Matrix Computations", 4th edition 2013, algorithms 8.3.1 and 8.3.3; the
 * rotations as in EISPACK's tql2 (Bowdler, Martin, Reinsch and Wilkinson, 1968).
 */
import { HeedfulError } from '../contracts/errors.ts'

export type Eigen = {
  /** Descending. */
  readonly values: Float64Array
  /** `size × size`, row-major: row `i` is the unit vector of value `i`, its largest component positive. */
  readonly vectors: Float64Array
}

/** Steps of QL for one eigenvalue before giving up; two or three suffice. */
const MOST_STEPS = 60

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

const hypotenuse = (a: number, b: number): number => Math.sqrt(a * a + b * b)

/** The unit vector whose reflection turns `x` into (length, 0, 0, …), and that first component. Undefined where nothing is to be turned. */
function reflector(x: Float64Array): { vector: Float64Array; first: number } | undefined {
  const rest = Math.sqrt(dot(x.subarray(1), x.subarray(1)))
  if (rest === 0) return undefined
  const lead = x[0] as number
  const first = lead > 0 ? -hypotenuse(lead, rest) : hypotenuse(lead, rest)
  const vector = x.slice()
  vector[0] = lead - first
  const length = Math.sqrt(dot(vector, vector))
  return { vector: vector.map((value) => value / length), first }
}

/** A ← H A H for the block below and right of `from`, with H = I − 2vvᵀ. */
function reflectBlock(matrix: Float64Array, size: number, from: number, vector: Float64Array): void {
  const product = vector.map((_, i) => dot(matrix.subarray((from + i) * size + from, (from + i + 1) * size), vector))
  const half = dot(vector, product)
  for (let i = 0; i < product.length; i++) product[i] = (product[i] as number) - half * (vector[i] as number)
  for (let i = 0; i < vector.length; i++) {
    const row = matrix.subarray((from + i) * size + from, (from + i + 1) * size)
    const [a, b] = [2 * (vector[i] as number), 2 * (product[i] as number)]
    for (let j = 0; j < row.length; j++)
      row[j] = (row[j] as number) - (a * (product[j] as number) + b * (vector[j] as number))
  }
}

/** Q ← Q H for the columns from `from` on, where Q is kept transposed: its rows from `from` on. */
function reflectRows(basis: Float64Array, size: number, from: number, vector: Float64Array): void {
  const sums = new Float64Array(size)
  for (let i = 0; i < vector.length; i++) {
    const row = basis.subarray((from + i) * size, (from + i + 1) * size)
    const weight = vector[i] as number
    for (let j = 0; j < size; j++) sums[j] = (sums[j] as number) + weight * (row[j] as number)
  }
  for (let i = 0; i < vector.length; i++) {
    const row = basis.subarray((from + i) * size, (from + i + 1) * size)
    const weight = 2 * (vector[i] as number)
    for (let j = 0; j < size; j++) row[j] = (row[j] as number) - weight * (sums[j] as number)
  }
}

function tridiagonal(matrix: Float64Array, size: number) {
  const basis = new Float64Array(size * size)
  for (let i = 0; i < size; i++) basis[i * size + i] = 1
  const beside = new Float64Array(size)
  for (let k = 0; k + 1 < size; k++) {
    const turned = reflector(matrix.slice(k * size + k + 1, (k + 1) * size))
    beside[k] = turned ? turned.first : (matrix[k * size + k + 1] as number)
    if (!turned) continue
    reflectBlock(matrix, size, k + 1, turned.vector)
    reflectRows(basis, size, k + 1, turned.vector)
  }
  const diagonal = Float64Array.from({ length: size }, (_, i) => matrix[i * size + i] as number)
  return { diagonal, beside, basis }
}

/** Rotates the rows `i` and `i + 1` of the basis. */
function rotate(basis: Float64Array, size: number, i: number, cosine: number, sine: number): void {
  const first = basis.subarray(i * size, (i + 1) * size)
  const second = basis.subarray((i + 1) * size, (i + 2) * size)
  for (let j = 0; j < size; j++) {
    const [a, b] = [first[j] as number, second[j] as number]
    second[j] = sine * a + cosine * b
    first[j] = cosine * a - sine * b
  }
}

/** One QL step on the block `from … to`, shifted by Wilkinson's choice. */
function step(diagonal: Float64Array, beside: Float64Array, from: number, to: number, basis: Float64Array): void {
  const size = diagonal.length
  const below = beside[from] as number
  let g = ((diagonal[from + 1] as number) - (diagonal[from] as number)) / (2 * below)
  const r = hypotenuse(g, 1)
  g = (diagonal[to] as number) - (diagonal[from] as number) + below / (g + (g >= 0 ? r : -r))
  let [sine, cosine, shift] = [1, 1, 0]
  for (let i = to - 1; i >= from; i--) {
    const f = sine * (beside[i] as number)
    const b = cosine * (beside[i] as number)
    const length = hypotenuse(f, g)
    beside[i + 1] = length
    if (length === 0) {
      diagonal[i + 1] = (diagonal[i + 1] as number) - shift
      beside[to] = 0
      return
    }
    sine = f / length
    cosine = g / length
    const rest = (diagonal[i + 1] as number) - shift
    const turn = ((diagonal[i] as number) - rest) * sine + 2 * cosine * b
    shift = sine * turn
    diagonal[i + 1] = rest + shift
    g = cosine * turn - b
    rotate(basis, size, i, cosine, sine)
  }
  diagonal[from] = (diagonal[from] as number) - shift
  beside[from] = g
  beside[to] = 0
}

/** The largest sum of the absolute values in a row: what is below its rounding is 0 (tql2 compares likewise). */
function normOf(diagonal: Float64Array, beside: Float64Array): number {
  let most = 0
  for (let i = 0; i < diagonal.length; i++)
    most = Math.max(most, Math.abs(diagonal[i] as number) + Math.abs(beside[i] as number))
  return most
}

function diagonalise(diagonal: Float64Array, beside: Float64Array, basis: Float64Array): void {
  const size = diagonal.length
  const nothing = Number.EPSILON * normOf(diagonal, beside)
  for (let from = 0; from < size; from++) {
    for (let steps = 0; ; steps++) {
      let to = from
      while (to + 1 < size && Math.abs(beside[to] as number) > nothing) to++
      if (to === from) break
      if (steps >= MOST_STEPS)
        throw new HeedfulError('fit-impossible', 'the eigenvalues do not settle; scale the columns')
      step(diagonal, beside, from, to, basis)
    }
  }
}

/** Descending by value, each vector with its largest component positive. */
function arrange(diagonal: Float64Array, basis: Float64Array): Eigen {
  const size = diagonal.length
  const order = Array.from(diagonal.keys()).sort((a, b) => (diagonal[b] as number) - (diagonal[a] as number) || a - b)
  const vectors = new Float64Array(size * size)
  for (const [place, from] of order.entries()) {
    const vector = basis.subarray(from * size, (from + 1) * size)
    const most = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
    vectors.set(most < 0 ? vector.map((value) => -value) : vector, place * size)
  }
  return { values: Float64Array.from(order, (from) => diagonal[from] as number), vectors }
}

/** `matrix` is `size × size`, symmetric, and stays as it is. Time grows with size³. Error: `fit-impossible`. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const { diagonal, beside, basis } = tridiagonal(matrix.slice(), size)
  diagonalise(diagonal, beside, basis)
  return arrange(diagonal, basis)
}
