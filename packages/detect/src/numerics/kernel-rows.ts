import { inParts } from '../contracts/paced.ts'
import { type KernelProducts, openKernelProducts } from './kernel-products.ts'
import type { KernelRows } from './one-class-smo.ts'

/** Similarity of two rows: exp(−γ‖x − y‖²), or their product where γ is 0. */
export type Similarity = { readonly gamma: number }

/** Writes the similarities of one row with all points. `length` is its squared length. */
export function writeSimilarities(
  { gamma }: Similarity,
  products: Float64Array,
  at: number,
  length: number,
  halves: Float64Array,
  target: Float64Array | Float32Array,
): void {
  const count = halves.length
  if (gamma === 0) {
    for (let p = 0; p < count; p++) target[p] = products[at + p] as number
    return
  }
  const [twice, own] = [2 * gamma, gamma * length]
  for (let p = 0; p < count; p++) {
    const power = twice * ((products[at + p] as number) - (halves[p] as number)) - own
    target[p] = Math.exp(power < 0 ? power : 0)
  }
}

/** Similarities between two looks at the signal. */
const WORK = 1_000_000

/** Rows of the kernel matrix of `points`, those used last kept within `memoryBytes`. */
export function openKernelRows(
  points: Float64Array,
  width: number,
  similarity: Similarity,
  memoryBytes: number,
): KernelRows {
  const products: KernelProducts = openKernelProducts(points, width)
  const { halves, stride } = products
  const count = halves.length
  const most = Math.max(4, Math.floor(memoryBytes / (4 * count)))
  const kept = new Map<number, Float32Array>()
  const compute = (i: number, target: Float32Array): Float32Array => {
    products.each(points.subarray(i * width, (i + 1) * width), (values, lengths) =>
      writeSimilarities(similarity, values, 0, lengths[0] as number, halves, target),
    )
    return target
  }
  /** The array of the row that was used longest ago, or a new one. */
  const room = (): Float32Array => {
    if (kept.size < most) return new Float32Array(count)
    const [oldest, row] = kept.entries().next().value as [number, Float32Array]
    kept.delete(oldest)
    return row
  }
  return {
    count,
    diagonal: halves.map((half) => (similarity.gamma === 0 ? 2 * half : 1)),
    row(i) {
      const row = kept.get(i) ?? compute(i, room())
      kept.delete(i)
      kept.set(i, row)
      return row
    },
    *sum(alpha) {
      const sums = new Float64Array(count)
      const row = new Float64Array(count)
      const used = Array.from(alpha.keys()).filter((i) => (alpha[i] as number) > 0)
      const taken = new Float64Array(used.length * width)
      for (const [place, i] of used.entries()) taken.set(points.subarray(i * width, (i + 1) * width), place * width)
      const together = Math.max(1, Math.floor(WORK / count))
      yield* inParts(used.length, together, 'adding up similarities', (start, end) =>
        products.each(taken.subarray(start * width, end * width), (values, lengths, from, size) => {
          for (let i = 0; i < size; i++) {
            writeSimilarities(similarity, values, i * stride, lengths[i] as number, halves, row)
            const weight = alpha[used[start + from + i] as number] as number
            for (let p = 0; p < count; p++) sums[p] = (sums[p] as number) + weight * (row[p] as number)
          }
        }),
      )
      return sums
    },
  }
}
