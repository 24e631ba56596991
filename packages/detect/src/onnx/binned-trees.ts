/** Trees that were grown on bins, told by the edges of the bins and by sets of categories. */
import type { Column } from '../contracts/rows.ts'
import { type ColumnBins, MISSING } from '../numerics/binning.ts'
import type { TreeEnsemble } from '../numerics/tree-ensemble.ts'
import { lookUp } from './categories.ts'
import type { Graph } from './graph.ts'
import { sumOfTrees, type TreeNode } from './tree-regressor.ts'

const WORDS = 8

/** Sets of categories by which trees split a column: each becomes a column of 0 (goes left) and 1 behind those of the rows. */
class CategorySets {
  /** column → the sets of that column as text of 0 and 1, a character a bin → the place among those of the column. */
  private readonly sets = new Map<number, Map<string, number>>()

  note(column: number, bins: string): void {
    const known = this.sets.get(column) ?? new Map<string, number>()
    this.sets.set(column, known)
    if (!known.has(bins)) known.set(bins, known.size)
  }

  /** Where the column of a set stands, behind `width` columns. */
  placeOf(column: number, bins: string, width: number): number {
    let before = width
    for (const [other, known] of this.sets) {
      if (other === column) return before + (known.get(bins) as number)
      before += known.size
    }
    return before
  }

  /** The rows, and behind them the columns of all sets. A category beyond the bins counts as missing. */
  write(graph: Graph, rows: string, columns: readonly Column[], bins: readonly ColumnBins[]): string {
    const made = [...this.sets].map(([column, known]) => {
      const described = columns[column] as Column
      const categories = described.type === 'category' ? described.categories.length : 0
      const goesRight = (code: number) => {
        const bin = code < (bins[column] as ColumnBins).bins ? code : MISSING
        return [...known.keys()].map((set) => (set[bin] === '1' ? 0 : 1))
      }
      return lookUp(graph, graph.columns(rows, [column]), categories, goesRight)
    })
    return graph.beside([rows, ...made])
  }
}

/** The sum of the leaves of all trees: rows doubles. */
export function sumOfEnsemble(graph: Graph, ensemble: TreeEnsemble, columns: readonly Column[], rows: string): string {
  const { columns: bins, roots, column, child, left, value } = ensemble
  const setOf = (at: number) =>
    Array.from({ length: 256 }, (_, bin) => ((left[at * WORDS + (bin >> 5)] as number) >>> (bin & 31)) & 1).join('')
  const sets = new CategorySets()
  const isCategory = (at: number) => (bins[column[at] as number] as ColumnBins).category
  for (const at of child.keys())
    if ((child[at] as number) >= 0 && isCategory(at)) sets.note(column[at] as number, setOf(at))

  const node = (at: number): TreeNode => {
    const next = child[at] as number
    if (next < 0) return { value: value[at] as number }
    const own = column[at] as number
    const set = setOf(at)
    const ways = { left: next, right: next + 1 }
    if (isCategory(at))
      return { ...ways, column: sets.placeOf(own, set, bins.length), threshold: 0.5, missingLeft: false }
    return {
      ...ways,
      column: own,
      threshold: edgeOf(bins[own] as ColumnBins, set),
      missingLeft: set[MISSING] === '1',
    }
  }
  const features = sets.write(graph, rows, columns, bins)
  return sumOfTrees(graph, features, { roots, count: child.length, node })
}

/** The value up to which bins go left; they are the first ones. */
function edgeOf({ edges, bins }: ColumnBins, set: string): number {
  const onLeft = set.slice(0, bins).lastIndexOf('1') + 1
  if (onLeft === 0) return Number.NEGATIVE_INFINITY
  return onLeft === bins ? Number.POSITIVE_INFINITY : (edges[onLeft - 1] as number)
}
