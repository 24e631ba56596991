import { describe, expect, it } from 'vitest'
import { impossibleTravel } from './impossible-travel.ts'

describe('trap: shared ways out drown the analyst in impossible travel', () => {
  const journey = (holders: number) => ({ surprise: 6, speed: 5000, distance: 5000, holders })

  it('a journey that ends in a network of many is much less surprising', () => {
    expect(impossibleTravel.score(journey(1))).toBe(6)
    expect(impossibleTravel.score(journey(9))).toBe(6)
    expect(impossibleTravel.score(journey(10))).toBeLessThan(2)
  })

  it('says no more of the speed than the places know', () => {
    const words = {
      observed: 'Sydney, AU, 16000 km from Berlin, DE after 1.0 h',
      expected: 'at least 22.9 h for that way',
    }
    expect(impossibleTravel.explain(journey(1), words).text).toBe(
      'Impossible travel: Sydney, AU, 16000 km from Berlin, DE after 1.0 h, that is at least 5000 km/h; it takes at least 22.9 h for that way.',
    )
  })
})
