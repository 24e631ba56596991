/** Where a line of numbers falls into two groups. */

export type Cut = {
  /** Numbers below go left, the others right; both sides have some. */
  readonly offset: number
  /** Share of the deviation that is gone when each side is taken by itself: from 0 to 1. */
  readonly gain: number
}

/** Standard deviation of `count` numbers of these sums. */
function deviation(sum: number, squares: number, count: number): number {
  const mean = sum / count
  return Math.sqrt(Math.max(0, squares / count - mean * mean))
}

/**
 * The cut of the largest Sd gain, (σ − (σ left + σ right) / 2) / σ: Liu, Ting and Zhou, "On Detecting Clustered Anomalies Using
 * SCiForest", ECML PKDD 2010. Halfway between two neighbours. O(n log n); the input stays whole.
 *
 * @param values finite. @returns undefined where all are equal.
 * @example `deviationGain(Float64Array.of(0, 1, 9, 10)) // offset 5`
 */
export function deviationGain(values: Float64Array): Cut | undefined {
  const count = values.length
  const sorted = values.slice().sort()
  const centre = sorted[count >> 1] as number
  let [sum, squares] = [0, 0]
  for (let i = 0; i < count; i++) {
    const away = (sorted[i] as number) - centre
    sum += away
    squares += away * away
  }
  const whole = deviation(sum, squares, count)
  if (!(whole > 0)) return undefined
  let [below, belowSquares, gain, at] = [0, 0, Number.NEGATIVE_INFINITY, 0]
  for (let i = 1; i < count; i++) {
    const away = (sorted[i - 1] as number) - centre
    below += away
    belowSquares += away * away
    if (sorted[i] === sorted[i - 1]) continue
    const sides = deviation(below, belowSquares, i) + deviation(sum - below, squares - belowSquares, count - i)
    const found = (whole - sides / 2) / whole
    if (found > gain) {
      gain = found
      at = i
    }
  }
  if (at === 0) return undefined
  const [low, high] = [sorted[at - 1] as number, sorted[at] as number]
  const middle = low + (high - low) / 2
  return { offset: middle > low ? middle : high, gain }
}
