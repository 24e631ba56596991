import { rankScores } from './ranking.ts'

/**
 * Area under the ROC curve: the probability that an anomaly scores higher than a normal row, ties counting one half, as
 * in scikit-learn's `roc_auc_score`. Hanley and McNeil, Radiology 1982. 0.5 is chance, 1 is perfect.
 *
 * @param scores one a row, higher is stranger. @param labels 1, 0 or NaN (left out).
 * @returns in [0, 1]; NaN unless both kinds occur. Errors: as `rankScores`.
 * @example `rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) // 0.75`
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { positives, negatives, truePositives, falsePositives } = rankScores(scores, labels)
  let [area, above, passed] = [0, 0, 0]
  for (let i = 0; i < truePositives.length; i++) {
    area += (falsePositives[i]! - passed) * (above + truePositives[i]!)
    above = truePositives[i]!
    passed = falsePositives[i]!
  }
  return area / (2 * positives * negatives)
}
