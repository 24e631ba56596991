import { describe, expect, it } from 'vitest'
import { startBudget, takeToken } from './budget.ts'

const DAY = 86_400_000
const MIDNIGHT = 20_000 * DAY

/** How many tokens can be had by that share of the day. */
function tokensBy(share: number, perDay: number): number {
  const state = startBudget()
  const time = MIDNIGHT + share * DAY
  let taken = 0
  while (takeToken(state, perDay, time)) taken++
  return taken
}

describe('the budget of a day', () => {
  it('is had whole before the day ends', () => {
    for (const perDay of [1, 2, 3, 5, 20]) expect(tokensBy(0.999, perDay)).toBe(perDay)
  })

  it('comes half at midnight, the rest evenly', () => {
    expect(tokensBy(0, 20)).toBe(10)
    expect(tokensBy(0.5, 20)).toBe(15)
    expect(tokensBy(0, 3)).toBe(2)
    expect(tokensBy(0.49, 2)).toBe(1)
    expect(tokensBy(0.51, 2)).toBe(2)
  })

  it('does not grow by what was left the day before', () => {
    const state = startBudget()
    expect(takeToken(state, 1, MIDNIGHT - 1)).toBe(true)
    expect(takeToken(state, 1, MIDNIGHT)).toBe(true)
    expect(takeToken(state, 1, MIDNIGHT + DAY - 1)).toBe(false)
  })

  it('is not had again by an event that came late', () => {
    const state = startBudget()
    expect(takeToken(state, 1, MIDNIGHT)).toBe(true)
    expect(takeToken(state, 1, MIDNIGHT - DAY)).toBe(false)
    expect(takeToken(state, 1, MIDNIGHT + 1)).toBe(false)
  })
})
