/**
 * Mean and variance of a stream, in one pass and mergeable: the update of Welford 1962 with weights (West 1979) and the
 * merge of Chan, Golub and LeVeque 1983, equation 2.1. Stable where the sum of squares minus the square of the sum is not.
 */
export type Moments = {
  /** Sum of weights; the number of values when each weighs 1. */
  count: number
  /** Mean of the values; 0 while empty. */
  mean: number
  /** Sum of weighted squared deviations from the mean. */
  squares: number
}

/** Empty moments.
 * @example `const moments = startMoments(); learnMoments(moments, 3)` */
export function startMoments(): Moments {
  return { count: 0, mean: 0, squares: 0 }
}

/** Adds one finite value with a weight ≥ 0 (weight 0 changes nothing). Changes `moments` in place.
 * @example `for (const x of [1, 2, 3]) learnMoments(moments, x)` */
export function learnMoments(moments: Moments, value: number, weight = 1): void {
  if (weight <= 0) return
  moments.count += weight
  const away = value - moments.mean
  moments.mean += (away * weight) / moments.count
  moments.squares += weight * away * (value - moments.mean)
}

/** The moments of both streams together, as if every value had been given to one. Neither input changes.
 * @example `const all = mergeMoments(monday, tuesday)` */
export function mergeMoments(left: Moments, right: Moments): Moments {
  const count = left.count + right.count
  if (count === 0) return startMoments()
  const away = right.mean - left.mean
  return {
    count,
    mean: left.mean + (away * right.count) / count,
    squares: left.squares + right.squares + (away * away * left.count * right.count) / count,
  }
}

/** Forgets: every weight is multiplied by `keep` in [0, 1]. Mean and variance stay, confidence in them falls. */
export function forgetMoments(moments: Moments, keep: number): void {
  moments.count *= keep
  moments.squares *= keep
}

/** Unbiased variance (divisor count − 1), ≥ 0; NaN below two values.
 * @example `Math.sqrt(sampleVariance(moments)) // standard deviation` */
export function sampleVariance(moments: Moments): number {
  return moments.count > 1 ? Math.max(0, moments.squares / (moments.count - 1)) : Number.NaN
}

/** Variance of the values as a whole population (divisor count), ≥ 0; NaN while empty. */
export function populationVariance(moments: Moments): number {
  return moments.count > 0 ? Math.max(0, moments.squares / moments.count) : Number.NaN
}
