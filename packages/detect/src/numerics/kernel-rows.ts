import { inParts } from '../contracts/paced.ts'
import { openSimilarity } from './kernels/similarity.ts'
import type { KernelRows } from './one-class-smo.ts'

/** Similarities between two looks at the signal. */
const WORK = 1_000_000

/** Rows of the kernel matrix of `points`, exp(−γ‖x − y‖²) or the product where γ is 0, those used last kept within `memoryBytes`. */
export function openKernelRows(points: Float64Array, width: number, gamma: number, memoryBytes: number): KernelRows {
  const similarity = openSimilarity(points, width)
  const { halves } = similarity
  const count = halves.length
  const most = Math.max(4, Math.floor(memoryBytes / (4 * count)))
  const kept = new Map<number, Float32Array>()
  const compute = (i: number, target: Float32Array): Float32Array => {
    similarity.write(points.subarray(i * width, (i + 1) * width), gamma, target)
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
    diagonal: halves.map((half) => (gamma === 0 ? 2 * half : 1)),
    row(i) {
      const row = kept.get(i) ?? compute(i, room())
      kept.delete(i)
      kept.set(i, row)
      return row
    },
    *sum(alpha) {
      const used = Array.from(alpha.keys()).filter((i) => (alpha[i] as number) > 0)
      const taken = new Float64Array(used.length * width)
      for (const [place, i] of used.entries()) taken.set(points.subarray(i * width, (i + 1) * width), place * width)
      const among = openSimilarity(taken, width)
      const weights = Float64Array.from(used, (i) => alpha[i] as number)
      const sums = new Float64Array(count)
      const together = Math.max(1, Math.floor(WORK / used.length))
      yield* inParts(count, together, 'adding up similarities', (from, to) =>
        sums.set(among.sum(points.subarray(from * width, to * width), weights, gamma), from),
      )
      return sums
    },
  }
}
