/** Mean and spread of something that is normal in its logarithm, fading by the event, with what others do for a start. */
export interface Moments {
  weight: number
  mean: number
  /** Weighted sum of squared deviations. */
  spread: number
}

export interface SharedMoments {
  /** Events that the shared habit weighs. */
  lent: number
  /** Absent: the own mean. */
  mean: number | undefined
  variance: number
}

const FADE = 0.985
/** A habit is never narrower than this: a factor of 1.8. */
const LEAST_SPREAD = 0.6

export const startMoments = (): Moments => ({ weight: 0, mean: 0, spread: 0 })

/** West 1979, "Updating mean and variance estimates", with fading weights. */
export function learnMoments(moments: Moments, x: number): void {
  moments.weight = Math.fround(moments.weight * FADE + 1)
  const before = x - moments.mean
  moments.mean = Math.fround(moments.mean + before / moments.weight)
  moments.spread = Math.fround(moments.spread * FADE + before * (x - moments.mean))
}

/** The posterior mean. */
export const centreOf = (own: Moments, { lent, mean = own.mean }: SharedMoments): number =>
  (lent * mean + own.weight * own.mean) / (lent + own.weight)

/** How many deviations x lies above the posterior mean; 0 where nobody knows one (Gelman et al., Bayesian Data Analysis, section 3.3). */
export function standardised(own: Moments, x: number, shared: SharedMoments): number {
  if (own.weight === 0 && shared.mean === undefined) return 0
  const mean = shared.mean ?? own.mean
  const { lent, variance } = shared
  const centre = centreOf(own, shared)
  const between = (lent * own.weight * (own.mean - mean) * (own.mean - mean)) / (lent + own.weight)
  const spread = Math.sqrt((lent * variance + own.spread + between) / (lent + own.weight))
  return (x - centre) / Math.max(LEAST_SPREAD, spread)
}
