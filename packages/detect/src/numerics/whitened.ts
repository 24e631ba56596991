import type { Rows } from '../contracts/rows.ts'
import { openProjection } from './kernels/matrix.ts'
import { squaredLengths } from './squared-lengths.ts'

/** A centre, and the matrix that makes every direction one unit wide. */
export type Whitened = {
  /** One a column: (value − centre) × scale is multiplied by `white`. */
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** columns × columns, row-major. */
  readonly white: Float64Array
}

/** Scores rows by their squared Mahalanobis distance from the centre. */
export function openWhitened({ centre, scale, white }: Whitened): (rows: Rows) => Float64Array {
  const projection = openProjection({ inputs: centre.length, outputs: centre.length, matrix: white, centre, scale })
  return ({ data, count }) => squaredLengths(projection, data, count)
}

export function copyWhitened({ centre, scale, white }: Whitened): Whitened {
  return { centre: centre.slice(), scale: scale.slice(), white: white.slice() }
}
