import { rankScores } from './ranking.ts'

/** A point a threshold, from the strictest one (nothing is an anomaly) to the widest one (everything is). */
export interface RocCurve {
  /** Of the normal rows, the share at or above the threshold: rises from 0 to 1. */
  readonly falsePositiveRate: Float64Array
  /** Of the anomalies, the share at or above the threshold: rises from 0 to 1. */
  readonly truePositiveRate: Float64Array
  /** Falling; the first one is Infinity. */
  readonly thresholds: Float64Array
}

/** A point a threshold, from the strictest one to the widest one. */
export interface PrecisionRecallCurve {
  /** Of what is at or above the threshold, the share that is an anomaly; 1 where nothing is. */
  readonly precision: Float64Array
  /** Rises from 0 to 1. */
  readonly recall: Float64Array
  /** Falling; the first one is Infinity. */
  readonly thresholds: Float64Array
}

/** `first`, then a value a threshold. */
const after = (first: number, values: Float64Array): Float64Array => {
  const all = new Float64Array(values.length + 1)
  all[0] = first
  all.set(values, 1)
  return all
}

/** Whether the middle one of three points lies on the line between the others. */
function isBetween(x: Float64Array, y: Float64Array, i: number): boolean {
  return (x[i]! - x[i - 1]!) * (y[i + 1]! - y[i]!) === (y[i]! - y[i - 1]!) * (x[i + 1]! - x[i]!)
}

/**
 * The receiver operating characteristic, a point a distinct score, equal scores as one step, as scikit-learn's `roc_curve`
 * with `drop_intermediate=False`. Points on a straight line between their neighbours can be left out: the curve, and the area
 * below it, are the same.
 *
 * @param scores one a row, higher is stranger. @param labels 1, 0 or NaN (left out).
 * @returns NaN rates where one kind does not occur. Errors: as `rankScores`.
 * @example `rocCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).truePositiveRate // [0, 0.5, 0.5, 1, 1]`
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>, { thin = false } = {}): RocCurve {
  const { positives, negatives, ...ranking } = rankScores(scores, labels)
  const hits = after(0, ranking.truePositives)
  const alarms = after(0, ranking.falsePositives)
  const thresholds = after(Number.POSITIVE_INFINITY, ranking.thresholds)
  const last = hits.length - 1
  const kept = [...hits.keys()].filter((i) => !thin || i === 0 || i === last || !isBetween(alarms, hits, i))
  return {
    falsePositiveRate: Float64Array.from(kept, (i) => alarms[i]! / negatives),
    truePositiveRate: Float64Array.from(kept, (i) => hits[i]! / positives),
    thresholds: Float64Array.from(kept, (i) => thresholds[i]!),
  }
}

/**
 * Precision and recall, a point a distinct score, as scikit-learn's `precision_recall_curve` read from its end. The step
 * form below it is `averagePrecision`; drawing straight lines between the points is too good (Davis and Goadrich, ICML 2006).
 *
 * @param scores one a row, higher is stranger. @param labels 1, 0 or NaN (left out).
 * @returns NaN recall without an anomaly. Errors: as `rankScores`.
 * @example `precisionRecallCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).precision // [1, 1, 0.5, 0.667, 0.5]`
 */
export function precisionRecallCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): PrecisionRecallCurve {
  const { positives, truePositives, falsePositives, thresholds } = rankScores(scores, labels)
  return {
    precision: after(
      1,
      truePositives.map((hits, i) => hits / (hits + falsePositives[i]!)),
    ),
    recall: after(
      0,
      truePositives.map((hits) => hits / positives),
    ),
    thresholds: after(Number.POSITIVE_INFINITY, thresholds),
  }
}
