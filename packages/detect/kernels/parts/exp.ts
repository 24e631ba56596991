/** exp of doubles, two at a time, the same everywhere (AssemblyScript). Twin: src/numerics/kernels/exp-slow.ts. */

const LOG2E: f64 = Math.LOG2E
const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 0.00000000019082149292705877

/** Added to a double below 2^51 in size it leaves the nearest whole number in the last bits, of two the even one. */
const WHOLE: f64 = 6755399441055744

/** exp of two values within ±700: 2^k times the series of what is left, at most ln 2 / 2; even and odd terms apart. */
export function exp(x: v128): v128 {
  const near = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2E)), f64x2.splat(WHOLE))
  const k = f64x2.sub(near, f64x2.splat(WHOLE))
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)))
  const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(LN2_LOW)))
  const square = f64x2.mul(r, r)
  let odd = f64x2.splat(1.6059043836821613e-10)
  let even = f64x2.splat(2.08767569878681e-9)
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(2.505210838544172e-8))
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(2.755731922398589e-7))
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(2.7557319223985893e-6))
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(2.48015873015873e-5))
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1.984126984126984e-4))
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1.388888888888889e-3))
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(8.333333333333333e-3))
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(4.1666666666666664e-2))
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1.6666666666666666e-1))
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(0.5))
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1))
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1))
  const sum = f64x2.add(even, f64x2.mul(odd, r))
  return f64x2.mul(sum, i64x2.shl(i64x2.add(near, i64x2.splat(1023)), 52))
}
