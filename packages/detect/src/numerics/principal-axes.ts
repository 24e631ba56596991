/** Along which axes rows vary, and how much: eigenvectors of their covariance. Jolliffe, "Principal Component Analysis", 2002, section 1.1. */
import { columnMoments, scaleOf } from './column-moments.ts'
import { openOuter } from './kernels/matrix.ts'
import { type Eigen, symmetricEigen } from './symmetric-eigen.ts'

export type PrincipalAxes = Eigen & {
  /** One a column: the axes are those of (value − centre) × scale. */
  readonly centre: Float64Array
  readonly scale: Float64Array
}

interface Manner {
  /** Give every column a deviation of 1 first. */
  readonly standardise: boolean
  /** One a row; 1 where absent. */
  readonly weights?: Float64Array | undefined
}

/** `data` is row-major, without gaps. Variances are those of a population, descending; all 0 where nothing varies. */
export function principalAxes(data: Float64Array, width: number, { standardise, weights }: Manner): PrincipalAxes {
  const { mean, deviation } = columnMoments(data, width, weights)
  const scale = standardise ? scaleOf(deviation) : new Float64Array(width).fill(1)
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : data.length / width
  const sums = openOuter(width).sum(data, mean, weights)
  const covariance = sums.map((sum, at) => {
    const [i, j] = [Math.floor(at / width), at % width]
    return (sum / total) * ((scale[i] as number) * (scale[j] as number))
  })
  return { ...symmetricEigen(covariance, width), centre: mean, scale }
}

/** The first `count` axes as a matrix to multiply rows by: columns × axes, row-major. */
export function acrossColumns(vectors: Float64Array, count: number): Float64Array {
  const width = Math.round(Math.sqrt(vectors.length))
  return Float64Array.from(
    { length: width * count },
    (_, at) => vectors[(at % count) * width + Math.floor(at / count)] as number,
  )
}
