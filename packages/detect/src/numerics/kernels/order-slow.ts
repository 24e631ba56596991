/** Slow twin: the values ascending, −0 before 0. None is NaN. */
export function sortSlow(values: Float64Array): Float64Array {
  return values.slice().sort()
}

/** Slow twin, and the way for few values: how many of the ascending `sorted` (at least one) are ≤ `value`. */
export function countUpToSlow(sorted: Float64Array, value: number): number {
  let from = 0
  for (let left = sorted.length; left > 1; ) {
    const half = left >>> 1
    if ((sorted[from + half - 1] as number) <= value) from += half
    left -= half
  }
  return from + ((sorted[from] as number) <= value ? 1 : 0)
}
