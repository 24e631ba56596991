import { lowerGamma } from './gamma.ts'

/** P(X ≤ x) of the chi-squared distribution with `freedom` degrees of freedom. */
export function chiSquaredShare(x: number, freedom: number): number {
  return x <= 0 ? 0 : lowerGamma(freedom / 2, x / 2)
}

/** The value that a share (0 … 1) of the distribution lies below: by bisection, to the last digits. */
export function chiSquaredQuantile(share: number, freedom: number): number {
  let low = 0
  let high = freedom + 1
  while (chiSquaredShare(high, freedom) < share) high *= 2
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (chiSquaredShare(middle, freedom) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
