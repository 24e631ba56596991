/** For every row the `k` points with the smallest |y|² / 2 − x·y, nearest first, the first of equal ones. Both lists row-major. */
export interface Found {
  readonly points: Int32Array
  readonly values: Float64Array
}

/** |y|² / 2 of every point. */
export function halfSquares(points: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: points.length / width }, (_, i) => {
    let sum = 0
    for (let j = 0; j < width; j++) sum += (points[i * width + j] as number) * (points[i * width + j] as number)
    return sum / 2
  })
}

/** Slow twin of the kernel. */
export function nearestSlow(points: Float64Array, rows: Float64Array, width: number, k: number): Found {
  const halves = halfSquares(points, width)
  const count = rows.length / width
  const found = { points: new Int32Array(count * k), values: new Float64Array(count * k) }
  for (let row = 0; row < count; row++) {
    const values = halves.map((half, i) => {
      let sum = 0
      for (let j = 0; j < width; j++) sum += (rows[row * width + j] as number) * (points[i * width + j] as number)
      return half - sum
    })
    const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b)
    for (let i = 0; i < k; i++) {
      found.points[row * k + i] = order[i] as number
      found.values[row * k + i] = values[order[i] as number] as number
    }
  }
  return found
}
