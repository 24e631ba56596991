/**
 * Products of rows with a small matrix, and sums of outer products (AssemblyScript, two doubles at a time).
 * Twin: src/numerics/kernels/matrix-slow.ts.
 *
 * Every sum is taken in one order, over the columns (or the rows) from first to last, wherever a row stands in its block:
 * so a row's products do not depend on the rows beside it, and equal the twin's to the bit.
 */

import { exp } from './parts/exp'

/** Four rows with four outputs. `panel`: the four columns of the matrix, interleaved, 32 bytes an input. */
function fourRows(row: usize, stride: usize, panel: usize, inputs: i32, out: usize, outStride: usize): void {
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  let a0 = f64x2.splat(0)
  let a1 = f64x2.splat(0)
  let b0 = f64x2.splat(0)
  let b1 = f64x2.splat(0)
  let c0 = f64x2.splat(0)
  let c1 = f64x2.splat(0)
  let d0 = f64x2.splat(0)
  let d1 = f64x2.splat(0)
  const end = (<usize>inputs) << 3
  for (let at: usize = 0; at < end; at += 8) {
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
  v128.store(out, a0)
  v128.store(out, a1, 16)
  const out1 = out + outStride
  v128.store(out1, b0)
  v128.store(out1, b1, 16)
  const out2 = out1 + outStride
  v128.store(out2, c0)
  v128.store(out2, c1, 16)
  const out3 = out2 + outStride
  v128.store(out3, d0)
  v128.store(out3, d1, 16)
}

function oneRow(row: usize, panel: usize, inputs: i32, out: usize): void {
  let a0 = f64x2.splat(0)
  let a1 = f64x2.splat(0)
  const end = row + ((<usize>inputs) << 3)
  for (; row < end; row += 8) {
    const a = v128.load64_splat(row)
    a0 = f64x2.add(a0, f64x2.mul(a, v128.load(panel)))
    a1 = f64x2.add(a1, f64x2.mul(a, v128.load(panel, 16)))
    panel += 32
  }
  v128.store(out, a0)
  v128.store(out, a1, 16)
}

/** `count` rows of `inputs` doubles × `panels` panels of four outputs → `count` rows of 4 × panels doubles. */
export function multiply(rows: usize, count: i32, inputs: i32, matrix: usize, panels: i32, out: usize): void {
  const stride = (<usize>inputs) << 3
  const outStride = (<usize>panels) << 5
  const whole = count & ~3
  for (let panel = 0; panel < panels; panel++) {
    const at = matrix + <usize>panel * ((<usize>inputs) << 5)
    const to = out + ((<usize>panel) << 5)
    for (let row = 0; row < whole; row += 4) {
      fourRows(rows + <usize>row * stride, stride, at, inputs, to + <usize>row * outStride, outStride)
    }
    for (let row = whole; row < count; row++) {
      oneRow(rows + <usize>row * stride, at, inputs, to + <usize>row * outStride)
    }
  }
}

/** rows ← (rows − centre) × scale, held within ±`most` so that squares stay numbers. */
export function standardise(rows: usize, count: i32, inputs: i32, centre: usize, scale: usize, most: f64): void {
  const high = f64x2.splat(most)
  const low = f64x2.splat(-most)
  const pairs = (<usize>(inputs >> 1)) << 4
  for (let row = 0; row < count; row++) {
    for (let j: usize = 0; j < pairs; j += 16) {
      const away = f64x2.mul(f64x2.sub(v128.load(rows), v128.load(centre + j)), v128.load(scale + j))
      v128.store(rows, f64x2.pmin(high, f64x2.pmax(low, away)))
      rows += 16
    }
    if (inputs & 1) {
      const value = (load<f64>(rows) - load<f64>(centre + pairs)) * load<f64>(scale + pairs)
      store<f64>(rows, min(most, max(-most, value)))
      rows += 8
    }
  }
}

/**
 * Products of a block → which output is largest once its half is taken off (i32 at `best`), and the two largest differences
 * (two f64 at `near`, the largest first). Of equal ones the first.
 */
export function largestTwo(
  products: usize,
  count: i32,
  stride: usize,
  outputs: i32,
  halves: usize,
  best: usize,
  near: usize,
): void {
  for (let row = 0; row < count; row++) {
    let first = -Infinity
    let second = -Infinity
    let place = 0
    for (let c = 0; c < outputs; c++) {
      const at = (<usize>c) << 3
      const value = load<f64>(products + at) - load<f64>(halves + at)
      const is = value > first
      second = is ? first : value > second ? value : second
      place = is ? c : place
      first = is ? value : first
    }
    store<i32>(best, place)
    store<f64>(near, first)
    store<f64>(near, second, 8)
    best += 4
    near += 16
    products += stride
  }
}

/** others ← rows × weight, one weight (f64) a row; `stride` doubles a row, an even number. */
export function weigh(rows: usize, count: i32, stride: i32, weights: usize, others: usize): void {
  for (let row = 0; row < count; row++) {
    const weight = v128.load64_splat(weights + ((<usize>row) << 3))
    for (let j = 0; j < stride; j += 2) {
      v128.store(others, f64x2.mul(v128.load(rows), weight))
      rows += 16
      others += 16
    }
  }
}

/** What is at most e^-45 counts as nothing: beside the largest of a sum it changes no digit. */
const NEGLIGIBLE: f64 = -45

/** What `similar` makes of the similarities of a row. */
const SUM: i32 = 0
const WRITE: i32 = 1
const NEAR: i32 = 2

/** The largest of product − half. */
function largest(products: usize, stride: usize, halves: usize): f64 {
  let best = f64x2.splat(-Infinity)
  for (let at: usize = 0; at < stride; at += 16) {
    best = f64x2.pmax(best, f64x2.sub(v128.load(products + at), v128.load(halves + at)))
  }
  return max(f64x2.extract_lane(best, 0), f64x2.extract_lane(best, 1))
}

/**
 * exp of factor × (product − half) − own for each row of products and each point. SUM: own is γ × length, factor 2γ; Σ of weight
 * × similarity, even and odd points apart, one f64 a row at `out`. WRITE: the similarities of one row, f32 at `out`. NEAR: own
 * is the largest product − half, which goes to `out` before the sum: two f64 a row. `stride` bytes a row; what fills it up has
 * halves of Infinity and weights of 0. (One function, so that exp stands in its loop.)
 */
export function similar(
  mode: i32,
  products: usize,
  count: i32,
  stride: usize,
  halves: usize,
  weights: usize,
  gamma: f64,
  lengths: usize,
  out: usize,
): void {
  const factor = f64x2.splat(mode === NEAR ? 1 : 2 * gamma)
  for (let row = 0; row < count; row++) {
    const less = mode === NEAR ? largest(products, stride, halves) : gamma * load<f64>(lengths)
    const own = f64x2.splat(less)
    let sum = f64x2.splat(0)
    for (let at: usize = 0; at < stride; at += 16) {
      const away = f64x2.sub(v128.load(products + at), v128.load(halves + at))
      const power = f64x2.pmin(f64x2.splat(0), f64x2.sub(f64x2.mul(factor, away), own))
      const counts = f64x2.gt(power, f64x2.splat(NEGLIGIBLE))
      let value = f64x2.splat(0)
      if (v128.any_true(counts)) value = v128.and(exp(f64x2.pmax(f64x2.splat(NEGLIGIBLE), power)), counts)
      if (mode === WRITE) v128.store64_lane(out + (at >> 1), f32x4.demote_f64x2_zero(value), 0)
      else if (mode === SUM) sum = f64x2.add(sum, f64x2.mul(v128.load(weights + at), value))
      else sum = f64x2.add(sum, value)
    }
    const whole = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
    if (mode === NEAR) {
      store<f64>(out, less)
      store<f64>(out, whole, 8)
      out += 16
    } else if (mode === SUM) {
      store<f64>(out, whole)
      out += 8
    }
    products += stride
    lengths += 8
  }
}

/** sums (4 × 4 outputs of columns `left` … and `right` …) += Σ over the rows of left[i] × right[j]. */
function fourByFour(left: usize, right: usize, stride: usize, count: i32, sums: usize, sumStride: usize): void {
  let a0 = f64x2.splat(0)
  let a1 = f64x2.splat(0)
  let b0 = f64x2.splat(0)
  let b1 = f64x2.splat(0)
  let c0 = f64x2.splat(0)
  let c1 = f64x2.splat(0)
  let d0 = f64x2.splat(0)
  let d1 = f64x2.splat(0)
  for (let row = 0; row < count; row++) {
    const first = v128.load(right)
    const second = v128.load(right, 16)
    const a = v128.load64_splat(left)
    a0 = f64x2.add(a0, f64x2.mul(a, first))
    a1 = f64x2.add(a1, f64x2.mul(a, second))
    const b = v128.load64_splat(left, 8)
    b0 = f64x2.add(b0, f64x2.mul(b, first))
    b1 = f64x2.add(b1, f64x2.mul(b, second))
    const c = v128.load64_splat(left, 16)
    c0 = f64x2.add(c0, f64x2.mul(c, first))
    c1 = f64x2.add(c1, f64x2.mul(c, second))
    const d = v128.load64_splat(left, 24)
    d0 = f64x2.add(d0, f64x2.mul(d, first))
    d1 = f64x2.add(d1, f64x2.mul(d, second))
    left += stride
    right += stride
  }
  addTo(sums, a0, a1)
  addTo(sums + sumStride, b0, b1)
  addTo(sums + 2 * sumStride, c0, c1)
  addTo(sums + 3 * sumStride, d0, d1)
}

function addTo(at: usize, first: v128, second: v128): void {
  v128.store(at, f64x2.add(v128.load(at), first))
  v128.store(at, f64x2.add(v128.load(at, 16), second), 16)
}

/**
 * sums (width × width, width = 4 × panels) += rowsᵀ × others, for `count` rows of `width` doubles. Blocks below the
 * diagonal are left out: `others` are the same rows, each scaled by its weight, so the sums are symmetric.
 */
export function addOuter(rows: usize, others: usize, count: i32, panels: i32, sums: usize): void {
  const stride = (<usize>panels) << 5
  for (let i = 0; i < panels; i++) {
    for (let j = i; j < panels; j++) {
      const left = rows + ((<usize>i) << 5)
      const right = others + ((<usize>j) << 5)
      fourByFour(left, right, stride, count, sums + ((<usize>i) << 2) * stride + ((<usize>j) << 5), stride)
    }
  }
}
