/** Many grown trees in flat arrays: what a model keeps and walks. */
import { binOf, type ColumnBins, openBinning, type RowBinning } from './binning.ts'
import { checkTrees } from './check-trees.ts'
import type { GrownTree } from './histogram-tree.ts'
import { BLOCK, type EnsembleWalk, openEnsembleWalk } from './kernels/ensemble.ts'
import { sumLeavesSlow, WORDS } from './kernels/ensemble-slow.ts'

export type TreeEnsemble = {
  readonly columns: readonly ColumnBins[]
  /** Where each tree begins. */
  readonly roots: Int32Array
  /** One a node: its column, and its left child, which the right one follows; −1 at a leaf. */
  readonly column: Int32Array
  readonly child: Int32Array
  /** Eight words a node: a 1 for each bin that goes left. */
  readonly left: Int32Array
  /** What a leaf adds. */
  readonly value: Float64Array
}

function writeSet(bins: Uint8Array, target: Int32Array, at: number): void {
  for (let bin = 0; bin < bins.length; bin++) {
    if (bins[bin] === 1) target[at + (bin >> 5)] = (target[at + (bin >> 5)] as number) | (1 << (bin & 31))
  }
}

/** Puts trees behind each other; every leaf adds `shrink` × its value. */
export function joinTrees(columns: readonly ColumnBins[], trees: readonly GrownTree[], shrink: number): TreeEnsemble {
  const nodes = trees.reduce((sum, { value }) => sum + value.length, 0)
  const ensemble = {
    ...{ columns, roots: new Int32Array(trees.length), column: new Int32Array(nodes) },
    ...{ child: new Int32Array(nodes), left: new Int32Array(nodes * WORDS), value: new Float64Array(nodes) },
  }
  let first = 0
  for (const [i, { split, child, value }] of trees.entries()) {
    ensemble.roots[i] = first
    for (const [node, own] of value.entries()) {
      const at = first + node
      ensemble.value[at] = own * shrink
      ensemble.child[at] = (child[node] as number) < 0 ? -1 : first + (child[node] as number)
      const cut = split[node]
      if (!cut) continue
      ensemble.column[at] = cut.column
      writeSet(cut.left, ensemble.left, at * WORDS)
    }
    first += value.length
  }
  return ensemble
}

export function copyEnsemble({ columns, roots, column, child, left, value }: TreeEnsemble): TreeEnsemble {
  return {
    columns: columns.map((one) => ({ ...one, edges: one.edges.slice() })),
    ...{ roots: roots.slice(), column: column.slice(), child: child.slice(), left: left.slice(), value: value.slice() },
  }
}

/** Below this many rows a call costs more than it saves. */
const FEW = 32

/** Sums of the leaves of all trees, one a row of `data`. Throws where a walk through them would not end. */
export function openLeafSums(ensemble: TreeEnsemble): (data: Float64Array, count: number) => Float64Array {
  checkTrees({ ...ensemble, leaf: 'none' })
  const { columns } = ensemble
  const width = columns.length
  const bins = new Uint8Array(width)
  let opened: { readonly bin: RowBinning; readonly walk: EnsembleWalk } | undefined
  return (data, count) => {
    const sums = new Float64Array(count)
    if (count < FEW) {
      for (let row = 0; row < count; row++) {
        for (let j = 0; j < width; j++) bins[j] = binOf(data[row * width + j] as number, columns[j] as ColumnBins)
        sums[row] = sumLeavesSlow(ensemble, bins, 0)
      }
      return sums
    }
    opened ??= { bin: openBinning(columns), walk: openEnsembleWalk(ensemble, width) }
    for (let from = 0; from < count; from += BLOCK) {
      const size = Math.min(BLOCK, count - from)
      sums.set(opened.walk.sum(opened.bin(data.subarray(from * width, (from + size) * width))), from)
    }
    return sums
  }
}
