import { logSumExp } from '../numerics/log-sum-exp.ts'

/** P(X > x) = (1 + shape·x / scale)^(−1 / shape) for x ≥ 0; exponential at shape 0. Heavier with a higher shape. */
export type GeneralisedPareto = {
  /** ξ. Below 0 the distribution ends at −scale / shape. */
  shape: number
  /** σ > 0, in the unit of x. */
  scale: number
}

const NEARLY_EXPONENTIAL = 1e-9

/** ln P(X > x), at most 0; −Infinity beyond the end of a bounded distribution.
 * @example `Math.exp(logParetoTail({ shape: 0, scale: 2 }, 2)) // 1/e` */
export function logParetoTail({ shape, scale }: GeneralisedPareto, x: number): number {
  if (x <= 0) return 0
  if (Math.abs(shape) < NEARLY_EXPONENTIAL) return -x / scale
  const inside = (shape * x) / scale
  return inside <= -1 ? Number.NEGATIVE_INFINITY : -Math.log1p(inside) / shape
}

/** The x that is exceeded with probability exp(logShare) ≤ 1: the inverse of `logParetoTail`. */
export function paretoQuantile({ shape, scale }: GeneralisedPareto, logShare: number): number {
  if (Math.abs(shape) < NEARLY_EXPONENTIAL) return -scale * logShare
  return (scale * Math.expm1(-shape * logShare)) / shape
}

/**
 * Fits a generalised Pareto distribution to excesses over a threshold. Zhang and Stephens, "A new and efficient
 * estimation method for the generalized Pareto distribution", Technometrics 2009, section 3: the mean of a profile
 * posterior on a grid, so it always has an answer and never iterates. The shape is drawn towards ½ with the weight of ten
 * observations, as in Vehtari et al., "Pareto smoothed importance sampling", JMLR 2024 (with `gpdfit` of the R package loo): few excesses are
 * rather believed to be heavy.
 *
 * @param excesses ascending, all > 0, at least one.
 * @example `fitGeneralisedPareto(Float64Array.of(0.1, 0.2, 0.5, 1.1)).shape`
 */
export function fitGeneralisedPareto(excesses: Float64Array): GeneralisedPareto {
  const { shape: found, scale } = fitWithoutPrior(excesses)
  const n = excesses.length
  return { shape: (n * found + 10 * 0.5) / (n + 10), scale }
}

/** The estimate of Zhang and Stephens as published. Their k is −shape and their θ is −shape / scale. */
export function fitWithoutPrior(excesses: Float64Array): GeneralisedPareto {
  const grid = gridOf(excesses)
  const likelihoods = grid.map((theta) => profileLikelihood(excesses, theta))
  const total = logSumExp(likelihoods)
  let theta = 0
  for (let j = 0; j < grid.length; j++) theta += grid[j]! * Math.exp(likelihoods[j]! - total)
  if (Math.abs(theta * excesses[excesses.length - 1]!) < NEARLY_EXPONENTIAL) return { shape: 0, scale: mean(excesses) }
  const shape = shapeAt(excesses, theta)
  return { shape, scale: -shape / theta }
}

/** 30 + √n values of θ, all below 1 / largest excess, so that every likelihood is finite. */
function gridOf(excesses: Float64Array): Float64Array {
  const n = excesses.length
  const points = 30 + Math.floor(Math.sqrt(n))
  const quartile = excesses[Math.max(0, Math.floor(n / 4 + 0.5) - 1)]!
  const end = 1 / excesses[n - 1]!
  return Float64Array.from({ length: points }, (_, j) => end + (1 - Math.sqrt(points / (j + 0.5))) / (3 * quartile))
}

function shapeAt(excesses: Float64Array, theta: number): number {
  let sum = 0
  for (let i = 0; i < excesses.length; i++) sum += Math.log1p(-theta * excesses[i]!)
  return sum / excesses.length
}

function profileLikelihood(excesses: Float64Array, theta: number): number {
  const shape = shapeAt(excesses, theta)
  // As θ goes to 0, −θ / shape goes to 1 / mean: the exponential distribution.
  const rate = Math.abs(shape) < 1e-12 ? 1 / mean(excesses) : -theta / shape
  return excesses.length * (Math.log(rate) - shape - 1)
}

function mean(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
