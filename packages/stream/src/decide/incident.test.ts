import { describe, expect, it } from 'vitest'
import { sharesOf } from './incident.ts'

describe('shares of a family', () => {
  it('add up to its largest surprise', () => {
    const shares = sharesOf([3, 7, 0, 7, 5])
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(7, 12)
  })

  it('are the Shapley values of a maximum, as by all orders of three', () => {
    const surprises = [1, 4, 6]
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const expected = [0, 0, 0]
    for (const order of orders) {
      let reached = 0
      for (const member of order) {
        const next = Math.max(reached, surprises[member] as number)
        expected[member] = (expected[member] as number) + (next - reached) / orders.length
        reached = next
      }
    }
    const shares = sharesOf(surprises)
    for (let i = 0; i < 3; i++) expect(shares[i]).toBeCloseTo(expected[i] as number, 12)
  })

  it('are equal for a copied member', () => {
    const [first, second] = sharesOf([5, 5])
    expect(first).toBe(second)
  })
})
