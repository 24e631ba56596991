/** Bins a column. */
export const BINS = 256

/** Of all columns: gradient and hessian of every bin beside each other, and the rows of every bin. */
export interface Histogram {
  /** columns × 256 × 2. */
  readonly sums: Float64Array
  /** columns × 256. */
  readonly counts: Int32Array
}

/** Slow twin: the histogram of the rows named. `bins`: rows × columns; `pairs`: rows × 2. */
export function histogramSlow(
  bins: Uint8Array,
  columns: number,
  rows: ArrayLike<number>,
  pairs: Float64Array,
): Histogram {
  const found = { sums: new Float64Array(columns * BINS * 2), counts: new Int32Array(columns * BINS) }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    for (let j = 0; j < columns; j++) {
      const at = j * BINS + (bins[row * columns + j] as number)
      found.sums[2 * at] = (found.sums[2 * at] as number) + (pairs[2 * row] as number)
      found.sums[2 * at + 1] = (found.sums[2 * at + 1] as number) + (pairs[2 * row + 1] as number)
      found.counts[at] = (found.counts[at] as number) + 1
    }
  }
  return found
}

/** Slow twin: the rows that go left, then the others, each in their order. */
export function partitionSlow(
  bins: Uint8Array,
  columns: number,
  column: number,
  rows: readonly number[],
  left: Uint8Array,
): number[] {
  const goes = (row: number) => left[bins[row * columns + column] as number] === 1
  return [...rows.filter(goes), ...rows.filter((row) => !goes(row))]
}
