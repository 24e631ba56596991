/** The value that would stand at place `k` (from 0) if the values were sorted. Reorders `values`. Hoare 1961, "Algorithm 65: Find". */
export function kthSmallest(values: Float64Array, k: number): number {
  let from = 0
  let to = values.length - 1
  while (from < to) {
    const pivot = values[(from + to) >> 1] as number
    let i = from
    let j = to
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const kept = values[i] as number
      values[i++] = values[j] as number
      values[j--] = kept
    }
    if (k <= j) to = j
    else if (k >= i) from = i
    else return values[k] as number
  }
  return values[k] as number
}

/** The rows of the `size` smallest values, in their order; among equal values the first rows. */
export function rowsOfSmallest(values: Float64Array, size: number): Int32Array {
  const rows = new Int32Array(size)
  if (size === 0) return rows
  const limit = kthSmallest(values.slice(), size - 1)
  let below = 0
  for (let row = 0; row < values.length; row++) if ((values[row] as number) < limit) below++
  let equal = size - below
  for (let row = 0, taken = 0; taken < size; row++) {
    const value = values[row] as number
    if (value < limit || (value === limit && equal-- > 0)) rows[taken++] = row
  }
  return rows
}
