import { median, medianAbsoluteDeviation, NORMAL_MAD } from '../numerics/median.ts'

/**
 * median + deviations · 1.4826 · MAD of reference scores, for a decision score > threshold. Iglewicz and Hoaglin, "How to
 * Detect and Handle Outliers", 1993, section 3.3 (they propose 3.5). Up to half of the scores may be anomalies; scores
 * that are not roughly symmetric exceed it more often than a normal distribution says.
 *
 * @returns the median itself where more than half of the scores are equal; NaN without scores.
 * @example `madThreshold(referenceScores, 3.5)`
 */
export function madThreshold(scores: ArrayLike<number>, deviations = 3.5): number {
  const centre = median(scores)
  return centre + deviations * NORMAL_MAD * medianAbsoluteDeviation(scores, centre)
}
