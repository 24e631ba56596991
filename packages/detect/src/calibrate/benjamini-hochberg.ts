/**
 * Adjusted p-values: the smallest false-discovery rate at which each would be called a discovery. Benjamini and Hochberg,
 * JRSS B 1995; in the step-up form of `scipy.stats.false_discovery_control`. Valid for conformal p-values against one
 * shared reference (Bates et al., Annals of Statistics 2023, section 2).
 *
 * @param pValues in [0, 1]; NaN (nothing concluded) stays NaN and counts for nothing.
 * @returns as many, each at least its p-value and at most 1.
 * @example `benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]`
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length).fill(Number.NaN)
  const order = Uint32Array.from({ length: pValues.length }, (_, i) => i)
    .filter((i) => !Number.isNaN(pValues[i]))
    .sort((a, b) => pValues[a]! - pValues[b]! || a - b)
  let lowest = 1
  for (let rank = order.length; rank >= 1; rank--) {
    lowest = Math.min(lowest, (pValues[order[rank - 1]!]! * order.length) / rank)
    adjusted[order[rank - 1]!] = lowest
  }
  return adjusted
}
