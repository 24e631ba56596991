import { ensembleWasm } from './ensemble.gen.ts'
import { type FlatTrees, WORDS } from './ensemble-slow.ts'
import { openKernel } from './kernel.ts'

type Exports = {
  sumLeaves(nodes: number, roots: number, trees: number, rows: number, width: number, count: number, out: number): void
  sumCuts(
    nodes: number,
    values: number,
    roots: number,
    trees: number,
    rows: number,
    width: number,
    count: number,
    out: number,
  ): void
}

/** Bytes of a node, in the form for any trees and in that for cuts of numbers. */
const [NODE, CUT] = [48, 8]
/** Columns that a node of 8 bytes can name. */
const MOST_COLUMNS = 65_536
/** The bin of what is missing. */
const MISSING = 255
/** Rows of one call, at most; a multiple of eight. */
export const BLOCK = 4096

/** Sums of leaves in WebAssembly; equal to `sumLeavesSlow` to the bit. */
export interface EnsembleWalk {
  /** `bins`: at most `BLOCK` rows × columns. The view is written over by the next call. */
  sum(bins: Uint8Array): Float64Array
  /** Rows that went through WebAssembly so far, and whether as cuts of numbers: tests ask which path ran. */
  rowsTaken(): number
  readonly cuts: boolean
}

const isLeft = ({ left }: FlatTrees, node: number, bin: number): boolean =>
  (((left[node * WORDS + (bin >> 5)] as number) >>> (bin & 31)) & 1) === 1

/** How many of the first bins go left; −1 where those that do are not the first ones. */
function firstBins(trees: FlatTrees, node: number): number {
  let count = 0
  while (count < MISSING && isLeft(trees, node, count)) count++
  for (let bin = count; bin < MISSING; bin++) if (isLeft(trees, node, bin)) return -1
  return count
}

/** Threshold and k of every inner node, or undefined where one is no cut of numbers. */
function cutsOf(trees: FlatTrees): Uint16Array | undefined {
  const cuts = new Uint16Array(trees.value.length)
  for (let node = 0; node < cuts.length; node++) {
    if ((trees.child[node] as number) < 0) continue
    const first = firstBins(trees, node)
    const missingLeft = isLeft(trees, node, MISSING) ? 1 : 0
    const threshold = first - 1 + missingLeft
    if (first < 0 || threshold < 0) return undefined
    cuts[node] = threshold | (missingLeft << 8)
  }
  return cuts
}

function writeNodes({ column, child, left, value }: FlatTrees, buffer: ArrayBuffer): void {
  const view = new DataView(buffer, 0, value.length * NODE)
  for (let node = 0; node < value.length; node++) {
    const leaf = (child[node] as number) < 0
    for (let word = 0; word < WORDS; word++)
      view.setInt32(node * NODE + 4 * word, leaf ? -1 : (left[node * WORDS + word] as number), true)
    view.setInt32(node * NODE + 32, leaf ? 0 : (column[node] as number), true)
    view.setInt32(node * NODE + 36, NODE * (leaf ? node : (child[node] as number)), true)
    view.setFloat64(node * NODE + 40, leaf ? (value[node] as number) : 0, true)
  }
}

function writeCuts({ column, child, value }: FlatTrees, cuts: Uint16Array, buffer: ArrayBuffer): void {
  const view = new DataView(buffer, 0, value.length * 2 * CUT)
  for (let node = 0; node < value.length; node++) {
    const leaf = (child[node] as number) < 0
    view.setUint16(node * CUT, leaf ? MISSING : (cuts[node] as number), true)
    view.setUint16(node * CUT + 2, leaf ? 0 : (column[node] as number), true)
    view.setUint32(node * CUT + 4, CUT * (leaf ? node : (child[node] as number)), true)
    view.setFloat64((value.length + node) * CUT, leaf ? (value[node] as number) : 0, true)
  }
}

/** Puts trees over `width` columns into a WebAssembly instance of its own. Error: `kernel-unavailable`. */
export function openEnsembleWalk(trees: FlatTrees, width: number): EnsembleWalk {
  const { roots, value } = trees
  const cuts = width <= MOST_COLUMNS ? cutsOf(trees) : undefined
  const align = (bytes: number) => (bytes + 15) & ~15
  const rootsAt = align(value.length * (cuts ? 2 * CUT : NODE))
  const rowsAt = align(rootsAt + 4 * roots.length)
  const outAt = align(rowsAt + BLOCK * width)
  const kernel = openKernel<Exports>(ensembleWasm)
  kernel.reserve(outAt + 8 * BLOCK)
  const [buffer, { run }] = [kernel.buffer(), kernel]
  if (cuts) writeCuts(trees, cuts, buffer)
  else writeNodes(trees, buffer)
  new Int32Array(buffer, rootsAt, roots.length).set(roots.map((root) => root * (cuts ? CUT : NODE)))
  const [rows, sums] = [new Uint8Array(buffer, rowsAt, BLOCK * width), new Float64Array(buffer, outAt, BLOCK)]
  let taken = 0
  return {
    cuts: cuts !== undefined,
    rowsTaken: () => taken,
    sum(bins) {
      const count = bins.length / width
      rows.set(bins)
      const eights = (count + 7) & ~7
      if (cuts) run.sumCuts(0, value.length * CUT, rootsAt, roots.length, rowsAt, width, eights, outAt)
      else run.sumLeaves(0, rootsAt, roots.length, rowsAt, width, eights, outAt)
      taken += count
      return sums.subarray(0, count)
    },
  }
}
