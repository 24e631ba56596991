import { quantile, sortedCopy } from './quantile.ts'

/** Makes the median absolute deviation of a normal sample estimate its standard deviation: 1 / Φ⁻¹(3/4). */
export const NORMAL_MAD = 1.4826022185056018

/** The median; the mean of the middle two where the number is even. NaN values are left out; NaN where none is left.
 * @example `median([3, 1, 2]) // 2` */
export function median(values: ArrayLike<number>): number {
  return quantile(sortedCopy(values), 0.5)
}

/**
 * Median absolute deviation from the median, not scaled: multiply by `NORMAL_MAD` for a standard deviation. Half of the
 * values may be arbitrary before it breaks. Rousseeuw and Croux, JASA 1993, section 1. 0 where more than half are equal.
 * @example `NORMAL_MAD * medianAbsoluteDeviation([1, 2, 3, 4, 100]) // about 1.48`
 */
export function medianAbsoluteDeviation(values: ArrayLike<number>, centre = median(values)): number {
  return median(Float64Array.from(values, (value) => Math.abs(value - centre)))
}
