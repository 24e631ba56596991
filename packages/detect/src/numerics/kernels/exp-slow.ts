/** To the nearest whole number, of two the even one; exact below 2^51. */
export const nearest = (value: number): number => value + 6755399441055744 - 6755399441055744

const [LN2_HIGH, LN2_LOW] = [0.6931471803691238, 0.00000000019082149292705877]
/** 1 / n!, of odd n from 13 down, and of even n from 12 down. */
const ODD = [
  1.6059043836821613e-10, 2.505210838544172e-8, 2.7557319223985893e-6, 1.984126984126984e-4, 8.333333333333333e-3,
  1.6666666666666666e-1, 1,
]
const EVEN = [
  2.08767569878681e-9, 2.755731922398589e-7, 2.48015873015873e-5, 1.388888888888889e-3, 4.1666666666666664e-2, 0.5, 1,
]
const POWER = new Float64Array(1)
const BITS = new Int32Array(POWER.buffer)

/** exp of a value within ±700, the same everywhere. */
export function exp(x: number): number {
  const k = nearest(x * Math.LOG2E)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  const series = (terms: readonly number[]) => terms.reduce((sum, term) => sum * (r * r) + term)
  BITS[0] = 0
  BITS[1] = (k + 1023) << 20
  return (series(EVEN) + series(ODD) * r) * (POWER[0] as number)
}
