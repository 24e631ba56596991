import { countBelow } from '../numerics/quantile.ts'
import { fitGeneralisedPareto, type GeneralisedPareto } from './generalised-pareto.ts'

/** The high end of a sample, as a distribution of what exceeds a threshold. */
export type Peaks = GeneralisedPareto & {
  threshold: number
  /** How many values of the sample exceed the threshold. */
  count: number
}

/** Below this many values a tail is not modelled. */
export const LEAST_VALUES = 50

/**
 * Fits the excesses of the highest min(n / 5, 3√n) values (Vehtari et al., JMLR 2024, appendix H). Where they are all
 * equal the threshold steps down to the next value.
 *
 * @param sorted ascending, finite.
 * @returns null where there is nothing to fit: fewer than 50 values, or more than half of them share the highest.
 */
export function fitPeaks(sorted: Float64Array): Peaks | null {
  const n = sorted.length
  if (n < LEAST_VALUES) return null
  const first = firstPeak(sorted, Math.min(Math.floor(n / 5), Math.ceil(3 * Math.sqrt(n))))
  if (first === 0 || n - first > n / 2) return null
  const threshold = sorted[first - 1]!
  const excesses = sorted.slice(first).map((value) => value - threshold)
  return { ...fitGeneralisedPareto(excesses), threshold, count: excesses.length }
}

/** Where the values begin that exceed a threshold which at most `most` values exceed, and at least one. */
function firstPeak(sorted: Float64Array, most: number): number {
  const n = sorted.length
  let first = n - most
  while (first < n && sorted[first] === sorted[n - most - 1]) first++
  return first < n ? first : countBelow(sorted, sorted[n - 1]!)
}
