/** How surprising a burst is: counts against a rate that is itself learned, for bursts of failures and for sprays. */
import { logGammaPoissonTail } from '../numerics/count-distributions.ts'

/**
 * What is believed about a rate: Gamma(shape, rate). Mean shape / rate events a unit of exposure; the fewer events and
 * exposure it rests on, the wider, so that somebody new is not called strange for a single event.
 */
export type RateHabit = {
  /** > 0: events seen, and those of the prior. */
  shape: number
  /** > 0: exposure seen (hours, attempts …), and that of the prior. */
  rate: number
}

/**
 * The belief after `events` in `exposure`: conjugate, so it just adds. Forget by fading `events` and `exposure` (see
 * `decay`): the belief then returns to the prior and stays as wide as what is remembered allows. Gelman et al.,
 * "Bayesian Data Analysis" (3rd), section 2.6.
 * @example `rateHabit({ shape: 0.5, rate: 24 }, 3, 48) // { shape: 3.5, rate: 72 }`
 */
export function rateHabit(prior: RateHabit, events: number, exposure: number): RateHabit {
  return { shape: prior.shape + events, rate: prior.rate + exposure }
}

/**
 * Surprise −ln P(at least `count` events in `exposure` | habit), from the posterior predictive (negative binomial): at
 * least 0, 0 for no event. A probability of its own, needing no reference.
 *
 * @param count whole number ≥ 0 @param exposure ≥ 0, in the unit of `habit.rate`.
 * @example `burstSurprise({ shape: 2, rate: 10 }, 5, 1) // 10.28: about one in 29,000`
 */
export function burstSurprise(habit: RateHabit, count: number, exposure: number): number {
  return 0 - logGammaPoissonTail(count, habit.shape, habit.rate, exposure)
}

/**
 * A prior from what others did: the Gamma whose Poisson mixture has the mean and the spread of their counts, by moments
 * (Var = m·t + m²t²/shape; Carlin and Louis, "Bayesian Methods for Data Analysis", chapter 5). Where the counts spread
 * no more than Poisson the shape is held at `most`; where they hold no event there is nothing to learn.
 *
 * @param counts events, one an entity. @param exposures > 0, one an entity.
 * @returns null without any event.
 * @example `fitRatePrior([0, 2, 1, 9], [24, 24, 24, 24])`
 */
export function fitRatePrior(counts: ArrayLike<number>, exposures: ArrayLike<number>, most = 100): RateHabit | null {
  let [events, exposure] = [0, 0]
  for (let i = 0; i < counts.length; i++) {
    events += counts[i]!
    exposure += exposures[i]!
  }
  if (events === 0) return null
  const mean = events / exposure
  let [excess, squares] = [0, 0]
  for (let i = 0; i < counts.length; i++) {
    const expected = mean * exposures[i]!
    excess += (counts[i]! - expected) * (counts[i]! - expected) - expected
    squares += expected * expected
  }
  const shape = excess > 0 ? Math.min(most, squares / excess) : most
  return { shape, rate: shape / mean }
}
