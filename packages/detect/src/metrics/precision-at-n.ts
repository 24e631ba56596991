import { spendBudget } from './budget.ts'
import { rankScores } from './ranking.ts'

/**
 * Precision among the n strangest rows where n is the number of anomalies, so precision and recall are equal there
 * (R-precision; Campos et al., "On the evaluation of unsupervised outlier detection", DMKD 2016, section 3). Ties in
 * expectation. Chance is the share of anomalies.
 *
 * @returns in [0, 1]; NaN without an anomaly. Errors: as `rankScores`.
 * @example `precisionAtN([9, 8, 1, 7], [1, 0, 0, 1]) // 0.5`
 */
export function precisionAtN(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { positives } = rankScores(scores, labels)
  return spendBudget(scores, labels, positives).hits / positives
}
