/** Conformal p-values keep their promise, and the ways to break it are noticed. */
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../contracts/random.ts'
import { logBetaBinomial } from '../numerics/count-distributions.ts'
import { upperGamma } from '../numerics/gamma.ts'
import { conformalBudget } from '../numerics/quantile.ts'
import { freezeReference, pValue, type Reference } from './reference.ts'

const SPLITS = 200
const REFERENCE = 999
const TESTED = 500

type Freeze = (scores: Float64Array) => Reference
type Benign = (random: Random) => number

const lognormal: Benign = (random) => Math.exp(random.normal())

/** One count of false positives a split: one pool of benign scores, split again at random each time. */
function falsePositives(level: number, freeze: Freeze, benign: Benign): number[] {
  const random = createRandom('validity')
  const pool = Float64Array.from({ length: REFERENCE + TESTED }, () => benign(random))
  return Array.from({ length: SPLITS }, () => {
    shuffle(pool, random)
    const reference = freeze(pool.slice(0, REFERENCE))
    return pool.subarray(REFERENCE).filter((score) => pValue(reference, score) <= level).length
  })
}

function shuffle(values: Float64Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const kept = values[i]!
    values[i] = values[j]!
    values[j] = kept
  }
}

/**
 * p-value of "the counts follow Beta-binomial(m, k, n + 1 − k), k = ⌊level·(n + 1)⌋" (Bates et al. 2023): a
 * chi-squared test on ten bins of the randomised probability integral transform, which is uniform for a discrete count.
 */
function fitsBetaBinomial(counts: number[], level: number): number {
  const k = conformalBudget(REFERENCE, level)
  const random = createRandom('transform')
  const bins = new Float64Array(10)
  for (const count of counts) {
    let below = 0
    for (let x = 0; x < count; x++) below += Math.exp(logBetaBinomial(x, TESTED, k, REFERENCE + 1 - k))
    const uniform = below + random.next() * Math.exp(logBetaBinomial(count, TESTED, k, REFERENCE + 1 - k))
    bins[Math.min(9, Math.floor(uniform * 10))]! += 1
  }
  const expected = counts.length / 10
  const statistic = bins.reduce((sum, seen) => sum + ((seen - expected) * (seen - expected)) / expected, 0)
  return upperGamma(4.5, statistic / 2)
}

test.each([0.02, 0.05, 0.1, 0.3])('over 200 splits the false positives at %d follow the Beta-binomial', (level) => {
  expect(fitsBetaBinomial(falsePositives(level, freezeReference, lognormal), level)).toBeGreaterThan(0.01)
})

test('a reference that drops its highest scores as "anomalies" breaks the promise, and this test notices', () => {
  const filtered: Freeze = (scores) => freezeReference(scores.sort().slice(0, REFERENCE - 20))
  expect(fitsBetaBinomial(falsePositives(0.05, filtered, lognormal), 0.05)).toBeLessThan(1e-6)
})

test('counting strictly higher scores breaks the promise where scores tie, and counting ties keeps it', () => {
  const whole: Benign = (random) => Math.floor(3 * random.exponential())
  const strict: Freeze = (scores) => freezeReference(scores.map((score) => score - 0.5))
  const mean = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length / TESTED
  for (const level of [0.05, 0.1, 0.25]) {
    expect(mean(falsePositives(level, freezeReference, whole))).toBeLessThanOrEqual(level)
  }
  expect(mean(falsePositives(0.1, strict, whole))).toBeGreaterThan(0.11)
})
