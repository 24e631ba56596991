import type { Projection } from './kernels/matrix.ts'

/** The squared length of every row's products, held below infinity: with a whitening matrix the squared Mahalanobis distance. */
export function squaredLengths(projection: Projection, data: Float64Array, count: number): Float64Array {
  const lengths = new Float64Array(count)
  const { stride } = projection
  projection.each(data, (products, from, size) => {
    for (let i = 0, at = 0; i < size; i++) {
      let sum = 0
      for (const end = at + stride; at < end; at++) sum += (products[at] as number) * (products[at] as number)
      lengths[from + i] = Math.min(sum, Number.MAX_VALUE)
    }
  })
  return lengths
}
