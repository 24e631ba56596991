import { rankScores } from './ranking.ts'

/** The four counts of decisions against labels. */
export interface Confusion {
  truePositives: number
  falsePositives: number
  falseNegatives: number
  trueNegatives: number
}

/**
 * Decides "anomaly" where score ≥ threshold and counts against the labels (1, 0; NaN is left out).
 * Errors: as `rankScores`.
 * @example `confusion([3, 1, 2], [1, 0, 0], 2) // { truePositives: 1, falsePositives: 1, falseNegatives: 0, trueNegatives: 1 }`
 */
export function confusion(scores: ArrayLike<number>, labels: ArrayLike<number>, threshold: number): Confusion {
  const ranking = rankScores(scores, labels)
  let step = -1
  while (step + 1 < ranking.thresholds.length && ranking.thresholds[step + 1]! >= threshold) step++
  const truePositives = step < 0 ? 0 : ranking.truePositives[step]!
  const falsePositives = step < 0 ? 0 : ranking.falsePositives[step]!
  return {
    truePositives,
    falsePositives,
    falseNegatives: ranking.positives - truePositives,
    trueNegatives: ranking.negatives - falsePositives,
  }
}

/** Of what was called an anomaly, the share that is one. NaN where nothing was. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives)
}

/** Of the anomalies, the share that was called one. NaN where there is none. */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives)
}
