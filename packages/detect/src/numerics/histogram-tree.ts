/**
 * Regression trees by histograms, the leaf that gains most split first.
 *
 * Gain and leaf values by second order: Chen and Guestrin, "XGBoost", KDD 2016, equations 5 to 7. Growth by leaves,
 * subtraction of histograms and many-valued splits: Ke et al., "LightGBM", NeurIPS 2017. Missing values go where more is
 * gained (XGBoost, algorithm 3). Categories are ordered by gradient over hessian and cut once (Fisher 1958, "On grouping for
 * maximum homogeneity").
 */
import { type ColumnBins, MISSING } from './binning.ts'
import type { BinnedTable } from './kernels/histogram.ts'
import { BINS } from './kernels/histogram-slow.ts'

export interface TreeRules {
  readonly leaves: number
  readonly leastRows: number
  /** λ: added to hessians. */
  readonly penalty: number
  /** All numbers: a larger value never lowers the answer. */
  readonly rising: boolean
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

interface Sums {
  gradient: number
  hessian: number
  count: number
}

/** A leaf that may still be split. */
interface Open {
  readonly node: number
  readonly from: number
  readonly to: number
  readonly slot: number
  readonly sums: Sums
  /** Bounds that rising columns put on values below. */
  readonly low: number
  readonly high: number
  best: Split | undefined
}

/** All bins, ascending. */
const ASCENDING = Uint8Array.from({ length: BINS }, (_, bin) => bin)
/** Added to hessians when categories are ordered, so that rare ones do not lead: LightGBM's cat_smooth. */
const SMOOTH = 10

class TreeGrowth {
  private readonly table: BinnedTable
  private readonly columns: readonly ColumnBins[]
  private readonly rules: TreeRules
  readonly tree: GrownTree = { split: [], child: [], value: [], leaves: [] }
  private readonly free: number[]

  constructor(table: BinnedTable, columns: readonly ColumnBins[], rules: TreeRules) {
    this.table = table
    this.columns = columns
    this.rules = rules
    this.free = Array.from({ length: rules.leaves + 1 }, (_, slot) => rules.leaves - slot)
  }

  grow(rows: number): GrownTree {
    const slot = this.free.pop() as number
    this.table.make(slot, 0, rows)
    const { sums, counts } = this.table.histogram(slot)
    const all: Sums = { gradient: 0, hessian: 0, count: 0 }
    for (let bin = 0; bin < BINS; bin++) {
      all.gradient += sums[2 * bin] as number
      all.hessian += sums[2 * bin + 1] as number
      all.count += counts[bin] as number
    }
    const open = [this.open(this.node(all, -Infinity, Infinity), 0, rows, slot, all, -Infinity, Infinity)]
    for (let leaves = 1; leaves < this.rules.leaves; leaves++) {
      const best = this.take(open)
      if (!best) break
      open.push(...this.divide(best))
    }
    for (const { node, from, to } of open) this.tree.leaves.push({ node, from, to })
    return this.tree
  }

  private node(sums: Sums, low: number, high: number): number {
    this.tree.split.push(undefined)
    this.tree.child.push(-1)
    this.tree.value.push(this.valueOf(sums, low, high))
    return this.tree.value.length - 1
  }

  private valueOf({ gradient, hessian }: Sums, low: number, high: number): number {
    const value = -gradient / (hessian + this.rules.penalty)
    return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : 0
  }

  /** What a node of this value wins: g²/(h + λ) where the value is free. */
  private worth(sums: Sums, value: number): number {
    return -(2 * sums.gradient * value + (sums.hessian + this.rules.penalty) * value * value)
  }

  private open(node: number, from: number, to: number, slot: number, sums: Sums, low: number, high: number): Open {
    const leaf: Open = { node, from, to, slot, sums, low, high, best: undefined }
    if (sums.count >= 2 * this.rules.leastRows) leaf.best = this.findSplit(leaf)
    return leaf
  }

  /** The open leaf that gains most, out of the list; the first of equal ones. */
  private take(open: Open[]): Open | undefined {
    let place = -1
    for (const [i, { best }] of open.entries())
      if (best && (place < 0 || best.gain > (open[place]?.best?.gain ?? 0))) place = i
    return place < 0 ? undefined : open.splice(place, 1)[0]
  }

  private divide(leaf: Open): Open[] {
    const { table, tree } = this
    const split = leaf.best as Split
    const middle = table.partition(split.column, leaf.from, leaf.to, split.left)
    const onLeft = this.sumLeft(leaf.slot, split)
    const onRight = {
      gradient: leaf.sums.gradient - onLeft.gradient,
      hessian: leaf.sums.hessian - onLeft.hessian,
      count: leaf.sums.count - onLeft.count,
    }
    const fewer = this.free.pop() as number
    const leftIsFewer = middle - leaf.from <= leaf.to - middle
    if (leftIsFewer) table.make(fewer, leaf.from, middle)
    else table.make(fewer, middle, leaf.to)
    table.subtract(leaf.slot, leaf.slot, fewer)
    const [leftSlot, rightSlot] = leftIsFewer ? [fewer, leaf.slot] : [leaf.slot, fewer]
    const [low, between, high] = this.bounds(leaf, split, onLeft, onRight)
    const left = this.node(onLeft, low, between.left)
    const right = this.node(onRight, between.right, high)
    tree.split[leaf.node] = split
    tree.child[leaf.node] = left
    const opened = [
      this.open(left, leaf.from, middle, leftSlot, onLeft, low, between.left),
      this.open(right, middle, leaf.to, rightSlot, onRight, between.right, high),
    ]
    for (const { slot, best } of opened) if (!best) this.free.push(slot)
    return opened
  }

  /** Where a rising column is cut, all values on the left stay below the middle of both, all on the right above. */
  private bounds(leaf: Open, split: Split, onLeft: Sums, onRight: Sums) {
    const { low, high } = leaf
    if (!this.rules.rising || this.columns[split.column]?.category)
      return [low, { left: high, right: low }, high] as const
    const middle = (this.valueOf(onLeft, low, high) + this.valueOf(onRight, low, high)) / 2
    return [low, { left: middle, right: middle }, high] as const
  }

  private sumLeft(slot: number, { column, left }: Split): Sums {
    const { sums, counts } = this.table.histogram(slot)
    const found: Sums = { gradient: 0, hessian: 0, count: 0 }
    for (let bin = 0; bin < BINS; bin++) {
      if (left[bin] === 0) continue
      const at = column * BINS + bin
      found.gradient += sums[2 * at] as number
      found.hessian += sums[2 * at + 1] as number
      found.count += counts[at] as number
    }
    return found
  }

  private findSplit(leaf: Open): Split | undefined {
    let best: Split | undefined
    const { draw } = this.rules
    let looked = 0
    for (const column of draw?.shuffle() ?? this.columns.keys()) {
      if (draw && looked++ >= draw.most && best) break
      best = this.bestOfColumn(leaf, column, best)
    }
    return best
  }

  /** Bins in the order in which they are tried: ascending, or categories by what they speak for. */
  private binOrder(leaf: Open, column: number): Uint8Array {
    const { bins, category } = this.columns[column] as ColumnBins
    if (!category) return ASCENDING.subarray(0, bins)
    const { sums, counts } = this.table.histogram(leaf.slot)
    const lean = (bin: number) => {
      const at = 2 * (column * BINS + bin)
      return (sums[at] as number) / ((sums[at + 1] as number) + SMOOTH)
    }
    return ASCENDING.slice(0, bins)
      .filter((bin) => (counts[column * BINS + bin] as number) > 0)
      .sort((a, b) => lean(a) - lean(b) || a - b)
  }

  private bestOfColumn(leaf: Open, column: number, before: Split | undefined): Split | undefined {
    const order = this.binOrder(leaf, column)
    const missing = (this.table.histogram(leaf.slot).counts[column * BINS + MISSING] as number) > 0
    let best: { place: number; gain: number; rows: number; missingLeft: boolean } | undefined
    for (const missingLeft of missing ? [false, true] : [false]) {
      const found = this.scan(leaf, column, order, missingLeft, best?.gain ?? before?.gain ?? 0)
      if (found) best = { ...found, missingLeft }
    }
    if (!best) return before
    const left = new Uint8Array(BINS)
    for (const bin of order.subarray(0, best.place + 1)) left[bin] = 1
    if (best.missingLeft) left[MISSING] = 1
    else if (!missing && 2 * best.rows > leaf.sums.count) left[MISSING] = 1
    return { column, left, gain: best.gain }
  }

  /** The best place to cut, where it gains more than `least`. */
  private scan(leaf: Open, column: number, order: Uint8Array, missingLeft: boolean, least: number) {
    const { sums, counts } = this.table.histogram(leaf.slot)
    const { gradient, hessian, count } = leaf.sums
    const { leastRows, penalty, rising } = this.rules
    const base = column * BINS
    const parent = this.worth(leaf.sums, this.tree.value[leaf.node] as number)
    const bounded = rising || leaf.low > -Infinity || leaf.high < Infinity
    const up = rising && !this.columns[column]?.category
    let [g, h, n] = [0, 0, 0]
    if (missingLeft) {
      g = sums[2 * (base + MISSING)] as number
      h = sums[2 * (base + MISSING) + 1] as number
      n = counts[base + MISSING] as number
    }
    let found: { place: number; gain: number; rows: number } | undefined
    let most = least
    for (let place = 0; place < order.length; place++) {
      const at = base + (order[place] as number)
      // Subtraction leaves rounding in empty bins: a cut after one parts the same rows as the cut before it.
      if (counts[at] === 0) continue
      g += sums[2 * at] as number
      h += sums[2 * at + 1] as number
      n += counts[at] as number
      if (n < leastRows) continue
      if (count - n < leastRows) break
      const [otherG, otherH] = [gradient - g, hessian - h]
      let gain = (g * g) / (h + penalty) + (otherG * otherG) / (otherH + penalty) - parent
      if (bounded) gain = this.boundedGain(leaf, g, h, otherG, otherH, up) - parent
      if (gain > most) {
        most = gain
        found = { place, gain, rows: n }
      }
    }
    return found
  }

  private boundedGain({ low, high }: Open, g: number, h: number, otherG: number, otherH: number, up: boolean): number {
    const [one, other] = [
      { gradient: g, hessian: h, count: 0 },
      { gradient: otherG, hessian: otherH, count: 0 },
    ]
    const [left, right] = [this.valueOf(one, low, high), this.valueOf(other, low, high)]
    return up && left > right ? -Infinity : this.worth(one, left) + this.worth(other, right)
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
