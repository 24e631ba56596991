import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf } from './holders.ts'
import * as popular from './popularity.ts'
import { type Popularity, startPopularity } from './popularity.ts'

const commonness = (popularity: Popularity, value: string) => popular.commonness(popularity, hashOf(value))
const countHolder = (popularity: Popularity, value: string, by: number) =>
  popular.countHolder(popularity, hashOf(value), by)

/** The slow twin: counts everything anew. */
function slowCommonness(holders: ReadonlyMap<string, number>, value: string): number {
  const counts = [...holders.values()]
  const total = counts.reduce((sum, count) => sum + count, 0)
  const own = holders.get(value)
  if (total === 0) return 1
  if (own === undefined) return (0.5 * counts.filter((count) => count === 1).length + 0.5) / (total + 1)
  return counts.filter((count) => count <= own).reduce((sum, count) => sum + count, 0) / total
}

describe('how common a value is', () => {
  it('equals the slow count', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 300 }), (steps) => {
        const popularity = startPopularity()
        const holders = new Map<string, number>()
        for (const [value, more] of steps) {
          const before = holders.get(`v${value}`) ?? 0
          const after = Math.max(0, before + (more ? 1 : -1))
          if (after === 0) holders.delete(`v${value}`)
          else holders.set(`v${value}`, after)
          countHolder(popularity, `v${value}`, more ? 1 : -1)
        }
        for (let value = 0; value < 11; value++) {
          expect(commonness(popularity, `v${value}`)).toBeCloseTo(slowCommonness(holders, `v${value}`), 12)
        }
      }),
    )
  })

  it('does not drift with the number of people', () => {
    const small = startPopularity()
    const large = startPopularity()
    for (let i = 0; i < 50; i++) countHolder(small, i < 45 ? 'DE' : `c${i % 5}`, 1)
    for (let i = 0; i < 5000; i++) countHolder(large, i < 4500 ? 'DE' : `c${i % 5}`, 1)
    expect(commonness(large, 'c1')).toBeCloseTo(commonness(small, 'c1'), 6)
  })

  it('finds one more of what nearly everybody has alone nothing rare', () => {
    const addresses = startPopularity()
    for (let i = 0; i < 100; i++) countHolder(addresses, `home${i}`, 1)
    expect(commonness(addresses, 'home101')).toBeGreaterThan(0.4)
    const countries = startPopularity()
    for (let i = 0; i < 100; i++) countHolder(countries, 'DE', 1)
    expect(commonness(countries, 'KP')).toBeLessThan(0.01)
  })
})
