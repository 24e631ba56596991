import { conformalQuantile, sortedCopy } from '../numerics/quantile.ts'

/**
 * The threshold that at most a share `level` of exchangeable scores exceeds, for a decision score > threshold: the
 * conformal quantile of reference scores (never of the batch that is being decided on).
 *
 * @param scores reference scores, any order. @param level in (0, 1).
 * @returns Infinity where there are fewer than 1 / level − 1 scores.
 * @example `quantileThreshold(referenceScores, 0.01)`
 */
export function quantileThreshold(scores: ArrayLike<number>, level: number): number {
  return conformalQuantile(sortedCopy(scores), level)
}
