/** Mean and standard deviation of every column. */

export type ColumnMoments = {
  readonly mean: Float64Array
  /** Of the population: divided by the sum of the weights. 0 for a column of one value. */
  readonly deviation: Float64Array
}

/** Values farther out than this have squares that may overflow in a sum. */
const LARGE = 1e140
/** A spread below this share of the mean is the rounding of a column of one value. */
const ROUNDING = 1e-14

interface Sums {
  readonly sums: Float64Array
  /** Sum of the weights. */
  readonly total: number
  /** The largest absolute value. */
  readonly most: number
}

function sumColumns(data: Float64Array, width: number, weights: Float64Array | undefined): Sums {
  const sums = new Float64Array(width)
  let [total, most] = [0, 0]
  for (let row = 0, at = 0; at < data.length; row++) {
    const weight = weights ? (weights[row] as number) : 1
    total += weight
    for (let j = 0; j < width; j++, at++) {
      const value = data[at] as number
      const size = Math.abs(value)
      if (size > most) most = size
      sums[j] = (sums[j] as number) + weight * value
    }
  }
  return { sums, total, most }
}

function sumSquares(
  data: Float64Array,
  mean: Float64Array,
  weights: Float64Array | undefined,
  squares: Float64Array,
): void {
  const width = mean.length
  for (let row = 0, at = 0; at < data.length; row++) {
    const weight = weights ? (weights[row] as number) : 1
    for (let j = 0; j < width; j++, at++) {
      const away = (data[at] as number) - (mean[j] as number)
      squares[j] = (squares[j] as number) + weight * away * away
    }
  }
}

/** Two passes, so that a column far from 0 keeps its digits. `data` is row-major, without gaps. */
export function columnMoments(data: Float64Array, width: number, weights?: Float64Array): ColumnMoments {
  const { sums, total, most } = sumColumns(data, width, weights)
  if (most > LARGE) {
    const { mean, deviation } = columnMoments(
      data.map((value) => value / most),
      width,
      weights,
    )
    return { mean: mean.map((value) => value * most), deviation: deviation.map((value) => value * most) }
  }
  const mean = sums.map((sum) => sum / total)
  const squares = new Float64Array(width)
  sumSquares(data, mean, weights, squares)
  const deviation = squares.map((sum, j) => {
    const spread = Math.sqrt(sum / total)
    return spread > ROUNDING * Math.abs(mean[j] as number) ? spread : 0
  })
  return { mean, deviation }
}

/** What a column is multiplied by to have a deviation of 1; a column of one value keeps its unit. */
export function scaleOf(deviation: Float64Array): Float64Array {
  return deviation.map((spread) => (spread > 0 && Number.isFinite(1 / spread) ? 1 / spread : 1))
}
