/** The frozen form of a conformal reference: from a score to a p-value. */
import { conformalQuantile, countBelow, countUpTo, sortedCopy } from '../numerics/quantile.ts'
import { type GeneralisedPareto, logParetoTail, paretoQuantile } from './generalised-pareto.ts'
import { fitPeaks } from './peaks.ts'

/** What lies above the tenth highest score: P(score > s) = exp(logShare) · P(excess > s − from). */
export type Tail = GeneralisedPareto & { from: number; logShare: number }

/** Plain data: codec it, send it, open nothing. */
export type Reference = {
  /** Ascending. */
  scores: Float64Array
  /** null where there are too few scores, or nothing in them to extrapolate from. */
  tail: Tail | null
}

/** From this many scores down the counts are too few to be told apart, and the model of the tail answers. */
const FEW = 10

/** Freezes scores (any order, finite; the input stays whole) into a reference. O(n log n).
 * @example `const reference = freezeReference(scores)` */
export function freezeReference(scores: ArrayLike<number>): Reference {
  return freezeSorted(sortedCopy(scores))
}

/** The same of scores that are ascending already; they become the reference's own. */
export function freezeSorted(scores: Float64Array): Reference {
  return { scores, tail: fitTail(scores) }
}

/**
 * (1 + #{reference ≥ score}) / (n + 1): for a score exchangeable with the reference, P(p ≤ level) ≤ level at every level,
 * also with ties. Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", section 2.2; Bates et al.,
 * "Testing for outliers with conformal p-values", Annals of Statistics 2023 (arXiv 2104.08279), section 2.
 *
 * @param sorted ascending. @returns from 1 / (n + 1) to 1. O(log n).
 * @example `conformalPValue(Float64Array.of(1, 2, 2, 3), 2) // 4/5`
 */
export function conformalPValue(sorted: Float64Array, score: number): number {
  return (1 + sorted.length - countBelow(sorted, score)) / (sorted.length + 1)
}

/**
 * −ln p of a score, at least 0: how surprising it is. Conformal down to the tenth highest score of the reference; above
 * that the tail answers (see `isModelled`). It never falls when the score rises.
 * @example `surprise(reference, 3.2) > 4.6 // rarer than one in a hundred`
 */
export function surprise({ scores, tail }: Reference, score: number): number {
  if (tail !== null && score > tail.from) return -tail.logShare - logParetoTail(tail, score - tail.from)
  return 0 - Math.log(conformalPValue(scores, score))
}

/** p of a score, in (0, 1]: exp(−surprise), held above 0 where that underflows.
 * @example `pValue(freezeReference([4, 4, 4]), 4) // 1` */
export function pValue(reference: Reference, score: number): number {
  const { scores, tail } = reference
  if (tail === null || score <= tail.from) return conformalPValue(scores, score)
  return Math.max(Number.MIN_VALUE, Math.exp(-surprise(reference, score)))
}

/** Whether the answer for this score is the modelled tail's, not a count. */
export function isModelled({ tail }: Reference, score: number): boolean {
  return tail !== null && score > tail.from
}

/**
 * The score above which p is at most `level`: the conformal quantile, or where the reference is too small for the level,
 * the tail's. Infinity where neither reaches it.
 * @example `scoreAt(reference, 0.001)`
 */
export function scoreAt({ scores, tail }: Reference, level: number): number {
  if (tail !== null && Math.log(level) < tail.logShare) {
    return tail.from + paretoQuantile(tail, Math.log(level) - tail.logShare)
  }
  return conformalQuantile(scores, level)
}

/**
 * The peaks' distribution, cut at the tenth highest score: what exceeds `from` is generalised Pareto again, with a scale
 * that grows by shape·(from − threshold) (Coles, "An Introduction to Statistical Modeling of Extreme Values", section 4.3). From
 * there on it is never lighter than exponential: a bounded tail would call whatever lies beyond its end impossible, on the
 * word of a few scores.
 *
 * It begins at the p-value of the tenth highest score. Where many share it their mass ends there, so it begins one count
 * above what lies strictly higher.
 */
function fitTail(sorted: Float64Array): Tail | null {
  const peaks = fitPeaks(sorted)
  if (peaks === null) return null
  const n = sorted.length
  const from = Math.max(peaks.threshold, sorted[n - FEW]!)
  const above = n - countUpTo(sorted, from)
  const share = Math.min(n - countBelow(sorted, from) + 1, above + 2) / (n + 1)
  const scale = peaks.scale + peaks.shape * (from - peaks.threshold)
  return { shape: Math.max(0, peaks.shape), scale, from, logShare: Math.log(share) }
}
