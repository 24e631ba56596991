import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from './random.ts'

const MASK = 0xffff_ffffn
const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (32n - by))) & MASK

/** The slow twin: xoshiro128** 1.1 in unbounded integers, line by line as its authors print it. */
function* xoshiro(state: readonly number[]): Generator<number> {
  const s = state.map(BigInt) as [bigint, bigint, bigint, bigint]
  for (;;) {
    yield Number((rotate((s[1] * 5n) & MASK, 7n) * 9n) & MASK)
    const t = (s[1] << 9n) & MASK
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate(s[3], 11n)
  }
}

/** MurmurHash3's finaliser in unbounded integers. */
function mix(value: bigint): bigint {
  let h = value & MASK
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & MASK
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & MASK
  return h ^ (h >> 16n)
}

/** The state that a seed leads to, as `random.ts` describes it, written a second time. */
function stateOf(labels: readonly (string | number)[]): number[] {
  let key = [0x9e3779b9n, 0x7f4a7c15n, 0xf39cc060n, 0x5cedc834n]
  for (const label of labels) {
    const text = typeof label === 'number' ? `#${label}` : label
    const codes = [...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)), 0x10000 + text.length]
    key = key.slice()
    for (const code of codes) {
      for (let w = 0; w < 4; w++) {
        const product = (BigInt(code + 1) * BigInt(0x9e3779b1 + 2 * w)) & MASK
        key[w] = mix(key[w]! ^ product ^ rotate(key[(w + 3) & 3]!, 7n))
      }
    }
  }
  const salts = [0x243f6a88n, 0x85a308d3n, 0x13198a2en, 0x03707344n]
  return key.map((word, w) => Number(mix(word ^ salts[w]!)))
}

const draw = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.next())

/** Pearson's statistic of counts against equal expectation. */
function chiSquare(counts: ArrayLike<number>): number {
  const all = Array.from(counts)
  const expected = all.reduce((a, b) => a + b, 0) / all.length
  return all.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0)
}

/** Above this a chi-square statistic is a one-in-a-million event (Wilson and Hilferty 1931); seeds are fixed, so it never flickers. */
function unlikely(degrees: number): number {
  const spread = 2 / (9 * degrees)
  const root = 1 - spread + 4.75 * Math.sqrt(spread)
  return degrees * root * root * root
}

describe('random streams', () => {
  it('the twin agrees with the vector its authors publish for the state 1, 2, 3, 4', () => {
    const twin = xoshiro([1, 2, 3, 4])
    const published = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]
    expect(published.map(() => twin.next().value)).toEqual(published)
  })

  it.each<[string, (string | number)[]]>([
    ['a number', [1]],
    ['a negative fraction', [-2.5]],
    ['a text with a surrogate', ['seed \ud83c']],
    ['a split of a split', ['org', 'tree', 17]],
  ])('equals the twin for %s', (_, [seed, ...labels]) => {
    let random = createRandom(seed as string | number)
    for (const label of labels) random = random.split(label)
    const twin = xoshiro(stateOf([seed as string | number, ...labels]))
    for (let i = 0; i < 1000; i++) {
      const high = (twin.next().value as number) >>> 5
      const low = (twin.next().value as number) >>> 6
      expect(random.next()).toBe((high * 67108864 + low) / 9007199254740992)
    }
  })

  it('keeps the numbers that it has always drawn', () => {
    const random = createRandom(1)
    expect([random.next(), random.next(), random.integer(1000)]).toEqual([0.5609594803603949, 0.9215814994469137, 466])
    expect(random.normal()).toBeCloseTo(-1.0095718130283593, 12)
    expect(random.exponential()).toBeCloseTo(3.5346339192474376, 12)
    expect(createRandom('seed').split('tree').split(3).next()).toBe(0.800433214707396)
  })

  it('next is uniform on [0, 1), in its high and in its low bits', () => {
    const random = createRandom('uniform')
    const high = new Float64Array(1000)
    const low = new Float64Array(256)
    for (let i = 0; i < 400_000; i++) {
      const value = random.next()
      expect(value >= 0 && value < 1).toBe(true)
      high[Math.floor(value * 1000)]!++
      low[(value * 9007199254740992) % 256]!++
    }
    expect(chiSquare(high)).toBeLessThan(unlikely(999))
    expect(chiSquare(low)).toBeLessThan(unlikely(255))
  })

  it.each([1, 2, 3, 7, 100, 1000])('integer(%i) takes every value equally often', (n) => {
    const random = createRandom('integer')
    const counts = new Float64Array(n)
    for (let i = 0; i < 200_000; i++) counts[random.integer(n)]!++
    if (n > 1) expect(chiSquare(counts)).toBeLessThan(unlikely(n - 1))
    else expect(counts[0]).toBe(200_000)
  })

  it('integer has no bias where 2³² is far from a multiple of n', () => {
    const random = createRandom('bias')
    const n = 3 * 2 ** 30
    const thirds = new Float64Array(3)
    for (let i = 0; i < 90_000; i++) thirds[Math.floor(random.integer(n) / 2 ** 30)]!++
    expect(chiSquare(thirds)).toBeLessThan(unlikely(2))
  })

  it('integer(2³²) gives whole words', () => {
    const random = createRandom(3)
    const halves = new Float64Array(2)
    for (let i = 0; i < 10_000; i++) halves[random.integer(2 ** 32) >= 2 ** 31 ? 1 : 0]!++
    expect(chiSquare(halves)).toBeLessThan(unlikely(1))
  })

  it('normal and exponential have the moments and tails of their names', () => {
    const random = createRandom('moments')
    const n = 200_000
    let sum = 0
    let squares = 0
    let beyondTwo = 0
    let waited = 0
    for (let i = 0; i < n; i++) {
      const z = random.normal()
      sum += z
      squares += z * z
      if (Math.abs(z) > 2) beyondTwo++
      waited += random.exponential()
    }
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n))
    expect(Math.abs(squares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(Math.abs(beyondTwo / n - 0.0455)).toBeLessThan(5 * Math.sqrt((0.0455 * 0.9545) / n))
    expect(Math.abs(waited / n - 1)).toBeLessThan(5 / Math.sqrt(n))
  })

  it('a split does not depend on what was drawn before, and drawing from it changes nothing else', () => {
    const fresh = createRandom(7)
    const used = createRandom(7)
    draw(used, 100)
    used.normal()
    expect(draw(used.split('a'), 10)).toEqual(draw(fresh.split('a'), 10))
    const undisturbed = createRandom(7)
    draw(undisturbed.split('a'), 1000)
    expect(draw(undisturbed, 10)).toEqual(draw(fresh, 10))
  })

  it('neighbouring seeds and labels give streams that have nothing in common', () => {
    const root = createRandom(1)
    const streams: Random[] = []
    for (let i = 0; i < 32; i++) streams.push(createRandom(i), root.split(i), root.split(`${i}`), root.split(`a${i}`))
    const drawn = streams.map((stream) => draw(stream, 2000))
    const limit = 5.5 / Math.sqrt(12 * 12 * 2000)
    for (let i = 0; i < drawn.length; i++) {
      for (let j = 0; j < i; j++) {
        let covariance = 0
        for (let k = 0; k < 2000; k++) covariance += (drawn[i]![k]! - 0.5) * (drawn[j]![k]! - 0.5)
        expect(Math.abs(covariance / 2000)).toBeLessThan(limit)
      }
    }
    expect(new Set(drawn.map((values) => values[0])).size).toBe(drawn.length)
  })

  it('the first numbers of many splits are themselves uniform', () => {
    const root = createRandom(1)
    const counts = new Float64Array(200)
    for (let i = 0; i < 100_000; i++) counts[Math.floor(root.split(i).next() * 200)]!++
    expect(chiSquare(counts)).toBeLessThan(unlikely(199))
  })

  it('labels do not run together: "ab" then "c" is not "a" then "bc"', () => {
    const root = createRandom(1)
    expect(root.split('ab').split('c').next()).not.toBe(root.split('a').split('bc').next())
    expect(root.split('ab').next()).not.toBe(root.split('a').split('b').next())
  })
})
