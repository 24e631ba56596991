import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashOf, holdersOf, noHolders, setHolders } from './holders.ts'

const value = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', '\ud800', 'Ā', 'a\u0000'),
  fc.nat({ max: 60 }).map((i) => `value ${i}`),
)

describe('holders', () => {
  it('are what a plain map holds, also when values went again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, fc.constantFrom(0, 0, 1, 2, 4_000_000_000)), { maxLength: 500 }),
        (steps) => {
          const holders = noHolders()
          const twin = new Map<string, number>()
          for (const [name, number] of steps) {
            setHolders(holders, hashOf(name), number)
            if (number === 0) twin.delete(name)
            else twin.set(name, number)
            expect(holders.size).toBe(twin.size)
          }
          for (const [name] of steps) expect(holdersOf(holders, hashOf(name))).toBe(twin.get(name) ?? 0)
          expect(holdersOf(holders, hashOf('of nobody'))).toBe(0)
        },
      ),
    )
  })

  it('tell apart what looks alike', () => {
    const seen = new Set<string>()
    const words = ['AS', '10.0.', '2001:db8:', 'person.', 'Chrome on Windows / 192.0.2.', '']
    for (const word of words)
      for (let i = 0; i < 50_000; i++) {
        const { upper, lower } = hashOf(`${word}${i}`)
        seen.add(`${upper} ${lower}`)
      }
    expect(seen.size).toBe(words.length * 50_000)
  })

  it('spread over both halves of the hash', () => {
    const upper = new Uint32Array(256)
    const lower = new Uint32Array(256)
    for (let i = 0; i < 256_000; i++) {
      const hash = hashOf(`10.${i >> 8}.${i & 255}.0/24`)
      upper[hash.upper & 255] = (upper[hash.upper & 255] as number) + 1
      lower[hash.lower & 255] = (lower[hash.lower & 255] as number) + 1
    }
    // A thousand each; the chance that any of 512 Poisson counts leaves 6 standard deviations is 1 in a million.
    for (const count of [...upper, ...lower]) expect(Math.abs(count - 1000)).toBeLessThan(190)
  })
})
