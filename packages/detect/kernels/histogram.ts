/**
 * Trees by histograms (AssemblyScript). Twin: src/numerics/kernels/histogram-slow.ts.
 *
 * A row is one byte a column, its bin, and 16 bytes: gradient and hessian as whole numbers, and a 1 that counts it. A
 * histogram holds, for every column, 256 such sums. Sums of whole numbers do not depend on an order, take nothing away
 * wrongly, and cost one load and one store a value.
 */

import { exp } from './parts/exp'

const BIN: usize = 16
/** Not 4096: columns of which most values fall into the same bin would share one line of the nearest cache. */
const COLUMN: usize = 256 * BIN + 64

/**
 * Gradient and hessian of the logistic loss from log-odds, as pairs of doubles. Arrays have an even number of places; what
 * stands behind `count` is not read afterwards.
 */
export function differentiate(odds: usize, labels: usize, weights: usize, count: i32, pairs: usize): void {
  const one = f64x2.splat(1)
  for (let row: usize = 0; row < (<usize>count) << 3; row += 16) {
    const held = f64x2.pmax(f64x2.splat(-700), f64x2.pmin(f64x2.splat(700), v128.load(odds + row)))
    const share = f64x2.div(one, f64x2.add(one, exp(f64x2.neg(held))))
    const weight = v128.load(weights + row)
    const gradient = f64x2.mul(weight, f64x2.sub(share, v128.load(labels + row)))
    const hessian = f64x2.mul(f64x2.mul(weight, share), f64x2.sub(one, share))
    v128.store(pairs + (row << 1), v128.shuffle<f64>(gradient, hessian, 0, 2))
    v128.store(pairs + (row << 1), v128.shuffle<f64>(gradient, hessian, 1, 3), 16)
  }
}

/** Adds up |gradient| and |hessian| of the rows named, in their order, to two doubles at `out`. */
export function measure(rows: usize, count: i32, pairs: usize, out: usize): void {
  let sum = f64x2.splat(0)
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(rows + ((<usize>i) << 2))
    sum = f64x2.add(sum, f64x2.abs(v128.load(pairs + (row << 4))))
  }
  v128.store(out, sum)
}

/** Adds up gradients and hessians of the rows named, in their order, to two doubles at `out`. */
export function sumPairs(rows: usize, count: i32, pairs: usize, out: usize): void {
  let sum = f64x2.splat(0)
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(rows + ((<usize>i) << 2))
    sum = f64x2.add(sum, v128.load(pairs + (row << 4)))
  }
  v128.store(out, sum)
}

/** Pairs → whole numbers, rounded to the nearest (of two the even one), and a 1. */
export function round(rows: usize, count: i32, pairs: usize, perGradient: f64, perHessian: f64, whole: usize): void {
  const scale = f64x2.replace_lane(f64x2.splat(perGradient), 1, perHessian)
  for (let i = 0; i < count; i++) {
    const at = (<usize>load<i32>(rows + ((<usize>i) << 2))) << 4
    const near = f64x2.nearest(f64x2.mul(v128.load(pairs + at), scale))
    v128.store(whole + at, i32x4.replace_lane(i32x4.trunc_sat_f64x2_s_zero(near), 2, 1))
  }
}

function add(target: usize, row: v128): void {
  v128.store(target, i32x4.add(v128.load(target), row))
}

/** Adds `count` rows, named by i32 at `rows`, to the sums of all columns. A row of bins is `stride` bytes, a multiple of four. */
export function addRows(
  bins: usize,
  stride: usize,
  columns: i32,
  rows: usize,
  count: i32,
  whole: usize,
  sums: usize,
): void {
  const fours = columns >> 2
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(rows + ((<usize>i) << 2))
    const own = v128.load(whole + (row << 4))
    let at = bins + row * stride
    let sum = sums
    for (let j = 0; j < fours; j++) {
      const four = load<u32>(at)
      at += 4
      add(sum + <usize>((four & 255) << 4), own)
      add(sum + COLUMN + <usize>((four >> 4) & 0xff0), own)
      add(sum + 2 * COLUMN + <usize>((four >> 12) & 0xff0), own)
      add(sum + 3 * COLUMN + <usize>((four >> 20) & 0xff0), own)
      sum += 4 * COLUMN
    }
    for (let j = fours << 2; j < columns; j++) {
      add(sum + ((<usize>load<u8>(at++)) << 4), own)
      sum += COLUMN
    }
  }
}

/** `whole` ← `whole` − `part`, for all columns. */
export function subtract(columns: i32, whole: usize, part: usize): void {
  const end = whole + <usize>columns * COLUMN
  for (; whole < end; whole += 64, part += 64) {
    const a = i32x4.sub(v128.load(whole), v128.load(part))
    const b = i32x4.sub(v128.load(whole, 16), v128.load(part, 16))
    const c = i32x4.sub(v128.load(whole, 32), v128.load(part, 32))
    const d = i32x4.sub(v128.load(whole, 48), v128.load(part, 48))
    v128.store(whole, a)
    v128.store(whole, b, 16)
    v128.store(whole, c, 32)
    v128.store(whole, d, 48)
  }
}

/**
 * Where the bins of one column, in ascending order, are cut so that g²/(h + λ) of both sides gains most over `parent`, and
 * more than `least`. `all`: the sums of the node (as a bin); `begin`: what goes left before the first bin (nothing, or those
 * that are missing). Writes the gain (f64), the place and the rows on the left (i32) to `out`; false where nothing gains.
 */
export function scan(
  sums: usize,
  bins: i32,
  all: usize,
  begin: usize,
  leastRows: i32,
  unitGradient: f64,
  unitHessian: f64,
  penalty: f64,
  parent: f64,
  least: f64,
  out: usize,
): bool {
  const unit = f64x2.replace_lane(f64x2.splat(unitGradient), 1, unitHessian)
  const lambda = f64x2.splat(penalty)
  const whole = v128.load(all)
  const rows = i32x4.extract_lane(whole, 2)
  let left = v128.load(begin)
  let most = least
  let found = -1
  let held = 0
  for (let bin = 0; bin < bins; bin++) {
    const own = v128.load(sums)
    sums += BIN
    if (i32x4.extract_lane(own, 2) === 0) continue
    left = i32x4.add(left, own)
    const count = i32x4.extract_lane(left, 2)
    if (count < leastRows) continue
    if (rows - count < leastRows) break
    const one = f64x2.mul(f64x2.convert_low_i32x4_s(left), unit)
    const other = f64x2.mul(f64x2.convert_low_i32x4_s(i32x4.sub(whole, left)), unit)
    const gradients = v128.shuffle<f64>(one, other, 0, 2)
    const hessians = v128.shuffle<f64>(one, other, 1, 3)
    const worth = f64x2.div(f64x2.mul(gradients, gradients), f64x2.add(hessians, lambda))
    const gain = f64x2.extract_lane(worth, 0) + f64x2.extract_lane(worth, 1) - parent
    if (gain > most) {
      most = gain
      found = bin
      held = count
    }
  }
  store<f64>(out, most)
  store<i32>(out, found, 8)
  store<i32>(out, held, 12)
  return found >= 0
}

/** Adds a step to the values of the rows named. */
export function addStep(rows: usize, count: i32, values: usize, step: f64): void {
  for (let i = 0; i < count; i++) {
    const at = values + ((<usize>load<i32>(rows + ((<usize>i) << 2))) << 3)
    store<f64>(at, load<f64>(at) + step)
  }
}

/**
 * Puts those of `count` rows that go left first, in their order, and answers how many. `left`: 256 bytes, 1 for the bins that
 * go left. `scratch` holds the others meanwhile. `column`: the bins of one column, one byte a row.
 */
export function partition(column: usize, rows: usize, count: i32, left: usize, scratch: usize): i32 {
  let kept = rows
  let others = scratch
  const end = rows + ((<usize>count) << 2)
  for (let at = rows; at < end; at += 4) {
    const row = load<i32>(at)
    const goes = <usize>load<u8>(left + <usize>load<u8>(column + <usize>row))
    store<i32>(select<usize>(kept, others, <i32>goes), row)
    kept += goes << 2
    others += (1 - goes) << 2
  }
  memory.copy(kept, scratch, others - scratch)
  return <i32>((kept - rows) >> 2)
}
