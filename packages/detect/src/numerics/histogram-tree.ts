/**
 * Regression trees by histograms, the leaf that gains most split first.
 *
 * Gain and leaf values by second order: Chen and Guestrin, "XGBoost", KDD 2016, equations 5 to 7. Growth by leaves,
 * subtraction of histograms and many-valued splits: Ke et al., "LightGBM", NeurIPS 2017. Missing values go where more is
 * gained (XGBoost, algorithm 3). Categories are ordered by gradient over hessian and cut once (Fisher 1958, "On grouping for
 * maximum homogeneity"). Gradients are whole numbers while splits are looked for, some 2^30 / rows steps for the mean one (Shi
 * et al., "Quantized Training of Gradient Boosting Decision Trees", NeurIPS 2022); values of leaves are sums of the doubles.
 */
import { type ColumnBins, MISSING } from './binning.ts'
import type { BinnedTable } from './kernels/histogram.ts'
import { BINS, COLUMN, type CutRules, type FoundCut, LANES, scanSlow, type Units } from './kernels/histogram-slow.ts'

export interface TreeRules {
  readonly leaves: number
  readonly leastRows: number
  /** λ: added to hessians. */
  readonly penalty: number
  /** One a column: 1 where a larger number never lowers the answer, −1 where it never raises it, else 0. */
  readonly directions?: Int8Array
  /** All columns in a fresh random order, and how many of them a split looks at (further ones only until one gains). */
  readonly draw?: { readonly shuffle: () => readonly number[]; readonly most: number }
}

/** Where one node is cut. */
export interface Split {
  readonly column: number
  /** 1 for the bins that go left, 256 of them. */
  readonly left: Uint8Array
  readonly gain: number
}

/** A tree: inner nodes and leaves in the order in which they came to be, the root first. */
export interface GrownTree {
  readonly split: (Split | undefined)[]
  /** Left child; the right one follows it. −1 at a leaf. */
  readonly child: number[]
  /** −Σg / (Σh + λ) of the rows of the node. */
  readonly value: number[]
  /** Rows of each leaf, as places in `table.order`. */
  readonly leaves: { readonly node: number; readonly from: number; readonly to: number }[]
}

/** Whole gradient, whole hessian and rows, as a bin holds them. */
type Sums = readonly [number, number, number, number]

/** A leaf that may still be split. */
interface Open {
  readonly node: number
  readonly from: number
  readonly to: number
  readonly slot: number
  readonly sums: Sums
  /** Bounds that columns of a direction put on values below. */
  readonly low: number
  readonly high: number
  best: Split | undefined
}

/** The best cut so far, and of which column. */
interface FoundSplit extends FoundCut {
  readonly column: number
  readonly missingLeft: boolean
}

/** All bins, ascending. */
const ASCENDING = Uint8Array.from({ length: BINS }, (_, bin) => bin)
const NOTHING: Sums = [0, 0, 0, 0]
/** Added to hessians when categories are ordered, so that rare ones do not lead: LightGBM's cat_smooth. */
const SMOOTH = 10

class TreeGrowth {
  private readonly table: BinnedTable
  private readonly columns: readonly ColumnBins[]
  private readonly rules: TreeRules
  readonly tree: GrownTree = { split: [], child: [], value: [], leaves: [] }
  private readonly free: number[]
  private units: Units = { gradient: 1, hessian: 1 }

  constructor(table: BinnedTable, columns: readonly ColumnBins[], rules: TreeRules) {
    this.table = table
    this.columns = columns
    this.rules = rules
    this.free = Array.from({ length: rules.leaves + 1 }, (_, slot) => rules.leaves - slot)
  }

  grow(rows: number): GrownTree {
    const { rules, table, tree } = this
    this.units = table.prepare(rows)
    const slot = this.free.pop() as number
    table.make(slot, 0, rows)
    const all = this.sumBins(slot, 0, undefined)
    const open = [this.open(this.node(all, -Infinity, Infinity), 0, rows, slot, all, -Infinity, Infinity)]
    for (let leaves = 1; leaves < rules.leaves; leaves++) {
      const best = this.take(open)
      if (!best) break
      open.push(...this.divide(best, leaves + 1 === rules.leaves))
    }
    for (const { node, from, to, low, high } of open) {
      const { gradient, hessian } = table.sum(from, to)
      tree.value[node] = this.valueFor(gradient, hessian, low, high)
      tree.leaves.push({ node, from, to })
    }
    return tree
  }

  private node(sums: Sums, low: number, high: number): number {
    this.tree.split.push(undefined)
    this.tree.child.push(-1)
    this.tree.value.push(this.valueOf(sums, low, high))
    return this.tree.value.length - 1
  }

  private valueFor(gradient: number, hessian: number, low: number, high: number): number {
    const value = -gradient / (hessian + this.rules.penalty)
    return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : 0
  }

  private valueOf([gradient, hessian]: Sums, low: number, high: number): number {
    return this.valueFor(gradient * this.units.gradient, hessian * this.units.hessian, low, high)
  }

  /** What a node of this value wins: g²/(h + λ) where the value is free. */
  private worth(gradient: number, hessian: number, value: number): number {
    return -(2 * gradient * value + (hessian + this.rules.penalty) * value * value)
  }

  private open(node: number, from: number, to: number, slot: number, sums: Sums, low: number, high: number): Open {
    const leaf: Open = { node, from, to, slot, sums, low, high, best: undefined }
    if (slot >= 0 && sums[2] >= 2 * this.rules.leastRows) leaf.best = this.findSplit(leaf)
    return leaf
  }

  /** The open leaf that gains most, out of the list; the first of equal ones. */
  private take(open: Open[]): Open | undefined {
    let place = -1
    for (const [i, { best }] of open.entries())
      if (best && (place < 0 || best.gain > (open[place]?.best?.gain ?? 0))) place = i
    return place < 0 ? undefined : open.splice(place, 1)[0]
  }

  /** `last`: the children are not split any more. */
  private divide(leaf: Open, last: boolean): Open[] {
    const { table, tree } = this
    const split = leaf.best as Split
    const middle = table.partition(split.column, leaf.from, leaf.to, split.left)
    const onLeft = this.sumBins(leaf.slot, split.column, split.left)
    const onRight: Sums = [
      leaf.sums[0] - onLeft[0],
      leaf.sums[1] - onLeft[1],
      leaf.sums[2] - onLeft[2],
      leaf.sums[3] - onLeft[3],
    ]
    const [leftSlot, rightSlot] = last ? [-1, -1] : this.partHistogram(leaf, middle)
    const bounds = this.bounds(leaf, split, onLeft, onRight)
    const left = this.node(onLeft, ...bounds.left)
    const right = this.node(onRight, ...bounds.right)
    tree.split[leaf.node] = split
    tree.child[leaf.node] = left
    const opened = [
      this.open(left, leaf.from, middle, leftSlot, onLeft, ...bounds.left),
      this.open(right, middle, leaf.to, rightSlot, onRight, ...bounds.right),
    ]
    for (const { slot, best } of opened) if (slot >= 0 && !best) this.free.push(slot)
    return opened
  }

  /** Makes the histogram of the side with fewer rows; that of the other is what is left. Answers both slots. */
  private partHistogram(leaf: Open, middle: number): [number, number] {
    const { table } = this
    const fewer = this.free.pop() as number
    const leftIsFewer = middle - leaf.from <= leaf.to - middle
    if (leftIsFewer) table.make(fewer, leaf.from, middle)
    else table.make(fewer, middle, leaf.to)
    table.subtract(leaf.slot, fewer)
    return leftIsFewer ? [fewer, leaf.slot] : [leaf.slot, fewer]
  }

  /** 1 or −1 where larger numbers of a column may change the answer only upwards or downwards, else 0. */
  private directionOf(column: number): number {
    return this.columns[column]?.category ? 0 : (this.rules.directions?.[column] ?? 0)
  }

  /** Where a rising column is cut, all values on the left stay below the middle of both, all on the right above: low, high. */
  private bounds(leaf: Open, split: Split, onLeft: Sums, onRight: Sums) {
    const { low, high } = leaf
    const direction = this.directionOf(split.column)
    const middle = (this.valueOf(onLeft, low, high) + this.valueOf(onRight, low, high)) / 2
    if (direction > 0) return { left: [low, middle], right: [middle, high] } as const
    if (direction < 0) return { left: [middle, high], right: [low, middle] } as const
    return { left: [low, high], right: [low, high] } as const
  }

  /** Over the bins of a column that have a 1 in `taken`; over all where that is absent. */
  private sumBins(slot: number, column: number, taken: Uint8Array | undefined): Sums {
    const histogram = this.table.histogram(slot)
    let [gradient, hessian, count] = [0, 0, 0]
    for (let bin = 0, at = column * COLUMN; bin < BINS; bin++, at += LANES) {
      if (taken?.[bin] === 0) continue
      gradient += histogram[at] as number
      hessian += histogram[at + 1] as number
      count += histogram[at + 2] as number
    }
    return [gradient, hessian, count, 0]
  }

  private findSplit(leaf: Open): Split | undefined {
    const { draw } = this.rules
    let best: FoundSplit | undefined
    let looked = 0
    for (const column of draw?.shuffle() ?? this.columns.keys()) {
      if (draw && looked++ >= draw.most && best) break
      best = this.bestOfColumn(leaf, column, best)
    }
    return best && this.splitOf(leaf, best)
  }

  /** Bins in the order in which they are tried: ascending, or categories by what they speak for. */
  private binOrder(leaf: Open, column: number): Uint8Array {
    const { bins, category } = this.columns[column] as ColumnBins
    if (!category) return ASCENDING.subarray(0, bins)
    const histogram = this.table.histogram(leaf.slot)
    const at = (bin: number) => column * COLUMN + LANES * bin
    const { gradient, hessian } = this.units
    const lean = (bin: number) =>
      ((histogram[at(bin)] as number) * gradient) / ((histogram[at(bin) + 1] as number) * hessian + SMOOTH)
    return ASCENDING.slice(0, bins)
      .filter((bin) => (histogram[at(bin) + 2] as number) > 0)
      .sort((a, b) => lean(a) - lean(b) || a - b)
  }

  private missingOf(leaf: Open, column: number): Sums {
    const histogram = this.table.histogram(leaf.slot)
    const at = column * COLUMN + LANES * MISSING
    return [histogram[at] as number, histogram[at + 1] as number, histogram[at + 2] as number, 0]
  }

  private bestOfColumn(leaf: Open, column: number, before: FoundSplit | undefined): FoundSplit | undefined {
    const missing = this.missingOf(leaf, column)
    let best = before
    for (const missingLeft of missing[2] > 0 ? [false, true] : [false]) {
      const found = this.scan(leaf, column, missingLeft ? missing : NOTHING, best?.gain ?? 0)
      if (found) best = { ...found, column, missingLeft }
    }
    return best
  }

  private splitOf(leaf: Open, { column, place, rows, gain, missingLeft }: FoundSplit): Split {
    const left = new Uint8Array(BINS)
    for (const bin of this.binOrder(leaf, column).subarray(0, place + 1)) left[bin] = 1
    if (missingLeft) left[MISSING] = 1
    else if (this.missingOf(leaf, column)[2] === 0 && 2 * rows > leaf.sums[2]) left[MISSING] = 1
    return { column, left, gain }
  }

  /** The best place to cut, where it gains more than `least`. */
  private scan(leaf: Open, column: number, begin: Sums, least: number): FoundCut | undefined {
    const { leastRows, penalty, directions } = this.rules
    const { low, high, slot, sums } = leaf
    const [gradient, hessian] = [sums[0] * this.units.gradient, sums[1] * this.units.hessian]
    const parent = this.worth(gradient, hessian, this.tree.value[leaf.node] as number)
    const rules: CutRules = { leastRows, penalty, parent, least }
    const { category, bins } = this.columns[column] as ColumnBins
    const bounded = directions !== undefined || low > -Infinity || high < Infinity
    if (!bounded && !category) return this.table.scan(slot, column, bins, sums, begin, rules)
    const worth = bounded ? this.boundedWorth(leaf, this.directionOf(column)) : undefined
    const order = this.binOrder(leaf, column)
    return scanSlow(this.table.histogram(slot), column, order, sums, begin, this.units, rules, worth)
  }

  private boundedWorth({ low, high }: Open, direction: number) {
    return (g: number, h: number, otherG: number, otherH: number): number => {
      const [left, right] = [this.valueFor(g, h, low, high), this.valueFor(otherG, otherH, low, high)]
      return direction * (left - right) > 0 ? -Infinity : this.worth(g, h, left) + this.worth(otherG, otherH, right)
    }
  }
}

/** Grows one tree on all rows of the table's `order[0 … rows)`, which it regroups. */
export function growTree(
  table: BinnedTable,
  columns: readonly ColumnBins[],
  rules: TreeRules,
  rows: number,
): GrownTree {
  return new TreeGrowth(table, columns, rules).grow(rows)
}
