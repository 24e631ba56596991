import { type Kernel, openKernel } from './kernel.ts'
import { orderWasm } from './order.gen.ts'
import { countUpToSlow, sortSlow } from './order-slow.ts'

type Exports = {
  sort(values: number, count: number, scratch: number, counts: number): void
  countUpTo(sorted: number, size: number, values: number, count: number, out: number): void
}

/** Digits of a pass × passes × 4 bytes: the counters of the sort. */
const COUNTERS = 2048 * 6 * 4
/** Below this many values a call costs more than it saves. */
const FEW = 256

/** Sorting and searching in WebAssembly, with memory of their own. */
export interface Order {
  /** The values ascending, in an array of its own; equal to `sortSlow` to the bit. */
  sort(values: Float64Array): Float64Array
  /** For each of `values` how many of `sorted` are ≤ it, written to `counts`; equal to `countUpToSlow`. */
  countUpTo(sorted: Float64Array, values: Float64Array, counts: Int32Array): void
  /** Values that went through WebAssembly so far: tests ask whether the fast path ran. */
  valuesTaken(): number
}

/** Memory grows to what the largest call needs: 16 bytes a value sorted, 8 a value sorted plus 12 a value asked. */
export function openOrder(): Order {
  let kernel: Kernel<Exports> | undefined
  let taken = 0
  const opened = (bytes: number): Kernel<Exports> => {
    kernel ??= openKernel<Exports>(orderWasm)
    kernel.reserve(bytes)
    return kernel
  }
  return {
    valuesTaken: () => taken,
    sort(values) {
      const count = values.length
      if (count < FEW) return sortSlow(values)
      const { run, buffer } = opened(16 * count + COUNTERS)
      const memory = new Float64Array(buffer(), 0, count)
      memory.set(values)
      run.sort(0, count, 8 * count, 16 * count)
      taken += count
      return memory.slice()
    },
    countUpTo(sorted, values, counts) {
      const [size, count] = [sorted.length, values.length]
      if (count < FEW) {
        for (let i = 0; i < count; i++) counts[i] = countUpToSlow(sorted, values[i] as number)
        return
      }
      const { run, buffer } = opened(8 * size + 12 * count)
      const memory = new Float64Array(buffer(), 0, size + count)
      memory.set(sorted)
      memory.set(values, size)
      run.countUpTo(0, size, 8 * size, count, 8 * (size + count))
      counts.set(new Int32Array(buffer(), 8 * (size + count), count))
      taken += count
    },
  }
}
