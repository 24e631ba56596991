import { HeedfulError } from '../contracts/errors.ts'

/** Labelled scores from strangest to least strange, equal scores as one step. What every ranking metric is made of. */
export interface Ranking {
  /** Anomalies (label 1) among the labelled rows. */
  readonly positives: number
  /** Normal rows (label 0). */
  readonly negatives: number
  /** The distinct scores, falling: alerting at `thresholds[i]` means score ≥ thresholds[i]. */
  readonly thresholds: Float64Array
  /** Anomalies with a score ≥ thresholds[i]. */
  readonly truePositives: Float64Array
  /** Normal rows with a score ≥ thresholds[i]. */
  readonly falsePositives: Float64Array
}

/**
 * Ranks scores (higher is stranger) by their labels: 1 anomaly, 0 normal, NaN not labelled (left out).
 *
 * Errors: `lesson-shape` (lengths differ), `lesson-value` (another label), `score-not-finite`.
 * @example `rankScores([3, 1, 3], [1, 0, 0]).thresholds // [3, 1]`
 */
export function rankScores(scores: ArrayLike<number>, labels: ArrayLike<number>): Ranking {
  const order = labelledRows(scores, labels).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const thresholds = new Float64Array(order.length)
  const truePositives = new Float64Array(order.length)
  const falsePositives = new Float64Array(order.length)
  let [steps, positives, negatives] = [0, 0, 0]
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!
    if (labels[row] === 1) positives++
    else negatives++
    if (i + 1 < order.length && scores[order[i + 1]!] === scores[row]) continue
    thresholds[steps] = scores[row]!
    truePositives[steps] = positives
    falsePositives[steps] = negatives
    steps++
  }
  return {
    positives,
    negatives,
    thresholds: thresholds.slice(0, steps),
    truePositives: truePositives.slice(0, steps),
    falsePositives: falsePositives.slice(0, steps),
  }
}

/** The rows that have a label, in order, with everything checked. */
function labelledRows(scores: ArrayLike<number>, labels: ArrayLike<number>): Uint32Array {
  if (scores.length !== labels.length) {
    throw new HeedfulError(
      'lesson-shape',
      `${scores.length} scores but ${labels.length} labels; give one label a score`,
    )
  }
  const rows = new Uint32Array(scores.length)
  let count = 0
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!
    if (Number.isNaN(label)) continue
    if (label !== 0 && label !== 1) {
      throw new HeedfulError(
        'lesson-value',
        `label ${row} is ${label}; use 1 (anomaly), 0 (normal) or NaN (not labelled)`,
      )
    }
    if (!Number.isFinite(scores[row])) {
      throw new HeedfulError('score-not-finite', `score ${row} is ${scores[row]}; metrics need finite scores`)
    }
    rows[count++] = row
  }
  return rows.slice(0, count)
}
