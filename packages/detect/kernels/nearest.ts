/**
 * The k nearest of many points for each of many rows (AssemblyScript, two doubles at a time).
 * Twin: src/numerics/kernels/nearest-slow.ts.
 *
 * What is compared is half the squared distance without the part that is the same for all points, |y|² / 2 − x·y. Points
 * come in their order and enter only where they are nearer than the k-th so far, so ties go to the first point, and what a
 * row finds does not depend on the rows beside it.
 */

/** Puts a point into the sorted list of a row, and answers the new bound. */
function enter(distances: usize, points: usize, k: i32, distance: f64, point: i32): f64 {
  let place = k - 1
  while (place > 0) {
    const before = load<f64>(distances + ((<usize>(place - 1)) << 3))
    if (before <= distance) break
    store<f64>(distances + ((<usize>place) << 3), before)
    store<i32>(points + ((<usize>place) << 2), load<i32>(points + ((<usize>(place - 1)) << 2)))
    place--
  }
  store<f64>(distances + ((<usize>place) << 3), distance)
  store<i32>(points + ((<usize>place) << 2), point)
  return load<f64>(distances + ((<usize>(k - 1)) << 3))
}

/** Enters those of four points that are nearer than the bound. */
function offer(list: usize, points: usize, k: i32, first: v128, second: v128, point: i32): void {
  const at = list + ((<usize>(k - 1)) << 3)
  let bound = load<f64>(at)
  const limit = f64x2.splat(bound)
  if (!v128.any_true(v128.or(f64x2.lt(first, limit), f64x2.lt(second, limit)))) return
  const a = f64x2.extract_lane(first, 0)
  if (a < bound) bound = enter(list, points, k, a, point)
  const b = f64x2.extract_lane(first, 1)
  if (b < bound) bound = enter(list, points, k, b, point + 1)
  const c = f64x2.extract_lane(second, 0)
  if (c < bound) bound = enter(list, points, k, c, point + 2)
  const d = f64x2.extract_lane(second, 1)
  if (d < bound) enter(list, points, k, d, point + 3)
}

/**
 * Compares four rows (`stride` bytes each, read in full) with `panels` panels of four points. A panel: the four points'
 * halves of squared lengths, then their columns interleaved, 32 bytes a column. Lists: k doubles, and k i32, a row.
 */
export function nearest(
  row: usize,
  stride: usize,
  panel: usize,
  panels: i32,
  from: i32,
  k: i32,
  lists: usize,
  points: usize,
): void {
  const listStride = (<usize>k) << 3
  const pointStride = (<usize>k) << 2
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  for (let p = 0; p < panels; p++) {
    const halves0 = v128.load(panel)
    const halves1 = v128.load(panel, 16)
    panel += 32
    let a0 = f64x2.splat(0)
    let a1 = f64x2.splat(0)
    let b0 = f64x2.splat(0)
    let b1 = f64x2.splat(0)
    let c0 = f64x2.splat(0)
    let c1 = f64x2.splat(0)
    let d0 = f64x2.splat(0)
    let d1 = f64x2.splat(0)
    for (let at: usize = 0; at < stride; at += 8) {
      const left = v128.load(panel)
      const right = v128.load(panel, 16)
      panel += 32
      const a = v128.load64_splat(row + at)
      a0 = f64x2.add(a0, f64x2.mul(a, left))
      a1 = f64x2.add(a1, f64x2.mul(a, right))
      const b = v128.load64_splat(row1 + at)
      b0 = f64x2.add(b0, f64x2.mul(b, left))
      b1 = f64x2.add(b1, f64x2.mul(b, right))
      const c = v128.load64_splat(row2 + at)
      c0 = f64x2.add(c0, f64x2.mul(c, left))
      c1 = f64x2.add(c1, f64x2.mul(c, right))
      const d = v128.load64_splat(row3 + at)
      d0 = f64x2.add(d0, f64x2.mul(d, left))
      d1 = f64x2.add(d1, f64x2.mul(d, right))
    }
    const point = from + (p << 2)
    offer(lists, points, k, f64x2.sub(halves0, a0), f64x2.sub(halves1, a1), point)
    offer(lists + listStride, points + pointStride, k, f64x2.sub(halves0, b0), f64x2.sub(halves1, b1), point)
    offer(lists + 2 * listStride, points + 2 * pointStride, k, f64x2.sub(halves0, c0), f64x2.sub(halves1, c1), point)
    offer(lists + 3 * listStride, points + 3 * pointStride, k, f64x2.sub(halves0, d0), f64x2.sub(halves1, d1), point)
  }
}

/** All rows (a multiple of four) against all panels, so many panels at a time that they stay in the cache. */
export function nearestAll(
  rows: usize,
  count: i32,
  stride: usize,
  panel: usize,
  panels: i32,
  together: i32,
  k: i32,
  lists: usize,
  points: usize,
): void {
  const panelBytes = 32 + (stride << 2)
  for (let p = 0; p < panels; p += together) {
    const size = min(together, panels - p)
    for (let row = 0; row < count; row += 4) {
      const list = lists + <usize>row * ((<usize>k) << 3)
      const point = points + <usize>row * ((<usize>k) << 2)
      nearest(rows + <usize>row * stride, stride, panel + <usize>p * panelBytes, size, p << 2, k, list, point)
    }
  }
}
