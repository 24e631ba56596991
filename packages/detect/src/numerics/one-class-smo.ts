/**
 * The quadratic programme of the one-class support vector machine, min ½ αᵀKα with 0 ≤ α ≤ 1 and Σα = ν·rows, by sequential
 * minimal optimisation.
 *
 * Schölkopf, Platt, Shawe-Taylor, Smola and Williamson, "Estimating the support of a high-dimensional distribution", Neural
 * Computation 2001, section 4. Pairs are chosen by second-order information: Fan, Chen and Lin, JMLR 2005, WSS 2. Start,
 * stopping rule and ρ as in LIBSVM (Chang and Lin 2011, sections 4.1 and 4.2.3).
 */
import type { Steps } from '../contracts/paced.ts'

/** Similarities of training rows. */
export interface KernelRows {
  readonly count: number
  /** K(i, i) of every row. */
  readonly diagonal: Float64Array
  /** K(i, ·). The array may be written over by later calls, but not by the next one. */
  row(i: number): Float32Array
  /** Σ over i of αᵢ K(i, ·), for the start. */
  sum(alpha: Float64Array): Steps<Float64Array>
}

export type Solution = { readonly alpha: Float64Array; readonly rho: number; readonly steps: number }

/** A curvature of 0 or below counts as this. */
const TAU = 1e-12
const MOST_STEPS = 10_000_000
/** Steps between two looks at the signal: at most so many, and so many similarities. */
const TOGETHER = 200
const WORK = 1_000_000

function startAlpha(count: number, nu: number): Float64Array {
  const whole = Math.floor(nu * count)
  const alpha = new Float64Array(count)
  alpha.fill(1, 0, whole)
  if (whole < count) alpha[whole] = nu * count - whole
  return alpha
}

/** The row whose α should grow: the smallest gradient among those below 1. */
function chooseUp(alpha: Float64Array, gradient: Float64Array): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY]
  for (let t = 0; t < alpha.length; t++) {
    if ((alpha[t] as number) < 1 && (gradient[t] as number) < least) [best, least] = [t, gradient[t] as number]
  }
  return best
}

/** The row whose α should fall: that which gains most by second order. `gap`: how far the two are from agreeing. */
function chooseDown(
  alpha: Float64Array,
  gradient: Float64Array,
  diagonal: Float64Array,
  up: number,
  row: Float32Array,
): { down: number; gap: number } {
  const least = gradient[up] as number
  const own = diagonal[up] as number
  let [down, most, gain] = [-1, Number.NEGATIVE_INFINITY, 0]
  for (let t = 0; t < alpha.length; t++) {
    if ((alpha[t] as number) <= 0) continue
    const slope = gradient[t] as number
    if (slope > most) most = slope
    const difference = slope - least
    if (difference <= 0) continue
    const curvature = own + (diagonal[t] as number) - 2 * (row[t] as number)
    const own2 = (difference * difference) / (curvature > 0 ? curvature : TAU)
    if (own2 > gain) [down, gain] = [t, own2]
  }
  return { down, gap: most - least }
}

/** How much α moves from `down` to `up`, within the box. */
function stepSize(alpha: Float64Array, up: number, down: number, wanted: number): number {
  return Math.min(wanted, 1 - (alpha[up] as number), alpha[down] as number)
}

/** ρ: the mean gradient of the free rows, else the middle between the bounds. */
function findRho(alpha: Float64Array, gradient: Float64Array): number {
  let [free, sum, low, high] = [0, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let t = 0; t < alpha.length; t++) {
    const slope = gradient[t] as number
    if ((alpha[t] as number) >= 1) low = Math.max(low, slope)
    else if ((alpha[t] as number) <= 0) high = Math.min(high, slope)
    else {
      free++
      sum += slope
    }
  }
  if (free > 0) return sum / free
  if (high === Number.POSITIVE_INFINITY) return low
  return low === Number.NEGATIVE_INFINITY ? high : (low + high) / 2
}

/** Moves α between the worst pair until they agree within `tolerance`. */
export function* solveOneClass(kernel: KernelRows, nu: number, tolerance: number): Steps<Solution> {
  const { count, diagonal } = kernel
  const alpha = startAlpha(count, nu)
  const gradient = yield* kernel.sum(alpha)
  const together = Math.max(1, Math.min(TOGETHER, Math.floor(WORK / count)))
  for (let step = 0; ; step++) {
    const up = chooseUp(alpha, gradient)
    if (up < 0) return { alpha, rho: findRho(alpha, gradient), steps: step }
    const upRow = kernel.row(up)
    const { down, gap } = chooseDown(alpha, gradient, diagonal, up, upRow)
    if (down < 0 || gap < tolerance || step >= MOST_STEPS) return { alpha, rho: findRho(alpha, gradient), steps: step }
    const curvature = (diagonal[up] as number) + (diagonal[down] as number) - 2 * (upRow[down] as number)
    const difference = (gradient[down] as number) - (gradient[up] as number)
    const moved = stepSize(alpha, up, down, difference / (curvature > 0 ? curvature : TAU))
    alpha[up] = (alpha[up] as number) + moved
    alpha[down] = (alpha[down] as number) - moved
    const downRow = kernel.row(down)
    for (let t = 0; t < count; t++)
      gradient[t] = (gradient[t] as number) + moved * ((upRow[t] as number) - (downRow[t] as number))
    if (step % together === together - 1) yield { done: step, of: MOST_STEPS, note: `gap ${gap}` }
  }
}
