import { describe, expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { createSampler, drawableRows } from './sample-rows.ts'

/** How often each row is drawn. */
function frequencies(count: number, size: number, weights: Float64Array | undefined, times: number): Float64Array {
  const sampler = createSampler(count, size, weights)
  const random = createRandom('sampler')
  const drawn = new Float64Array(count)
  for (let i = 0; i < times; i++) {
    const rows = sampler(random)
    expect(new Set(rows).size).toBe(size)
    for (const row of rows) drawn[row]!++
  }
  return drawn.map((times_) => times_ / times)
}

describe('rows drawn without replacement', () => {
  it.each([
    [10, 3],
    [10, 9],
    [10, 10],
    [2, 1],
  ])('of %i rows %i, each equally often', (count, size) => {
    for (const share of frequencies(count, size, undefined, 20_000))
      expect(Math.abs(share - size / count)).toBeLessThan(0.02)
  })

  it('every pair is equally likely', () => {
    const sampler = createSampler(4, 2, undefined)
    const random = createRandom('pairs')
    const pairs = new Map<string, number>()
    for (let i = 0; i < 12_000; i++) {
      const key = [...sampler(random)].sort().join()
      pairs.set(key, (pairs.get(key) ?? 0) + 1)
    }
    expect(pairs.size).toBe(6)
    for (const times of pairs.values()) expect(Math.abs(times - 2000)).toBeLessThan(250)
  })

  it('weights decide who comes first, and 0 never comes', () => {
    const weights = Float64Array.of(1, 0, 3, 6)
    const shares = frequencies(4, 1, weights, 40_000)
    for (const [row, expected] of [0.1, 0, 0.3, 0.6].entries())
      expect(Math.abs(shares[row]! - expected)).toBeLessThan(0.01)
    expect(drawableRows(4, weights)).toBe(3)
    expect([...createSampler(4, 3, weights)(createRandom(1))].sort()).toEqual([0, 2, 3])
  })

  it('a weight that outweighs all others by far does not stop it', () => {
    const weights = Float64Array.of(1e-12, 1e12, 1e-12, 0, 1)
    expect([...createSampler(5, 4, weights)(createRandom(1))].sort()).toEqual([0, 1, 2, 4])
  })

  it('the second draw follows the weights of those that are left', () => {
    const weights = Float64Array.of(1, 2, 1)
    const expected = 1 / 4 + (1 / 2) * (1 / 2) + (1 / 4) * (1 / 3)
    expect(Math.abs(frequencies(3, 2, weights, 40_000)[0]! - expected)).toBeLessThan(0.01)
  })
})
