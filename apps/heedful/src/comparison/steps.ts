/** What a page draws of scores and labels: decisions at some thresholds, and the distribution of both kinds. */
import { rankScores } from '@heedful/detect/metrics/ranking'

/** Decisions at one threshold: what scores at least so much is called an anomaly. */
export interface Step {
  /** Infinity where nothing is called one. */
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
}

export interface Steps {
  readonly positives: number
  readonly negatives: number
  /** From the strictest threshold to the widest. */
  readonly steps: readonly Step[]
  /** The place of the step with the highest F1; of equals the strictest. */
  readonly best: number
}

/** Steps drawn of one detector on one file: a curve some hundred pixels wide. */
const MOST_STEPS = 300
const BINS = 48

const f1 = (hits: number, alarms: number, positives: number) => (2 * hits) / (hits + alarms + positives)

/**
 * The steps of a ranking, thinned where there are many: evenly over both axes of both curves, so that the few first alerts
 * and the last anomalies stay. The best step is always among them.
 */
export function stepsOf(scores: Float64Array, labels: Float64Array, most = MOST_STEPS): Steps {
  const { positives, negatives, thresholds, truePositives, falsePositives } = rankScores(scores, labels)
  let best = 0
  for (let i = 1; i < thresholds.length; i++) {
    const better =
      f1(truePositives[i]!, falsePositives[i]!, positives) > f1(truePositives[best]!, falsePositives[best]!, positives)
    if (better) best = i
  }
  const kept: Step[] = [{ threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 }]
  let bestPlace = 0
  let passed = ''
  for (let i = 0; i < thresholds.length; i++) {
    const [hits, alarms] = [truePositives[i]!, falsePositives[i]!]
    const cell = cellOf(
      [hits / positives, alarms / negatives, Math.log1p(hits + alarms) / Math.log1p(positives + negatives)],
      most,
    )
    const last = i === thresholds.length - 1
    if (cell === passed && i !== best && !last && thresholds.length > most) continue
    passed = cell
    if (i === best) bestPlace = kept.length
    kept.push({ threshold: thresholds[i]!, truePositives: hits, falsePositives: alarms })
  }
  return { positives, negatives, steps: kept, best: bestPlace }
}

/** Steps of one cell look alike in every drawing. */
const cellOf = (places: readonly number[], most: number) =>
  places.map((place) => Math.floor((place * most) / 3)).join(' ')

export interface Histogram {
  readonly from: number
  readonly to: number
  readonly normal: number[]
  readonly anomalous: number[]
}

/** Between the quantiles .005 and .995 of all scores; what lies beyond is counted in the first and last bin. */
export function histogramOf(scores: Float64Array, labels: Float64Array): Histogram {
  const sorted = scores.slice().sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  const [from, to] = [at(0.005), Math.max(at(0.995), at(0.005))]
  const [normal, anomalous] = [new Array<number>(BINS).fill(0), new Array<number>(BINS).fill(0)]
  for (let row = 0; row < scores.length; row++) {
    if (Number.isNaN(labels[row])) continue
    const share = to > from ? (scores[row]! - from) / (to - from) : 0
    const bin = Math.max(0, Math.min(BINS - 1, Math.floor(share * BINS)))
    const counts = labels[row] === 1 ? anomalous : normal
    counts[bin] = counts[bin]! + 1
  }
  return { from, to, normal, anomalous }
}
