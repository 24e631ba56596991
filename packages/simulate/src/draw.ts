/** Drawing from distributions and tables with a seeded stream. */
import type { Random } from '@heedful/detect/contracts/random'

/** True with probability `p`. */
export function chance(random: Random, p: number): boolean {
  return random.next() < p
}

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next()
}

/** Uniform integer in [low, high], both included. */
export function whole(random: Random, low: number, high: number): number {
  return low + random.integer(high - low + 1)
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)] as T
}

/** One of a list, each with a chance in proportion to its weight (≥ 0, not all zero). */
export function weighted<T>(random: Random, list: readonly T[], weight: (item: T) => number): T {
  let total = 0
  for (const item of list) total += weight(item)
  let left = random.next() * total
  for (const item of list) {
    left -= weight(item)
    if (left < 0) return item
  }
  return list[list.length - 1] as T
}

/** A new list in random order (Fisher and Yates). */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const copy = [...list]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const kept = copy[i] as T
    copy[i] = copy[j] as T
    copy[j] = kept
  }
  return copy
}

/** Different items, at most `count` of them. */
export function sample<T>(random: Random, list: readonly T[], count: number): T[] {
  return shuffled(random, list).slice(0, count)
}

/** Poisson count: how many exponential waits fit into `mean`. */
export function poisson(random: Random, mean: number): number {
  let count = 0
  for (let passed = random.exponential(); passed < mean; passed += random.exponential()) count++
  return count
}

/** Log-normal around `median`; `sigma` is the deviation of the logarithm. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * random.normal())
}

/** A copy whose times lie in order: `count` moments in [from, to), uniformly. */
export function moments(random: Random, count: number, from: number, to: number): number[] {
  const times = Array.from({ length: count }, () => between(random, from, to))
  return times.sort((a, b) => a - b)
}
