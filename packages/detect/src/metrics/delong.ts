import { HeedfulError } from '../contracts/errors.ts'
import { normalCdf, normalQuantile } from '../numerics/normal.ts'
import type { Interval } from './wilson-interval.ts'

/** Two detectors on the same rows: whose ROC-AUC is higher, and whether that may be chance. */
export interface DelongTest {
  readonly first: number
  readonly second: number
  /** first − second. */
  readonly difference: number
  /** Of the difference. */
  readonly standardError: number
  /** Of the difference. */
  readonly interval: Interval
  /** difference / standardError; 0 where both are 0. */
  readonly z: number
  /** How likely so large a difference, in either direction, is between equally good detectors. */
  readonly pValue: number
}

/** The labelled rows of one kind. */
function rowsOf(labels: ArrayLike<number>, wanted: number): Uint32Array {
  return Uint32Array.from(
    Array.from({ length: labels.length }, (_, row) => row).filter((row) => labels[row] === wanted),
  )
}

/** One a value: its place among all, from 1; equal values share the mean of their places. */
function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to + 1) / 2
    from = to
  }
  return ranks
}

/** What each anomaly, and each normal row, says of the AUC: the share of the other kind on the right side of it. */
interface Placements {
  readonly auc: number
  readonly anomalies: Float64Array
  readonly normals: Float64Array
}

function place(scores: ArrayLike<number>, anomalies: Uint32Array, normals: Uint32Array): Placements {
  const [m, n] = [anomalies.length, normals.length]
  const strange = Float64Array.from(anomalies, (row) => scores[row]!)
  const usual = Float64Array.from(normals, (row) => scores[row]!)
  const all = midranks(Float64Array.from([...strange, ...usual]))
  const [own, others] = [midranks(strange), midranks(usual)]
  const ofAnomalies = own.map((rank, i) => (all[i]! - rank) / n)
  const ofNormals = others.map((rank, i) => 1 - (all[m + i]! - rank) / m)
  return { auc: ofAnomalies.reduce((sum, v) => sum + v, 0) / m, anomalies: ofAnomalies, normals: ofNormals }
}

/** Variance of the mean of a − b, whose means differ by `difference`. NaN for a single row. */
function varianceOfMean(a: Float64Array, b: Float64Array, difference: number): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const away = a[i]! - b[i]! - difference
    sum += away * away
  }
  return sum / (a.length - 1) / a.length
}

function check(first: ArrayLike<number>, second: ArrayLike<number>, labels: ArrayLike<number>): void {
  for (const scores of [first, second]) {
    if (scores.length !== labels.length) {
      const got = `${scores.length} scores but ${labels.length} labels`
      throw new HeedfulError('lesson-shape', `${got}; give one label a score, and both detectors the same rows`)
    }
    for (let row = 0; row < scores.length; row++) {
      if (Number.isNaN(labels[row]) || Number.isFinite(scores[row])) continue
      throw new HeedfulError('score-not-finite', `score ${row} is ${scores[row]}; metrics need finite scores`)
    }
  }
}

/**
 * DeLong's test of two detectors on the same rows: whether their ROC-AUCs differ by more than these rows would make two
 * equally good ones differ. DeLong, DeLong and Clarke-Pearson, Biometrics 1988; computed by midranks in O(n log n), Sun and
 * Xu, IEEE Signal Processing Letters 2014. It says nothing of other data sets, nor of what another seed would give.
 *
 * @param first and @param second scores, one a row, higher is stranger. @param labels 1, 0 or NaN (left out).
 * @returns NaN all over unless both kinds occur twice. Errors: `lesson-shape`, `score-not-finite`.
 * @example `delongTest(forestScores, ecodScores, labels).pValue`
 */
export function delongTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
  confidence = 0.95,
): DelongTest {
  check(first, second, labels)
  const [anomalies, normals] = [rowsOf(labels, 1), rowsOf(labels, 0)]
  const a = place(first, anomalies, normals)
  const b = place(second, anomalies, normals)
  const difference = a.auc - b.auc
  const variance =
    varianceOfMean(a.anomalies, b.anomalies, difference) + varianceOfMean(a.normals, b.normals, difference)
  const standardError = Math.sqrt(variance)
  const z = difference === 0 && variance === 0 ? 0 : difference / standardError
  const half = normalQuantile(0.5 + confidence / 2) * standardError
  return {
    ...{ first: a.auc, second: b.auc, difference, standardError, z },
    interval: { low: difference - half, high: difference + half },
    pValue: 2 * normalCdf(-Math.abs(z)),
  }
}
