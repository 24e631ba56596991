/** Quantiles of sorted numbers: the interpolated one, and the ranks that conformal prediction needs. */

/** A sorted copy, ascending, without NaN. The input stays whole.
 * @example `sortedCopy(Float64Array.of(3, NaN, 1)) // [1, 3]` */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort()
  let end = sorted.length
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--
  return end === sorted.length ? sorted : sorted.slice(0, end)
}

/**
 * The quantile of type 7 (the default of R and NumPy): linear between the order statistics (n − 1)·share and the next.
 * Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 1996.
 *
 * @param sorted ascending, finite. @param share in [0, 1].
 * @returns NaN where `sorted` is empty.
 * @example `quantile(Float64Array.of(1, 2, 3, 4), 0.5) // 2.5`
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  return valueAt(sorted, Math.min(Math.max(share, 0), 1) * (sorted.length - 1))
}

/** The value at a place of ascending values, 0 … n − 1; between two places linear.
 * Also where their difference is no number any more.
 * @example `valueAt(Float64Array.of(1, 2, 4), 1.5) // 3` */
export function valueAt(sorted: ArrayLike<number>, place: number): number {
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  if (low === high) return low
  const [share, between] = [place - below, high - low]
  return Number.isFinite(between) ? low + share * between : low * (1 - share) + high * share
}

/**
 * The conformal threshold: the ⌈(1 − level)·(n + 1)⌉-th smallest value. A new exchangeable score exceeds it with
 * probability at most `level`. Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", section 2.2;
 * Angelopoulos and Bates, arXiv 2107.07511, section 1.
 *
 * @param sorted ascending reference scores. @param level in (0, 1): false alarms accepted.
 * @returns Infinity where the reference is too small for the level (n + 1 < 1 / level).
 * @example `conformalQuantile(sortedCopy(scores), 0.01)`
 */
export function conformalQuantile(sorted: ArrayLike<number>, level: number): number {
  const rank = conformalRank(sorted.length, level)
  return rank > sorted.length ? Number.POSITIVE_INFINITY : sorted[rank - 1]!
}

/** ⌈(1 − level)·(n + 1)⌉ = n + 1 − ⌊level·(n + 1)⌋, from 1 to n + 1; the second form does not suffer from 1 − level. */
export function conformalRank(count: number, level: number): number {
  return Math.max(1, count + 1 - conformalBudget(count, level))
}

/** k = ⌊level·(n + 1)⌋: a conformal p-value is at most `level` exactly where at most k − 1 reference scores are as high. */
export function conformalBudget(count: number, level: number): number {
  const exact = level * (count + 1)
  const nearest = Math.round(exact)
  return Math.abs(exact - nearest) < 1e-9 * Math.max(1, nearest) ? nearest : Math.floor(exact)
}

/** How many of the ascending values are < `value`. O(log n).
 * @example `countBelow(Float64Array.of(1, 2, 2, 5), 2) // 1` */
export function countBelow(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of the ascending values are ≤ `value`. O(log n).
 * @example `countUpTo(Float64Array.of(1, 2, 2, 5), 2) // 3` */
export function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
