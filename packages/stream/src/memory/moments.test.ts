import { describe, expect, it } from 'vitest'
import { learnMoments, standardised, startMoments } from './moments.ts'

/** Nobody lends a mean. */
const OWN = { lent: 0.5, mean: undefined, variance: 4 }
const LENT = { lent: 4, mean: 10, variance: 1 }

describe('deviations from a habit', () => {
  it('are none where neither the owner nor anybody else knows a mean', () => {
    expect(standardised(startMoments(), 20, OWN)).toBe(0)
    expect(standardised(startMoments(), 12, LENT)).toBe(2)
  })

  it('are those from the own mean, as soon as it is sure, and never of a habit too narrow', () => {
    const moments = startMoments()
    for (let i = 0; i < 200; i++) learnMoments(moments, 15 + (i % 2))
    for (const shared of [OWN, LENT]) expect(Math.abs(standardised(moments, 15.5, shared))).toBeLessThan(0.5)
    expect(standardised(moments, 18, OWN)).toBeCloseTo(2.5 / 0.6, 0)
  })
})
