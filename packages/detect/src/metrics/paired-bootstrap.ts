import { HeedfulError } from '../contracts/errors.ts'
import type { Random } from '../contracts/random.ts'
import { type BootstrapOptions, bootstrapInterval } from './bootstrap-interval.ts'
import type { Interval } from './wilson-interval.ts'

/** Any measure of scores against labels: `rocAuc`, `averagePrecision` … */
export type Metric = (scores: ArrayLike<number>, labels: ArrayLike<number>) => number

/**
 * How much better the first of two detectors is on the same rows, by any metric, and the percentile interval of that
 * difference: both are measured on the same rows of each resample, so what makes rows hard for both cancels. Efron and
 * Tibshirani, "An Introduction to the Bootstrap", section 13.3.
 *
 * @param first and @param second scores, one a row, higher is stranger. @param labels 1, 0 or NaN (left out).
 * @param random the same stream gives the same interval. Errors: `lesson-shape`, those of the metric.
 * @example `pairedBootstrap(averagePrecision, forestScores, ecodScores, labels, createRandom(7)).interval`
 */
export function pairedBootstrap(
  metric: Metric,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
  random: Random,
  options?: BootstrapOptions,
): { readonly difference: number; readonly interval: Interval } {
  if (first.length !== labels.length || second.length !== labels.length) {
    const got = `${first.length} and ${second.length} scores for ${labels.length} labels`
    throw new HeedfulError('lesson-shape', `${got}; give both detectors the same rows`)
  }
  const drawn = [first, second, labels].map(() => new Float64Array(labels.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const interval = bootstrapInterval(
    labels.length,
    (rows) => {
      for (let i = 0; i < rows.length; i++) {
        drawn[0][i] = first[rows[i]!]!
        drawn[1][i] = second[rows[i]!]!
        drawn[2][i] = labels[rows[i]!]!
      }
      return metric(drawn[0], drawn[2]) - metric(drawn[1], drawn[2])
    },
    random,
    options,
  )
  return { difference: metric(first, labels) - metric(second, labels), interval }
}
