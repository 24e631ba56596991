/**
 * Path lengths through a forest of binary trees (AssemblyScript). Twin: src/numerics/kernels/forest-slow.ts.
 *
 * A node is 16 bytes: threshold (f64), byte offset of its column in a row (i32), byte offset of its left child (i32); the
 * right child follows the left one. A leaf is its own left child with the threshold +Infinity, so every walk takes
 * `height` steps without a branch, and several walks can wait for memory at the same time.
 */

function step(nodes: usize, node: usize, row: usize): usize {
  const right = i32(load<f64>(row + <usize>load<i32>(node, 8)) > load<f64>(node))
  return nodes + <usize>(load<i32>(node, 12) + (right << 4))
}

function add(out: usize, paths: usize, nodes: usize, node: usize): void {
  store<f64>(out, load<f64>(out) + load<f64>(paths + ((node - nodes) >> 1)))
}

/** Rows that lie together are taken through one tree before the next: the tree stays in the nearest cache. */
const TOGETHER: i32 = 64

function walkFour(nodes: usize, paths: usize, root: usize, height: i32, row: usize, stride: usize, out: usize): void {
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  let a = root
  let b = root
  let c = root
  let d = root
  for (let level = 0; level < height; level++) {
    a = step(nodes, a, row)
    b = step(nodes, b, row1)
    c = step(nodes, c, row2)
    d = step(nodes, d, row3)
  }
  add(out, paths, nodes, a)
  add(out + 8, paths, nodes, b)
  add(out + 16, paths, nodes, c)
  add(out + 24, paths, nodes, d)
}

function walkOne(nodes: usize, paths: usize, root: usize, height: i32, row: usize, out: usize): void {
  let node = root
  for (let level = 0; level < height; level++) node = step(nodes, node, row)
  add(out, paths, nodes, node)
}

/** One row through four trees at a time, added in the order of the trees: the same sum, to the bit. */
function rowThroughTrees(
  nodes: usize,
  paths: usize,
  roots: usize,
  trees: i32,
  height: i32,
  row: usize,
  out: usize,
): void {
  let tree = 0
  for (; tree + 4 <= trees; tree += 4) {
    const at = roots + ((<usize>tree) << 2)
    let a = nodes + <usize>load<i32>(at)
    let b = nodes + <usize>load<i32>(at, 4)
    let c = nodes + <usize>load<i32>(at, 8)
    let d = nodes + <usize>load<i32>(at, 12)
    for (let level = 0; level < height; level++) {
      a = step(nodes, a, row)
      b = step(nodes, b, row)
      c = step(nodes, c, row)
      d = step(nodes, d, row)
    }
    add(out, paths, nodes, a)
    add(out, paths, nodes, b)
    add(out, paths, nodes, c)
    add(out, paths, nodes, d)
  }
  for (; tree < trees; tree++) {
    walkOne(nodes, paths, nodes + <usize>load<i32>(roots + ((<usize>tree) << 2)), height, row, out)
  }
}

/** Writes the sum of path lengths over all trees, one f64 a row, to `out`. `roots`: byte offsets of the roots, i32. */
export function sumPaths(
  nodes: usize,
  paths: usize,
  roots: usize,
  trees: i32,
  height: i32,
  rows: usize,
  stride: usize,
  count: i32,
  out: usize,
): void {
  for (let row = 0; row < count; row++) store<f64>(out + ((<usize>row) << 3), 0)
  const whole = count & ~3
  for (let from = 0; from < whole; from += TOGETHER) {
    const to = min(whole, from + TOGETHER)
    for (let tree = 0; tree < trees; tree++) {
      const root = nodes + <usize>load<i32>(roots + ((<usize>tree) << 2))
      for (let row = from; row < to; row += 4) {
        walkFour(nodes, paths, root, height, rows + <usize>row * stride, stride, out + ((<usize>row) << 3))
      }
    }
  }
  for (let row = whole; row < count; row++) {
    rowThroughTrees(nodes, paths, roots, trees, height, rows + <usize>row * stride, out + ((<usize>row) << 3))
  }
}
