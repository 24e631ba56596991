import { exp } from './exp-slow.ts'

/** What is at most e^-45 counts as nothing: beside the largest of a sum it changes no digit. */
const NEGLIGIBLE = -45

const near = (power: number): number => (Math.min(0, power) > NEGLIGIBLE ? exp(Math.min(0, power)) : 0)

/** Slow twin: exp(−γ‖x − y‖²) of one product of rows x and y, half the squared length of y, and the squared length of x. */
export const similaritySlow = (product: number, half: number, length: number, gamma: number): number =>
  near(2 * gamma * (product - half) - gamma * length)

/** Slow twin: Σ of weight × similarity over the points, those at even places and those at odd ones apart. */
export function sumSimilarSlow(
  products: Float64Array,
  halves: Float64Array,
  weights: Float64Array,
  length: number,
  gamma: number,
): number {
  const sums = [0, 0]
  for (let p = 0; p < halves.length; p++) {
    const similarity = similaritySlow(products[p] as number, halves[p] as number, length, gamma)
    sums[p & 1] = (sums[p & 1] as number) + (weights[p] as number) * similarity
  }
  return (sums[0] as number) + (sums[1] as number)
}

/** Slow twin: the largest of product − half, and Σ exp(product − half − largest). */
export function sumNearSlow(products: Float64Array, halves: Float64Array): { most: number; sum: number } {
  let most = Number.NEGATIVE_INFINITY
  for (let p = 0; p < halves.length; p++) most = Math.max(most, (products[p] as number) - (halves[p] as number))
  const sums = [0, 0]
  for (let p = 0; p < halves.length; p++) {
    const less = (products[p] as number) - (halves[p] as number) - most
    sums[p & 1] = (sums[p & 1] as number) + near(less)
  }
  return { most, sum: (sums[0] as number) + (sums[1] as number) }
}
