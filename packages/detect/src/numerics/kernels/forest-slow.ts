/**
 * A forest of binary trees in flat arrays. Node `i` sends a row to the left (`left[i]`) where its value in column
 * `column[i]` is at most `threshold[i]`, else to the right (`left[i] + 1`). A leaf is its own left child, with the
 * threshold +Infinity. `path[i]` is the path length that ends in a leaf (for inner nodes: that is expected below them).
 */
export type Forest = {
  /** Where each tree begins. */
  readonly roots: Int32Array
  readonly column: Int32Array
  readonly threshold: Float64Array
  readonly left: Int32Array
  readonly path: Float64Array
  /** Steps from a root to its deepest leaf, at most, over all trees. */
  readonly height: number
}

/** The node in which a row's walk through one tree ends. */
export function leafOf({ column, threshold, left, height }: Forest, root: number, row: Float64Array): number {
  let node = root
  for (let level = 0; level < height; level++) {
    const right = (row[column[node] as number] as number) > (threshold[node] as number)
    node = (left[node] as number) + (right ? 1 : 0)
  }
  return node
}

/** Slow twin of the kernel: the sum of path lengths over all trees, in their order, one a row of `width` values. */
export function sumPathsSlow(forest: Forest, data: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: width === 0 ? 0 : data.length / width }, (_, i) => {
    const row = data.subarray(i * width, (i + 1) * width)
    let sum = 0
    for (const root of forest.roots) sum += forest.path[leafOf(forest, root, row)] as number
    return sum
  })
}
