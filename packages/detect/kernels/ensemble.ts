/**
 * Sums of the leaves of many trees over binned rows (AssemblyScript). Twin: src/numerics/kernels/ensemble-slow.ts.
 *
 * Two forms. `sumCuts`, for trees that cut numbers alone: a node is 8 bytes, from the lowest: threshold t (u8), k (u8, 0 or
 * 1), column (u16), byte offset of its left child (u32), which the right one follows; bins with (bin + k) mod 256 ≤ t go left,
 * so that k says where bin 255, what is missing, goes. What leaves add stands elsewhere, 8 bytes a node.
 * `sumLeaves`, for any: a node is 48 bytes: a bit for each of 256 bins, 1 where it goes left; the column (i32); the byte offset of its left child
 * (i32), which the right one follows; what a leaf adds (f64). A leaf is its own left child for all bins, so walks that have
 * ended wait for the others.
 */

const NODE: usize = 48

function step(nodes: usize, node: usize, row: usize): usize {
  const bin = <u32>load<u8>(row + <usize>load<i32>(node, 32))
  const word = load<u32>(node + ((bin >> 5) << 2))
  return nodes + <usize>load<i32>(node, 36) + ((~word >>> (bin & 31)) & 1) * NODE
}

function add(out: usize, node: usize): void {
  store<f64>(out, load<f64>(out) + load<f64>(node, 40))
}

/** Rows that are taken through one tree before the next: bins and tree stay in the nearest cache. */
const TOGETHER: i32 = 256

function walkFour(nodes: usize, root: usize, row: usize, width: usize, out: usize): void {
  const row1 = row + width
  const row2 = row1 + width
  const row3 = row2 + width
  let a = root
  let b = root
  let c = root
  let d = root
  for (;;) {
    const nextA = step(nodes, a, row)
    const nextB = step(nodes, b, row1)
    const nextC = step(nodes, c, row2)
    const nextD = step(nodes, d, row3)
    const moved = (nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)
    a = nextA
    b = nextB
    c = nextC
    d = nextD
    if (moved === 0) break
  }
  add(out, a)
  add(out + 8, b)
  add(out + 16, c)
  add(out + 24, d)
}

/** Writes the sums, one f64 a row, to `out`. A multiple of four rows, `width` bytes each. `roots`: byte offsets, i32. */
export function sumLeaves(
  nodes: usize,
  roots: usize,
  trees: i32,
  rows: usize,
  width: usize,
  count: i32,
  out: usize,
): void {
  memory.fill(out, 0, (<usize>count) << 3)
  for (let from = 0; from < count; from += TOGETHER) {
    const to = min(count, from + TOGETHER)
    for (let tree = 0; tree < trees; tree++) {
      const root = nodes + <usize>load<i32>(roots + ((<usize>tree) << 2))
      for (let row = from; row < to; row += 4) {
        walkFour(nodes, root, rows + <usize>row * width, width, out + ((<usize>row) << 3))
      }
    }
  }
}

function cut(nodes: usize, at: usize, row: usize): usize {
  const node = load<u64>(nodes + at)
  const bin = <u32>load<u8>(row + <usize>((node >> 16) & 0xffff)) + (<u32>(node >> 8) & 255)
  return <usize>(node >> 32) + ((<usize>((bin & 255) > (<u32>node & 255))) << 3)
}

function cutEight(nodes: usize, values: usize, root: usize, row: usize, width: usize, out: usize): void {
  const row1 = row + width
  const row2 = row1 + width
  const row3 = row2 + width
  const row4 = row3 + width
  const row5 = row4 + width
  const row6 = row5 + width
  const row7 = row6 + width
  let a = root
  let b = root
  let c = root
  let d = root
  let e = root
  let f = root
  let g = root
  let h = root
  for (;;) {
    const sum = a + b + c + d + e + f + g + h
    a = cut(nodes, a, row)
    b = cut(nodes, b, row1)
    c = cut(nodes, c, row2)
    d = cut(nodes, d, row3)
    e = cut(nodes, e, row4)
    f = cut(nodes, f, row5)
    g = cut(nodes, g, row6)
    h = cut(nodes, h, row7)
    // Children come after their parents, so the sum stays only where nobody moved.
    if (a + b + c + d + e + f + g + h === sum) break
  }
  store<f64>(out, load<f64>(out) + load<f64>(values + a))
  store<f64>(out, load<f64>(out, 8) + load<f64>(values + b), 8)
  store<f64>(out, load<f64>(out, 16) + load<f64>(values + c), 16)
  store<f64>(out, load<f64>(out, 24) + load<f64>(values + d), 24)
  store<f64>(out, load<f64>(out, 32) + load<f64>(values + e), 32)
  store<f64>(out, load<f64>(out, 40) + load<f64>(values + f), 40)
  store<f64>(out, load<f64>(out, 48) + load<f64>(values + g), 48)
  store<f64>(out, load<f64>(out, 56) + load<f64>(values + h), 56)
}

/** As `sumLeaves`, of trees that cut numbers alone. A multiple of eight rows. */
export function sumCuts(
  nodes: usize,
  values: usize,
  roots: usize,
  trees: i32,
  rows: usize,
  width: usize,
  count: i32,
  out: usize,
): void {
  memory.fill(out, 0, (<usize>count) << 3)
  for (let from = 0; from < count; from += TOGETHER) {
    const to = min(count, from + TOGETHER)
    for (let tree = 0; tree < trees; tree++) {
      const root = <usize>load<i32>(roots + ((<usize>tree) << 2))
      for (let row = from; row < to; row += 8) {
        cutEight(nodes, values, root, rows + <usize>row * width, width, out + ((<usize>row) << 3))
      }
    }
  }
}
