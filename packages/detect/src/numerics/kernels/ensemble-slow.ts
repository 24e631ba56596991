/** 32-bit words of a set of 256 bins. */
export const WORDS = 8

/** Trees over bins, in flat arrays. */
export interface FlatTrees {
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

/** Slow twin, and the way for few rows: the sum of the leaves of one row of bins, which begins at `from`. */
export function sumLeavesSlow(
  { roots, column, child, left, value }: FlatTrees,
  bins: Uint8Array,
  from: number,
): number {
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree] as number
    for (let next = child[node] as number; next >= 0; next = child[node] as number) {
      const bin = bins[from + (column[node] as number)] as number
      const goesLeft = ((left[node * WORDS + (bin >> 5)] as number) >>> (bin & 31)) & 1
      node = next + 1 - goesLeft
    }
    sum += value[node] as number
  }
  return sum
}
