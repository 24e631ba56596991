/** Forgetting with time: exponential, so it does not matter how a span is cut. */

/**
 * The share of a count that is left after `elapsed`, in (0, 1]: one half per half-life. By `exp`, whose bits are the same
 * on every Node that is supported; those of a power are not. Time that runs backwards forgets nothing.
 *
 * @param elapsed in the unit of `halfLife` (both ms, or both days). @param halfLife > 0; Infinity never forgets.
 * @example `decay(14, 7) // 0.25`
 */
export function decay(elapsed: number, halfLife: number): number {
  return elapsed > 0 ? Math.exp((-Math.LN2 * elapsed) / halfLife) : 1
}

/** A count that fades: `value` is right at `time`. */
export type DecayedCount = { value: number; time: number }

/** What is left of the count at `time`. Asking changes nothing.
 * @example `readDecayed({ value: 8, time: 0 }, 14, 7) // 2` */
export function readDecayed(count: DecayedCount, time: number, halfLife: number): number {
  return count.value * decay(time - count.time, halfLife)
}

/** Adds `weight` at `time`, in place. A late arrival is added with what would be left of it by now. */
export function learnDecayed(count: DecayedCount, time: number, halfLife: number, weight = 1): void {
  if (time >= count.time) {
    count.value = readDecayed(count, time, halfLife) + weight
    count.time = time
  } else {
    count.value += weight * decay(count.time - time, halfLife)
  }
}
