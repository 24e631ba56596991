/**
 * Rows of numbers looked up in bins of equal width, a column each (AssemblyScript). Twin: src/numerics/kernels/bins-slow.ts.
 *
 * Place t = (value − first) × perUnit; bin ⌊t⌋ from 0 to `bins` − 1. Below lies bin −1, above bin `bins`, but what lies outside
 * by at most `low` or `high` bins counts to the outermost one. Tables hold (bins + 2) doubles a column, bin −1 first.
 */

function binAt(t: f64, floor: i32, bins: i32, low: f64, high: f64): i32 {
  const bin = max(-1, min(bins, floor))
  return bin + i32(bin < 0 && t >= -low) - i32(bin === bins && t <= <f64>bins + high)
}

/** Sums of what the bins of a row hold, even and odd columns apart: one f64 a row at `out`. */
export function sumBins(
  rows: usize,
  count: i32,
  columns: i32,
  first: usize,
  perUnit: usize,
  bins: i32,
  low: f64,
  high: f64,
  table: usize,
  out: usize,
): void {
  const size = (<usize>(bins + 2)) << 3
  const pairs = columns & ~1
  for (let row = 0; row < count; row++) {
    let even: f64 = 0
    let odd: f64 = 0
    let held = table + 8
    let at: usize = 0
    for (let j = 0; j < pairs; j += 2) {
      const away = f64x2.sub(v128.load(rows + at), v128.load(first + at))
      const t = f64x2.mul(away, v128.load(perUnit + at))
      const floor = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(t))
      const one = binAt(f64x2.extract_lane(t, 0), i32x4.extract_lane(floor, 0), bins, low, high)
      const other = binAt(f64x2.extract_lane(t, 1), i32x4.extract_lane(floor, 1), bins, low, high)
      even += load<f64>(held + ((<usize>one) << 3))
      odd += load<f64>(held + size + ((<usize>other) << 3))
      held += 2 * size
      at += 16
    }
    if (columns & 1) {
      const t = (load<f64>(rows + at) - load<f64>(first + at)) * load<f64>(perUnit + at)
      even += load<f64>(held + ((<usize>binAt(t, <i32>floor<f64>(t), bins, low, high)) << 3))
      at += 8
    }
    rows += at
    store<f64>(out, even + odd)
    out += 8
  }
}

/** Adds `weights` (one f64 a row) to the bins of the rows. */
export function countBins(
  rows: usize,
  count: i32,
  columns: i32,
  first: usize,
  perUnit: usize,
  bins: i32,
  low: f64,
  high: f64,
  weights: usize,
  table: usize,
): void {
  const size = (<usize>(bins + 2)) << 3
  for (let row = 0; row < count; row++) {
    const weight = load<f64>(weights)
    weights += 8
    let held = table + 8
    let at: usize = 0
    for (let j = 0; j < columns; j++) {
      const t = (load<f64>(rows + at) - load<f64>(first + at)) * load<f64>(perUnit + at)
      const bin = binAt(t, <i32>floor<f64>(t), bins, low, high)
      const target = held + ((<usize>bin) << 3)
      store<f64>(target, load<f64>(target) + weight)
      held += size
      at += 8
    }
    rows += at
  }
}

/** Widens `least` and `most` (one f64 a column each) to hold the rows whose weight is not 0. */
export function widen(rows: usize, count: i32, columns: i32, weights: usize, least: usize, most: usize): void {
  const pairs = columns & ~1
  for (let row = 0; row < count; row++) {
    const skipped = load<f64>(weights) === 0
    weights += 8
    if (skipped) {
      rows += (<usize>columns) << 3
      continue
    }
    let at: usize = 0
    for (let j = 0; j < pairs; j += 2) {
      const value = v128.load(rows + at)
      v128.store(least + at, f64x2.pmin(v128.load(least + at), value))
      v128.store(most + at, f64x2.pmax(v128.load(most + at), value))
      at += 16
    }
    if (columns & 1) {
      const value = load<f64>(rows + at)
      if (value < load<f64>(least + at)) store<f64>(least + at, value)
      if (value > load<f64>(most + at)) store<f64>(most + at, value)
      at += 8
    }
    rows += at
  }
}
