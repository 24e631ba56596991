/** Products of rows with many kept points: what Gaussian kernels are made of. */
import { openProjection } from './kernels/matrix.ts'

export interface KernelProducts {
  /** Doubles from one row of products to the next. */
  readonly stride: number
  /** Half the squared length of every point. */
  readonly halves: Float64Array
  /** `products[i × stride + p] − halves[p] − length / 2` is −½ of the squared distance of row i to point p; `lengths` one a row. */
  each(
    data: Float64Array,
    use: (products: Float64Array, lengths: Float64Array, from: number, count: number) => void,
  ): void
}

/** Lengths are held below this, so that differences of them are numbers. */
const FARTHEST = 1e300

/** `points` and rows are `width` columns, already moved and scaled. */
export function openKernelProducts(points: Float64Array, width: number): KernelProducts {
  const count = points.length / width
  const matrix = new Float64Array(points.length)
  const halves = new Float64Array(count)
  for (let p = 0; p < count; p++) {
    for (let j = 0; j < width; j++) {
      const value = points[p * width + j] as number
      matrix[j * count + p] = value
      halves[p] = (halves[p] as number) + (value * value) / 2
    }
  }
  const projection = openProjection({ inputs: width, outputs: count, matrix, asIs: true })
  return {
    stride: projection.stride,
    halves,
    each(data, use) {
      projection.each(data, (products, from, size) => {
        const lengths = new Float64Array(size)
        for (let i = 0, at = from * width; i < size; i++) {
          let sum = 0
          for (let j = 0; j < width; j++, at++) sum += (data[at] as number) * (data[at] as number)
          lengths[i] = Math.min(sum, FARTHEST)
        }
        use(products, lengths, from, size)
      })
    },
  }
}
