/** Similarities of rows to many kept points: what Gaussian kernels are made of. */
import { openProducts } from './matrix.ts'

export interface Similarity {
  /** Half the squared length of every point. */
  readonly halves: Float64Array
  /** Σ weight × exp(−γ‖x − y‖²) over the points, or Σ weight × product where γ is 0: one a row; equal to `sumSimilarSlow`. */
  sum(data: Float64Array, weights: Float64Array, gamma: number): Float64Array
  /** exp(−γ‖x − y‖²) of one row with every point, or the products where γ is 0, to single precision. */
  write(row: Float64Array, gamma: number, target: Float32Array): void
  /** ln Σ exp(−½‖x − y‖²) over the points, one a row; the sums equal `sumNearSlow`. */
  logSum(data: Float64Array): Float64Array
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsTaken(): number
}

/** Modes of the kernel. */
const [SUM, WRITE, NEAR] = [0, 1, 2]

/** Lengths are held below this, so that differences of them are numbers. */
const FARTHEST = 1e300

function lengthOf(data: Float64Array, from: number, width: number): number {
  let sum = 0
  for (let at = from; at < from + width; at++) sum += (data[at] as number) * (data[at] as number)
  return Math.min(sum, FARTHEST)
}

/** `points` and rows are `width` columns, already moved and scaled, within ±1e150. Error: `kernel-unavailable`. */
export function openSimilarity(points: Float64Array, width: number): Similarity {
  const count = points.length / width
  const matrix = new Float64Array(points.length)
  const halves = new Float64Array(count)
  for (let p = 0; p < count; p++) {
    for (let j = 0; j < width; j++) matrix[j * count + p] = points[p * width + j] as number
    halves[p] = lengthOf(points, p * width, width) / 2
  }
  const { stride, block, run, memory, buffer, outAt, besideAt, each, rowsTaken } = openProducts(
    { inputs: width, outputs: count, matrix, asIs: true },
    (padded, rows) => 8 * (2 * padded + 3 * rows) + 4 * padded,
  )
  const weightsAt = besideAt + 8 * stride
  const lengthsAt = weightsAt + 8 * stride
  const sumsAt = lengthsAt + 8 * block
  const singlesAt = sumsAt + 16 * block
  memory.fill(Number.POSITIVE_INFINITY, besideAt / 8, besideAt / 8 + stride)
  memory.set(halves, besideAt / 8)
  const writeLengths = (data: Float64Array, from: number, size: number) => {
    for (let i = 0; i < size; i++) memory[lengthsAt / 8 + i] = lengthOf(data, (from + i) * width, width)
  }
  /** Products as they are: the linear kernel. */
  const sumProducts = (row: number, weights: Float64Array): number => {
    let sum = 0
    for (let p = 0, at = outAt / 8 + row * stride; p < count; p++, at++)
      sum += (weights[p] as number) * (memory[at] as number)
    return sum
  }
  return {
    ...{ halves, rowsTaken },
    sum(data, weights, gamma) {
      const sums = new Float64Array(data.length / width)
      memory.fill(0, weightsAt / 8, lengthsAt / 8)
      memory.set(weights, weightsAt / 8)
      each(data, (from, size) => {
        if (gamma === 0) {
          for (let i = 0; i < size; i++) sums[from + i] = sumProducts(i, weights)
          return
        }
        writeLengths(data, from, size)
        run.similar(SUM, outAt, size, 8 * stride, besideAt, weightsAt, gamma, lengthsAt, sumsAt)
        sums.set(memory.subarray(sumsAt / 8, sumsAt / 8 + size), from)
      })
      return sums
    },
    write(row, gamma, target) {
      each(row, () => {
        if (gamma === 0) target.set(memory.subarray(outAt / 8, outAt / 8 + count))
        else {
          writeLengths(row, 0, 1)
          run.similar(WRITE, outAt, 1, 8 * stride, besideAt, weightsAt, gamma, lengthsAt, singlesAt)
          target.set(new Float32Array(buffer, singlesAt, count))
        }
      })
    },
    logSum(data) {
      const sums = new Float64Array(data.length / width)
      each(data, (from, size) => {
        run.similar(NEAR, outAt, size, 8 * stride, besideAt, weightsAt, 1, lengthsAt, sumsAt)
        for (let i = 0; i < size; i++) {
          const [most, sum] = [memory[sumsAt / 8 + 2 * i] as number, memory[sumsAt / 8 + 2 * i + 1] as number]
          const half = lengthOf(data, (from + i) * width, width) / 2
          sums[from + i] = Math.min(most - half, 0) + Math.log(sum)
        }
      })
      return sums
    },
  }
}
