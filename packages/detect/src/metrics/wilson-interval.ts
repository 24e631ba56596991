import { normalQuantile } from '../numerics/normal.ts'

/** From where to where a value lies with the stated confidence. */
export interface Interval {
  low: number
  high: number
}

/**
 * Wilson's score interval of a share: sensible also for few trials and for 0 or all successes. Wilson, JASA 1927; Brown,
 * Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 2001.
 *
 * @param successes from 0 to `trials`. @param confidence in (0, 1). @returns within [0, 1]; all of it without a trial.
 * @example `wilsonInterval(9, 10) // { low: 0.596, high: 0.982 }`
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  const z = normalQuantile(0.5 + confidence / 2)
  const share = successes / trials
  const centre = share + (z * z) / (2 * trials)
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  const scale = 1 + (z * z) / trials
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === trials ? 1 : (centre + half) / scale,
  }
}
