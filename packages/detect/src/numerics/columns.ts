/** Rows turned into columns, so that what works column by column reads memory in its order. */

/** Rows that are turned together: their lines stay in the nearest cache while every column takes its value. */
const TILE = 64

/** Each column of the rows `from … from + count − 1`, in an array of its own. */
export function takeColumns(data: Float64Array, width: number, from: number, count: number): Float64Array[] {
  const columns = Array.from({ length: width }, () => new Float64Array(count))
  for (let start = 0; start < count; start += TILE) {
    const end = Math.min(count, start + TILE)
    for (let j = 0; j < width; j++) {
      const column = columns[j] as Float64Array
      for (let row = start, at = (from + start) * width + j; row < end; row++, at += width)
        column[row] = data[at] as number
    }
  }
  return columns
}
