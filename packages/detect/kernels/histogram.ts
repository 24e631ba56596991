/**
 * Sums of gradients by bin (AssemblyScript). Twin: src/numerics/kernels/histogram-slow.ts.
 *
 * A row is one byte a column, its bin. A histogram holds, for every column, 256 pairs of doubles (gradients, hessians), and
 * elsewhere 256 counts (i32). Rows are added in their order.
 */

/** Adds `count` rows, named by i32 at `rows`, to the sums and counts of all columns. `pairs`: 16 bytes a row. */
export function addRows(
  bins: usize,
  columns: i32,
  rows: usize,
  count: i32,
  pairs: usize,
  sums: usize,
  counts: usize,
): void {
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(rows + ((<usize>i) << 2))
    const pair = v128.load(pairs + (row << 4))
    let at = bins + row * <usize>columns
    let sum = sums
    let held = counts
    for (let j = 0; j < columns; j++) {
      const bin = <usize>load<u8>(at++)
      const target = sum + (bin << 4)
      v128.store(target, f64x2.add(v128.load(target), pair))
      const counter = held + (bin << 2)
      store<i32>(counter, load<i32>(counter) + 1)
      sum += 4096
      held += 1024
    }
  }
}

/** sums and counts: `target` ← `whole` − `part`, for all columns. */
export function subtract(
  columns: i32,
  wholeSums: usize,
  wholeCounts: usize,
  partSums: usize,
  partCounts: usize,
  sums: usize,
  counts: usize,
): void {
  const sumBytes = (<usize>columns) << 12
  for (let at: usize = 0; at < sumBytes; at += 16) {
    v128.store(sums + at, f64x2.sub(v128.load(wholeSums + at), v128.load(partSums + at)))
  }
  const countBytes = (<usize>columns) << 10
  for (let at: usize = 0; at < countBytes; at += 16) {
    v128.store(counts + at, i32x4.sub(v128.load(wholeCounts + at), v128.load(partCounts + at)))
  }
}

/**
 * Puts those of `count` rows that go left first, in their order, and answers how many. `left`: 256 bytes, 1 for the bins that
 * go left. `scratch` holds the others meanwhile. `column`: the bins of one column, one byte a row.
 */
export function partition(column: usize, rows: usize, count: i32, left: usize, scratch: usize): i32 {
  let kept = 0
  let others = 0
  for (let i = 0; i < count; i++) {
    const row = load<i32>(rows + ((<usize>i) << 2))
    const bin = <usize>load<u8>(column + <usize>row)
    const goes = <i32>load<u8>(left + bin)
    store<i32>(rows + ((<usize>kept) << 2), row)
    store<i32>(scratch + ((<usize>others) << 2), row)
    kept += goes
    others += 1 - goes
  }
  memory.copy(rows + ((<usize>kept) << 2), scratch, (<usize>others) << 2)
  return kept
}
