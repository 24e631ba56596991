import type { Confusion } from './confusion.ts'
import { rankScores } from './ranking.ts'

/** Harmonic mean of precision and recall, 2TP / (2TP + FP + FN). In [0, 1]; NaN without anomalies and alerts.
 * @example `f1(confusion(scores, labels, 0.5))` */
export function f1({ truePositives, falsePositives, falseNegatives }: Omit<Confusion, 'trueNegatives'>): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives)
}

/**
 * The threshold with the highest F1; of equals the highest one, which alerts least. It was chosen looking at the labels:
 * an upper bound of what a threshold chosen beforehand reaches, never to be reported as what was reached.
 *
 * @returns decide score ≥ threshold. NaN twice without an anomaly. Errors: as `rankScores`.
 * @example `bestF1([0.9, 0.8, 0.1], [1, 0, 0]) // { f1: 1, threshold: 0.9 }`
 */
export function bestF1(scores: ArrayLike<number>, labels: ArrayLike<number>): { f1: number; threshold: number } {
  const ranking = rankScores(scores, labels)
  let best = { f1: Number.NaN, threshold: Number.NaN }
  if (ranking.positives === 0) return best
  for (let i = 0; i < ranking.thresholds.length; i++) {
    const truePositives = ranking.truePositives[i]!
    const falseNegatives = ranking.positives - truePositives
    const value = f1({ truePositives, falsePositives: ranking.falsePositives[i]!, falseNegatives })
    if (!(value <= best.f1)) best = { f1: value, threshold: ranking.thresholds[i]! }
  }
  return best
}
