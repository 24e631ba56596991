import { expect, test } from 'vitest'
import { createRandom, type Random } from '../contracts/random.ts'
import { burstSurprise, fitRatePrior, rateHabit } from './gamma-poisson.ts'

function poisson(mean: number, random: Random): number {
  let count = -1
  for (let left = mean; left >= 0; left -= random.exponential()) count++
  return count
}

test('agrees with SciPy, and nothing is surprising about no event', () => {
  expect(burstSurprise({ shape: 2, rate: 10 }, 5, 1)).toBeCloseTo(10.27649777261691, 10)
  expect(Object.is(burstSurprise({ shape: 2, rate: 10 }, 0, 1), 0)).toBe(true)
})

test('a longer burst is stranger, a longer exposure less so, and a surer habit is surer', () => {
  const habit = { shape: 2, rate: 10 }
  expect(burstSurprise(habit, 6, 1)).toBeGreaterThan(burstSurprise(habit, 5, 1))
  expect(burstSurprise(habit, 5, 2)).toBeLessThan(burstSurprise(habit, 5, 1))
  expect(burstSurprise(rateHabit(habit, 200, 1000), 5, 1)).toBeGreaterThan(burstSurprise(habit, 5, 1))
})

test('its p-values hold: over entities with rates of their own, p ≤ 1 % in at most 1 % of windows', () => {
  const random = createRandom('rates')
  const prior = { shape: 0.5, rate: 2 }
  let alarms = 0
  const windows = 20_000
  for (let i = 0; i < windows; i++) {
    const normal = random.normal()
    const rate = (normal * normal) / 2 / prior.rate // chi-squared with one degree of freedom is Gamma(1/2)
    const habit = rateHabit(prior, poisson(rate * 20, random), 20)
    if (burstSurprise(habit, poisson(rate, random), 1) >= -Math.log(0.01)) alarms++
  }
  expect(alarms / windows).toBeLessThan(0.012)
  expect(alarms / windows).toBeGreaterThan(0.002)
})

test('a prior is found again in the counts that it made', () => {
  const random = createRandom('prior')
  const exposures = Float64Array.from({ length: 4000 }, () => 5 + 20 * random.next())
  const counts = exposures.map((exposure) =>
    poisson(((random.exponential() + random.exponential()) / 4) * exposure, random),
  )
  const prior = fitRatePrior(counts, exposures)!
  expect(prior.shape).toBeGreaterThan(1.7)
  expect(prior.shape).toBeLessThan(2.3)
  expect(prior.shape / prior.rate).toBeCloseTo(0.5, 1)
})

test('counts that spread no more than Poisson hold the prior at its narrowest, no event teaches none', () => {
  expect(fitRatePrior([3, 3, 3], [1, 1, 1])).toEqual({ shape: 100, rate: 100 / 3 })
  expect(fitRatePrior([0, 0], [4, 4])).toBeNull()
})
