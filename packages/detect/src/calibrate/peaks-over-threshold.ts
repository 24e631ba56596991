import { conformalQuantile, sortedCopy } from '../numerics/quantile.ts'
import { paretoQuantile } from './generalised-pareto.ts'
import { fitPeaks } from './peaks.ts'

/**
 * The threshold that a share `level` of scores exceeds, extrapolated from the peaks of reference scores, for a decision
 * score > threshold. Siffer et al., "Anomaly detection in streams with extreme value theory", KDD 2017, equation 1. It
 * reaches levels far below 1 / n, at the price of a model.
 *
 * @param scores reference scores, any order. @param level in (0, 1).
 * @returns the conformal quantile where the level is too common for the peaks, or where there are no peaks to fit.
 * @example `peaksOverThreshold(referenceScores, 1e-5)`
 */
export function peaksOverThreshold(scores: ArrayLike<number>, level: number): number {
  const sorted = sortedCopy(scores)
  const peaks = fitPeaks(sorted)
  if (peaks === null || level * sorted.length >= peaks.count) return conformalQuantile(sorted, level)
  return peaks.threshold + paretoQuantile(peaks, Math.log((level * sorted.length) / peaks.count))
}
