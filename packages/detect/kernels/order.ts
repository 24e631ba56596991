/**
 * Sorting doubles, and counting how many sorted ones are at most a value (AssemblyScript).
 * Twin: src/numerics/kernels/order-slow.ts.
 */

const DIGIT: i32 = 11
const BUCKETS: i32 = 1 << DIGIT
const PASSES: i32 = 6
const SIGN: u64 = 0x8000000000000000

/** Bits whose order as whole numbers is that of the doubles: −0 before 0. */
function toKey(bits: u64): u64 {
  return bits & SIGN ? ~bits : bits | SIGN
}

function fromKey(key: u64): u64 {
  return key & SIGN ? key & ~SIGN : ~key
}

/** Turns doubles into keys, and counts the digits of every pass (`counts`: PASSES × BUCKETS, i32, zero). */
function countDigits(values: usize, count: i32, counts: usize): void {
  for (let i = 0; i < count; i++) {
    const at = values + ((<usize>i) << 3)
    let key = toKey(load<u64>(at))
    store<u64>(at, key)
    for (let pass = 0; pass < PASSES; pass++) {
      const bucket = counts + ((<usize>(pass * BUCKETS + <i32>(key & (BUCKETS - 1)))) << 2)
      store<i32>(bucket, load<i32>(bucket) + 1)
      key >>= DIGIT
    }
  }
}

/** Counts → byte offsets where each bucket begins. False where one bucket holds everything: nothing to move. */
function toOffsets(counts: usize, count: i32): bool {
  let sum = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const at = counts + ((<usize>bucket) << 2)
    const held = load<i32>(at)
    if (held === count) return false
    store<i32>(at, sum << 3)
    sum += held
  }
  return true
}

function movePass(from: usize, to: usize, count: i32, offsets: usize, shift: u64): void {
  for (let i = 0; i < count; i++) {
    const key = load<u64>(from + ((<usize>i) << 3))
    const at = offsets + ((<usize>((key >> shift) & (BUCKETS - 1))) << 2)
    const target = load<i32>(at)
    store<u64>(to + <usize>target, key)
    store<i32>(at, target + 8)
  }
}

/** Sorts `count` doubles (no NaN) at `values`, ascending: radix sort from the lowest digit. `scratch` holds as many. */
export function sort(values: usize, count: i32, scratch: usize, counts: usize): void {
  memory.fill(counts, 0, (PASSES * BUCKETS) << 2)
  countDigits(values, count, counts)
  let from = values
  let to = scratch
  for (let pass = 0; pass < PASSES; pass++) {
    const offsets = counts + ((<usize>(pass * BUCKETS)) << 2)
    if (!toOffsets(offsets, count)) continue
    movePass(from, to, count, offsets, <u64>(pass * DIGIT))
    const kept = from
    from = to
    to = kept
  }
  for (let i: usize = 0; i < (<usize>count) << 3; i += 8) store<u64>(values + i, fromKey(load<u64>(from + i)))
}

function step(base: usize, bytes: usize, value: f64): usize {
  return base + bytes * <usize>(load<f64>(base + bytes - 8) <= value)
}

/** How many of the `size` ascending doubles (at least one) are ≤ each of `count` values: i32 at `out`. Four searches wait for memory together. */
export function countUpTo(sorted: usize, size: i32, values: usize, count: i32, out: usize): void {
  let row = 0
  for (; row + 4 <= count; row += 4) {
    const at = values + ((<usize>row) << 3)
    const v0 = load<f64>(at)
    const v1 = load<f64>(at, 8)
    const v2 = load<f64>(at, 16)
    const v3 = load<f64>(at, 24)
    let b0 = sorted
    let b1 = sorted
    let b2 = sorted
    let b3 = sorted
    for (let left = size; left > 1; ) {
      const half = left >> 1
      const bytes = (<usize>half) << 3
      b0 = step(b0, bytes, v0)
      b1 = step(b1, bytes, v1)
      b2 = step(b2, bytes, v2)
      b3 = step(b3, bytes, v3)
      left -= half
    }
    const to = out + ((<usize>row) << 2)
    store<i32>(to, <i32>((b0 - sorted) >> 3) + i32(load<f64>(b0) <= v0))
    store<i32>(to, <i32>((b1 - sorted) >> 3) + i32(load<f64>(b1) <= v1), 4)
    store<i32>(to, <i32>((b2 - sorted) >> 3) + i32(load<f64>(b2) <= v2), 8)
    store<i32>(to, <i32>((b3 - sorted) >> 3) + i32(load<f64>(b3) <= v3), 12)
  }
  for (; row < count; row++) {
    const value = load<f64>(values + ((<usize>row) << 3))
    let base = sorted
    for (let left = size; left > 1; ) {
      const half = left >> 1
      base = step(base, (<usize>half) << 3, value)
      left -= half
    }
    store<i32>(out + ((<usize>row) << 2), <i32>((base - sorted) >> 3) + i32(load<f64>(base) <= value))
  }
}
