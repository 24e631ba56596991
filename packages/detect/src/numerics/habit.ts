/**
 * The mathematics of habits: how rare a value is for somebody, given a table of how often they had which value, and the
 * tables of those around them. Pure functions over plain counts; nothing is remembered here.
 *
 * Predictive probabilities are those of a Pitman–Yor process: Teh, "A hierarchical Bayesian language model based on
 * Pitman–Yor processes", ACL 2006, sections 2 to 4; with discount 0 it is a Dirichlet process. Counts may be fractions (they
 * fade), so the discount takes at most the whole count.
 */

/** What somebody did: a count a value, in any order. */
export type Habit = {
  /** > 0, one a known value. */
  counts: ArrayLike<number>
  /** At least the sum of `counts`; what exceeds it was of values that are not told apart any more. */
  total: number
  /** The share of every count that is left by now, in [0, 1] (see `decay`); 1 if absent. */
  kept?: number
}

/** How readily a habit is believed. */
export type Belief = {
  /** θ > 0: with how many observations of something new every habit begins. */
  concentration: number
  /** d in [0, 1): how much of each known value's count speaks for new values. */
  discount: number
  /**
   * ≥ 1: no habit weighs more than so many observations. A novelty then has a least probability, about θ / evidence, that
   * does not fall as rows or people are added: scores do not drift.
   */
  evidence: number
}

/** θ = 1 and d = ½ as Teh starts from; a thousand observations. */
export const USUAL_BELIEF: Belief = { concentration: 1, discount: 0.5, evidence: 1000 }

/** What one observation weighs: fading, and no more than `evidence` in all. */
function weightOf({ total, kept = 1 }: Habit, { evidence }: Belief): number {
  return total > 0 ? Math.min(kept, evidence / total) : 0
}

/**
 * How much of the habit is at least as rare as a value with this count: 1 less the probability of all known values that
 * are more frequent. In (0, 1]; 1 for the most frequent value, `newness` for count 0. As it is the mass of a tail it is a
 * p-value under the habit, and does not depend on how many values there are. O(number of values).
 *
 * @param count of the value in `habit.counts`, as it stands there (not yet faded); 0 if it is not among them.
 * @example `rarity({ counts: [9, 1], total: 10 }, 1, USUAL_BELIEF) // 1 − 8.5/11`
 */
export function rarity(habit: Habit, count: number, belief: Belief): number {
  const weight = weightOf(habit, belief)
  const all = weight * habit.total + belief.concentration
  let commoner = 0
  for (let i = 0; i < habit.counts.length; i++) {
    const other = habit.counts[i]!
    if (other > count) commoner += Math.max(0, weight * other - belief.discount)
  }
  return (all - commoner) / all
}

/**
 * The probability that the next value is a new one: (θ + what the discounts took) / (θ + all). In (0, 1]; 1 for an empty
 * habit.
 * @example `newness({ counts: [9, 1], total: 10 }, USUAL_BELIEF) // (1 + 2 · 0.5) / 11`
 */
export function newness(habit: Habit, belief: Belief): number {
  return rarity(habit, 0, belief)
}

/** One table on the way from oneself to everyone, and the value's count in it. */
export type Level = { habit: Habit; count: number }

/**
 * Rarity with back-off: by one's own habit where the value is known to it; else the probability of something new, times
 * how rare the value is among those around, and so on to the last level. An empty habit asks those around at once, a sure
 * one hardly; what is new to all is as rare as novelty itself at every level.
 *
 * For those around, count holders (in how many people's habits a value stands), not events: what is asked there is which
 * values come up when something is new to somebody, and each person's first time is one observation of that (Teh 2006,
 * section 4: one table a dish; the counts of Kneser and Ney 1995).
 *
 * @param levels self first, everyone last. @returns in (0, 1].
 * @example
 * ```ts
 * const self = { habit: { counts: [40], total: 40 }, count: 0 }
 * const everyone = { habit: { counts: [90, 8, 2], total: 100 }, count: 8 }
 * rarityAmong([self, everyone], USUAL_BELIEF) // about 0.037 · 0.116
 * ```
 */
export function rarityAmong(levels: readonly Level[], belief: Belief): number {
  let product = 1
  for (const { habit, count } of levels) {
    product *= rarity(habit, count, belief)
    if (count > 0) break
  }
  return Math.max(Number.MIN_VALUE, product)
}

/**
 * The predictive probability of one value, interpolated over the levels: own share after discount, plus the probability
 * of something new times what those around say; at the end all values of the vocabulary alike. Over the vocabulary it
 * sums to 1. Teh 2006, section 4.
 *
 * @param levels self first, everyone last. @param vocabulary how many values there are, known or not, ≥ 1.
 * @example `probabilityAmong([{ habit: { counts: [9, 1], total: 10 }, count: 9 }], 3, USUAL_BELIEF)`
 */
export function probabilityAmong(levels: readonly Level[], vocabulary: number, belief: Belief): number {
  let probability = 1 / vocabulary
  for (let i = levels.length - 1; i >= 0; i--) {
    const { habit, count } = levels[i]!
    const weight = weightOf(habit, belief)
    const own = Math.max(0, weight * count - belief.discount) / (weight * habit.total + belief.concentration)
    probability = own + newness(habit, belief) * probability
  }
  return probability
}
