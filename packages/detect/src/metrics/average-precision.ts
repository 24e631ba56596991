import { rankScores } from './ranking.ts'

/**
 * Average precision Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct thresholds: the step form of scikit-learn's
 * `average_precision_score`, without the optimism of interpolating the curve (Davis and Goadrich, ICML 2006).
 * Chance is the share of anomalies; 1 is perfect.
 *
 * @param scores one a row, higher is stranger. @param labels 1, 0 or NaN (left out).
 * @returns in [0, 1]; NaN without an anomaly. Errors: as `rankScores`.
 * @example `averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) // 0.8333`
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { positives, truePositives, falsePositives } = rankScores(scores, labels)
  let [sum, found] = [0, 0]
  for (let i = 0; i < truePositives.length; i++) {
    const now = truePositives[i]!
    sum += (now - found) * (now / (now + falsePositives[i]!))
    found = now
  }
  return sum / positives
}
