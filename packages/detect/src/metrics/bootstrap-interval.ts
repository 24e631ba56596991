import type { Random } from '../contracts/random.ts'
import { quantile, sortedCopy } from '../numerics/quantile.ts'
import type { Interval } from './wilson-interval.ts'

/** How a bootstrap is drawn. */
export interface BootstrapOptions {
  /** Resamples, at least 1; 1,000 give the ends of a 95 % interval to about a tenth of its width. */
  resamples?: number
  /** In (0, 1). */
  confidence?: number
}

/**
 * Percentile bootstrap of any statistic of `count` rows: rows are drawn with replacement, as many as there are, and the
 * statistic's quantiles are the interval. Efron and Tibshirani, "An Introduction to the Bootstrap", section 13.3.
 * Resamples without an answer (NaN, such as one that drew no anomaly) are left out.
 *
 * @param statistic gets row numbers, in a buffer that is reused: read it, do not keep it.
 * @param random the same stream gives the same interval.
 * @returns NaN ends where no resample had an answer.
 * @example
 * ```ts
 * const pick = (values: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row]!)
 * const auc = (rows: Uint32Array) => rocAuc(pick(scores, rows), pick(labels, rows))
 * bootstrapInterval(scores.length, auc, createRandom(7))
 * ```
 */
export function bootstrapInterval(
  count: number,
  statistic: (rows: Uint32Array) => number,
  random: Random,
  { resamples = 1000, confidence = 0.95 }: BootstrapOptions = {},
): Interval {
  const rows = new Uint32Array(count)
  const values = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < count; i++) rows[i] = random.integer(count)
    return statistic(rows)
  })
  const sorted = sortedCopy(values)
  return { low: quantile(sorted, (1 - confidence) / 2), high: quantile(sorted, (1 + confidence) / 2) }
}
