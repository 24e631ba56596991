import { awayFromZero, logGamma } from './gamma.ts'
import { logOneMinusExp } from './log-sum-exp.ts'

const EPSILON = 2.220446049250313e-16
const MOST_TERMS = 1_000_000

/** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), for a, b > 0. DLMF 5.12.1. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/**
 * The regularised incomplete beta function Iₓ(a, b): the share of a Beta(a, b) distribution at or below x. In [0, 1].
 * Numerical Recipes section 6.4 (Lentz on DLMF 8.17.22).
 *
 * @param a > 0 @param b > 0 @param x in [0, 1]
 * @param rest 1 − x, where the caller knows it more exactly than the subtraction would give.
 * @example `regularisedBeta(2, 5, 0.1) // 0.114265`
 */
export function regularisedBeta(a: number, b: number, x: number, rest = 1 - x): number {
  return Math.exp(logRegularisedBeta(a, b, x, rest))
}

/** ln Iₓ(a, b), exact also where Iₓ underflows: the logarithm of a tail probability. At most 0; −Infinity at x = 0.
 * @example `logRegularisedBeta(1000, 1.5, 0.024) // about −3,700` */
export function logRegularisedBeta(a: number, b: number, x: number, rest = 1 - x): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY
  if (rest <= 0) return 0
  const front = a * Math.log(x) + b * Math.log(rest) - logBeta(a, b)
  if (x < (a + 1) / (a + b + 2)) return Math.min(0, front + Math.log(fraction(a, b, x) / a))
  return logOneMinusExp(Math.min(0, front + Math.log(fraction(b, a, rest) / b)))
}

/** The continued fraction of DLMF 8.17.22; it needs O(√max(a, b)) terms for x < (a + 1) / (a + b + 2). */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return result
}
