import { learnMoments, startMoments } from './moments.ts'

/**
 * F of the analysis of variance of two groups: what the means of the groups vary by, over what values vary by within them,
 * (n₀ n₁ / n) (mean₀ − mean₁)² / (Σ (value − mean of its group)² / (n − 2)). Fisher, "Statistical Methods for Research
 * Workers", 1925, chapter VII; it is the square of Student's t.
 *
 * @param values finite; NaN values are left out. @param labels one a value, 0 or 1.
 * @returns from 0; Infinity where nothing varies within groups of different means; 0 where a group has no value.
 * @example `anovaF([1, 2, 3, 7, 8, 9], [0, 0, 0, 1, 1, 1]) // 54`
 */
export function anovaF(values: ArrayLike<number>, labels: ArrayLike<number>): number {
  const unit = largestOf(values)
  const groups = [startMoments(), startMoments()] as const
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) learnMoments(groups[labels[i] === 1 ? 1 : 0], value / unit)
  }
  const [normal, strange] = groups
  const count = normal.count + strange.count
  if (normal.count === 0 || strange.count === 0) return 0
  const apart = normal.mean - strange.mean
  const between = ((normal.count * strange.count) / count) * apart * apart
  const within = (normal.squares + strange.squares) / (count - 2)
  if (within > 0) return between / within
  return between > 0 ? Number.POSITIVE_INFINITY : 0
}

/** Values in units of the largest one have squares that do not overflow; F has no unit. */
function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number)
    if (size > largest) largest = size
  }
  return largest > 0 ? largest : 1
}
