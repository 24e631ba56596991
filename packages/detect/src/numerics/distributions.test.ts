/** Recorded values: SciPy 1.17.1, and mpmath (60 digits) where SciPy underflows or loses digits. */
import { expect, test } from 'vitest'
import { logRegularisedBeta, regularisedBeta } from './beta.ts'
import { logBetaBinomial, logBetaBinomialTail, logGammaPoissonTail } from './count-distributions.ts'
import { logGamma, lowerGamma, upperGamma } from './gamma.ts'
import { logOneMinusExp, logSumExp } from './log-sum-exp.ts'
import { normalCdf, normalQuantile, normalTail } from './normal.ts'

/** Equal to `digits` significant digits. */
function expectClose(actual: number, expected: number, digits = 12): void {
  expect(Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300)).toBeLessThan(10 / Number(`1e${digits}`))
}

test('ln Γ', () => {
  const recorded: [number, number][] = [
    [1e-10, 23.025850929882733],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1.5, -0.12078223763524526],
    [3.7, 1.428072326665388],
    [10, 12.801827480081469],
    [100.25, 360.28455963776423],
    [1e4, 82099.71749644238],
    [1e8, 1742068066.1038349],
  ]
  for (const [x, value] of recorded) expectClose(logGamma(x), value, 14)
  expect(Math.abs(logGamma(1))).toBeLessThan(1e-14)
  expect(Math.abs(logGamma(2))).toBeLessThan(1e-14)
})

test('incomplete gamma, both sides', () => {
  const recorded: [number, number, number, number][] = [
    [0.5, 0.1, 0.34527915398142317, 0.6547208460185768],
    [0.5, 2, 0.9544997361036415, 0.04550026389635857],
    [1, 1, 0.6321205588285577, 0.36787944117144245],
    [2.5, 0.3, 0.011996757205906265, 0.9880032427940937],
    [2.5, 10, 0.9987502694369687, 0.0012497305630313753],
    [10, 10, 0.5420702855281478, 0.4579297144718523],
    [10, 40, 0.9999999960740678, 3.925932226286184e-9],
    [100, 80, 0.0171083130351331, 0.9828916869648668],
    [100, 150, 0.9999940754596646, 5.924540335483916e-6],
    [1000, 1030, 0.8289119038823939, 0.171088096117606],
  ]
  for (const [shape, x, lower, upper] of recorded) {
    expectClose(lowerGamma(shape, x), lower)
    expectClose(upperGamma(shape, x), upper)
  }
  expectClose(lowerGamma(1e5, 100300), 0.8286363112512076, 9)
  expect(lowerGamma(3, 0)).toBe(0)
  expect(upperGamma(3, 0)).toBe(1)
})

test('incomplete beta, also where it underflows', () => {
  const recorded: [number, number, number, number][] = [
    [1, 1, 0.3, 0.3],
    [0.5, 0.5, 0.2, 0.2951672353008665],
    [2, 5, 0.1, 0.11426500000000002],
    [2, 5, 0.9, 0.999945],
    [20, 3, 0.5, 6.0558319091796875e-5],
    [50, 50, 0.5, 0.5],
    [300, 2.5, 0.4, 7.610624881416441e-117],
    [1000, 1200, 0.47, 0.9271006085939567],
    [5, 1e-3, 0.2, 7.703076415620667e-8],
    [1e4, 1e4, 0.49, 0.0023370593301101678],
  ]
  for (const [a, b, x, value] of recorded) expectClose(regularisedBeta(a, b, x), value, 11)
  expectClose(logRegularisedBeta(1000, 1.5, 0.5 / 20.5), -3710.009365771151)
  expect(regularisedBeta(2, 3, 0)).toBe(0)
  expect(regularisedBeta(2, 3, 1)).toBe(1)
})

test('the standard normal, out to the far tails', () => {
  const recorded: [number, number, number][] = [
    [-8, 6.22096057427174e-16, 0.9999999999999993],
    [-3, 0.0013498980316300933, 0.9986501019683699],
    [-0.1, 0.460172162722971, 0.539827837277029],
    [0, 0.5, 0.5],
    [0.5, 0.6914624612740131, 0.3085375387259869],
    [1.959963984540054, 0.975, 0.025],
    [10, 1, 7.61985302416047e-24],
    [30, 1, 4.906713927147908e-198],
  ]
  for (const [z, below, above] of recorded) {
    expectClose(normalCdf(z), below)
    expectClose(normalTail(z), above)
  }
  const quantiles: [number, number][] = [
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798409],
    [1e-5, -4.264890793922825],
    [0.01, -2.3263478740408408],
    [0.1, -1.2815515655446004],
    [0.3, -0.5244005127080409],
    [0.7, 0.5244005127080407],
    [0.975, 1.959963984540054],
    [0.999999, 4.753424308817087],
  ]
  for (const [share, z] of quantiles) expectClose(normalQuantile(share), z, 13)
  expect(normalQuantile(0.5)).toBe(0)
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
})

test('Gamma–Poisson tails', () => {
  const recorded: [number, number, number, number, number][] = [
    [1, 1, 1, 1, -Math.LN2],
    [5, 2, 10, 1, -10.27649777261691],
    [30, 2.5, 40, 1, -106.56472530757371],
    [3, 100, 200, 2, -2.510683273703333],
    [200, 5, 50, 3, -556.5029614803901],
    [1000, 1.5, 20, 0.5, -3710.009365771151],
    [12, 0.5, 0.1, 4, -0.8071165287768342],
  ]
  for (const [count, shape, rate, exposure, value] of recorded)
    expectClose(logGammaPoissonTail(count, shape, rate, exposure), value, 11)
  expect(logGammaPoissonTail(0, 1, 1, 1)).toBe(0)
  expect(logGammaPoissonTail(1, 1, 1, 0)).toBe(Number.NEGATIVE_INFINITY)
})

test('Beta-binomial probabilities and tails', () => {
  const recorded: [number, number, number, number, number, number][] = [
    [0, 10, 2, 3, 0.06593406593406595, 1],
    [5, 100, 10, 191, 0.1465754323515479, 0.5263348551704534],
    [12, 200, 5, 496, 8.527171009936272e-5, 0.00013243639210262613],
    [40, 1000, 20, 1981, 2.58143048221131e-8, 4.912030040137191e-8],
    [10, 10, 0.5, 0.5, 0.17619705200195315, 0.17619705200195312],
  ]
  for (const [count, trials, a, b, point, tail] of recorded) {
    expectClose(Math.exp(logBetaBinomial(count, trials, a, b)), point, 10)
    expectClose(Math.exp(logBetaBinomialTail(count, trials, a, b)), tail, 9)
  }
  expect(logBetaBinomialTail(11, 10, 1, 1)).toBe(Number.NEGATIVE_INFINITY)
})

test('sums of exponentials neither overflow nor vanish', () => {
  expect(logSumExp([-1000, -1001, -999.5])).toBeCloseTo(-998.8958693946632, 12)
  expect(logSumExp([1e4, 1e4])).toBeCloseTo(1e4 + Math.LN2, 10)
  expect(logSumExp([])).toBe(Number.NEGATIVE_INFINITY)
  expectClose(logOneMinusExp(-1e-20), Math.log(1e-20))
  expectClose(logOneMinusExp(-50), -Math.exp(-50))
})
