/** Differences of pairs, their intervals, and means over sets of which some share a source. */
import { mean } from '../attacks/statistics.js'
import { sourceOf } from './sets.js'

/** Student's t, 97.5 %, by degrees of freedom 1 … 30; beyond, the normal's. Table of NIST/SEMATECH e-Handbook, 1.3.6.7.2. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

/** The mean of some differences and its 95 % interval; NaN ends where there is but one. */
export function meanInterval(differences) {
  const n = differences.length
  const centre = mean(differences)
  const variance = differences.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1)
  const half = (T[n - 2] ?? 1.96) * Math.sqrt(variance / n)
  return { mean: centre, low: centre - half, high: centre + half }
}

/** One value a source: the mean over its sets. `entries`: [set, value]. */
export function bySource(entries) {
  const sources = new Map()
  for (const [set, value] of entries) sources.set(sourceOf(set), [...(sources.get(sourceOf(set)) ?? []), value])
  return [...sources.values()].map(mean)
}

export const geometricMean = (values) =>
  values.length === 0 ? Number.NaN : Math.exp(mean(values.map((value) => Math.log(value))))
