import { HeedfulError } from '../../contracts/errors.ts'
import { forestWasm } from './forest.gen.ts'
import type { Forest } from './forest-slow.ts'
import { openKernel } from './kernel.ts'

type Exports = {
  sumPaths(
    nodes: number,
    paths: number,
    roots: number,
    trees: number,
    height: number,
    rows: number,
    stride: number,
    count: number,
    out: number,
  ): void
}

const NODE_BYTES = 16
/** Rows lie in memory a block at a time: enough to repay the call, little enough to stay in the cache. */
const BLOCK_BYTES = 1 << 18

export interface ForestKernel {
  /** The sum of path lengths over all trees, one a row; equal to `sumPathsSlow` to the bit. */
  sumPaths(data: Float64Array): Float64Array
  /** Rows that went through WebAssembly so far: tests ask whether the fast path ran. */
  rowsWalked(): number
}

function writeNodes(buffer: ArrayBuffer, { column, threshold, left }: Forest): void {
  const view = new DataView(buffer)
  for (let i = 0; i < column.length; i++) {
    view.setFloat64(i * NODE_BYTES, threshold[i] as number, true)
    view.setInt32(i * NODE_BYTES + 8, (column[i] as number) * 8, true)
    view.setInt32(i * NODE_BYTES + 12, (left[i] as number) * NODE_BYTES, true)
  }
}

/** Puts a forest into a WebAssembly instance of its own. Error: `kernel-unavailable`. */
export function openForest(forest: Forest, width: number): ForestKernel {
  const { column, path, roots, height } = forest
  const nodes = column.length
  if (nodes * NODE_BYTES > 0x7fff_ffff) {
    throw new HeedfulError(
      'kernel-unavailable',
      `a forest of ${nodes} nodes is too large; take fewer trees or smaller sub-samples`,
    )
  }
  const block = Math.max(4, Math.floor(BLOCK_BYTES / (8 * width)) & ~3)
  const paths = nodes * NODE_BYTES
  const rows = paths + nodes * 8
  const out = rows + block * width * 8
  const rootsAt = out + block * 8
  const kernel = openKernel<Exports>(forestWasm)
  kernel.reserve(rootsAt + roots.length * 4)
  writeNodes(kernel.buffer(), forest)
  new Float64Array(kernel.buffer(), paths, nodes).set(path)
  new Int32Array(kernel.buffer(), rootsAt, roots.length).set(roots.map((root) => root * NODE_BYTES))
  let walked = 0
  return {
    rowsWalked: () => walked,
    sumPaths(data) {
      const count = data.length / width
      const sums = new Float64Array(count)
      const memory = new Float64Array(kernel.buffer())
      for (let from = 0; from < count; from += block) {
        const taken = Math.min(block, count - from)
        memory.set(data.subarray(from * width, (from + taken) * width), rows / 8)
        kernel.run.sumPaths(0, paths, rootsAt, roots.length, height, rows, width * 8, taken, out)
        sums.set(memory.subarray(out / 8, out / 8 + taken), from)
        walked += taken
      }
      return sums
    },
  }
}
