/** Tails of counts whose rate or share is itself uncertain. */
import { logBeta, logRegularisedBeta } from './beta.ts'
import { logGamma } from './gamma.ts'
import { logSumExp } from './log-sum-exp.ts'

/**
 * ln P(X ≥ count) where X is Poisson with mean rate·exposure and the rate is Gamma(shape, rate): the negative binomial,
 * whose upper tail is I_{t/(r+t)}(count, shape). Johnson, Kemp and Kotz, "Univariate Discrete Distributions", chapter 5;
 * Gelman et al., "Bayesian Data Analysis" (3rd), section 2.6.
 *
 * @param count whole number; below 1 gives 0 (certain). @param shape > 0 @param rate > 0, in units of exposure
 * @param exposure ≥ 0 (hours, attempts …). @returns at most 0.
 * @example `Math.exp(logGammaPoissonTail(5, 2, 10, 1)) // 3.44e-5`
 */
export function logGammaPoissonTail(count: number, shape: number, rate: number, exposure: number): number {
  if (count < 1) return 0
  if (exposure <= 0) return Number.NEGATIVE_INFINITY
  return logRegularisedBeta(count, shape, exposure / (rate + exposure), rate / (rate + exposure))
}

/** ln P(X = count) for X binomial(trials, share) with share Beta(a, b): Johnson, Kemp and Kotz, chapter 6. */
export function logBetaBinomial(count: number, trials: number, a: number, b: number): number {
  if (count < 0 || count > trials) return Number.NEGATIVE_INFINITY
  const ways = logGamma(trials + 1) - logGamma(count + 1) - logGamma(trials - count + 1)
  return ways + logBeta(count + a, trials - count + b) - logBeta(a, b)
}

/**
 * ln P(X ≥ count) for X Beta-binomial(trials, a, b), by summing the shorter side. O(trials).
 * @example `Math.exp(logBetaBinomialTail(12, 200, 5, 496)) // 1.32e-4`
 */
export function logBetaBinomialTail(count: number, trials: number, a: number, b: number): number {
  if (count <= 0) return 0
  if (count > trials) return Number.NEGATIVE_INFINITY
  const mean = (trials * a) / (a + b)
  if (count > mean) return Math.min(0, logSumExp(termsOf(count, trials, trials, a, b)))
  return Math.log1p(-Math.min(1, Math.exp(logSumExp(termsOf(0, count - 1, trials, a, b)))))
}

function termsOf(from: number, to: number, trials: number, a: number, b: number): Float64Array {
  return Float64Array.from({ length: to - from + 1 }, (_, i) => logBetaBinomial(from + i, trials, a, b))
}
