/** The gamma function's logarithm and the regularised incomplete gamma functions, for positive arguments. */

const HALF_LOG_TWO_PI = 0.9189385332046728
/** Stirling's coefficients B(2k) / (2k(2k − 1)): DLMF 5.11.1. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]
const EPSILON = 2.220446049250313e-16
const TINY = 1e-300
/** The series and the fraction need some multiple of √shape terms; this many serve a shape of 10¹⁰. */
const MOST_TERMS = 1_000_000

/**
 * ln Γ(x) for x > 0, to about 15 digits (absolute near 1 and 2, where it is 0). DLMF 5.11.1 for x ≥ 10, carried down by
 * Γ(x) = Γ(x + 1) / x (DLMF 5.5.1).
 * @example `Math.exp(logGamma(5)) // 24`
 */
export function logGamma(x: number): number {
  let shifted = x
  let product = 1
  while (shifted < 10) product *= shifted++
  const inverse = 1 / shifted
  const square = inverse * inverse
  let series = 0
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * square + STIRLING[k]!
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + series * inverse - Math.log(product)
}

/** P(shape, x): the share of a gamma distribution (scale 1) at or below x ≥ 0. In [0, 1]. DLMF 8.2.4.
 * @example `lowerGamma(1, 1) // 1 − 1/e` */
export function lowerGamma(shape: number, x: number): number {
  if (x <= 0) return 0
  return x < shape + 1 ? Math.exp(logSeries(shape, x)) : 1 - Math.exp(logFraction(shape, x))
}

/** Q(shape, x) = 1 − P(shape, x): the share above x ≥ 0, exact also where it is tiny. In [0, 1].
 * @example `upperGamma(degrees / 2, chiSquared / 2) // p-value of a chi-squared test` */
export function upperGamma(shape: number, x: number): number {
  if (x <= 0) return 1
  return x < shape + 1 ? 1 - Math.exp(logSeries(shape, x)) : Math.exp(logFraction(shape, x))
}

/** ln of xˢ e⁻ˣ / Γ(s). */
function logFront(shape: number, x: number): number {
  return shape * Math.log(x) - x - logGamma(shape)
}

/** ln P by its power series, good for x < shape + 1: DLMF 8.11.4, Numerical Recipes section 6.2. */
function logSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let k = 1; k < MOST_TERMS && term > sum * EPSILON * 0.5; k++) {
    term *= x / (shape + k)
    sum += term
  }
  return logFront(shape, x) + Math.log(sum)
}

/** ln Q by its continued fraction (Lentz), good for x > shape + 1: DLMF 8.9.2, Numerical Recipes section 6.2. */
function logFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let k = 1; k < MOST_TERMS; k++) {
    const a = -k * (k - shape)
    b += 2
    d = 1 / awayFromZero(a * d + b)
    c = awayFromZero(b + a / c)
    const step = c * d
    fraction *= step
    if (Math.abs(step - 1) < EPSILON) break
  }
  return logFront(shape, x) + Math.log(fraction)
}

/** Lentz's guard in continued fractions: a denominator is never exactly zero. */
export function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
