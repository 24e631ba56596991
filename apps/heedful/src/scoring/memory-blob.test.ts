import type { Plain } from '@heedful/detect'
import { describe, expect, it } from 'vitest'
import { decodeMemory, encodeMemory } from './memory-blob.ts'
import { Turns } from './turns.ts'

const many = new Map(Array.from({ length: 300 }, (_, i) => [`user ${i}`, i]))
const value: Plain = {
  text: 'a',
  scores: Float64Array.of(1, Number.NaN, -0),
  inner: new Map<string, Plain>([
    ['constructor', { list: [1, 2, null], bytes: Uint8Array.of(1, 2) }],
    ['', new Map()],
  ]),
  many,
  empty: {},
}

describe('memory as bytes', () => {
  it('comes back as it was, and equal memory gives equal bytes', async () => {
    const bytes = await encodeMemory(value, new Turns())
    expect(decodeMemory(bytes)).toEqual(value)
    expect(Buffer.compare(await encodeMemory(structuredClone(value) as Plain, new Turns()), bytes)).toBe(0)
  })

  it('is refused when a byte changed or is missing', async () => {
    const bytes = await encodeMemory(value, new Turns())
    for (let i = 0; i < bytes.length; i += 7) {
      const damaged = Uint8Array.from(bytes)
      damaged[i] = (damaged[i] as number) ^ 0x55
      expect(() => decodeMemory(damaged)).toThrow()
    }
    expect(() => decodeMemory(bytes.subarray(0, -1))).toThrow()
    expect(() => decodeMemory(Buffer.concat([bytes, Buffer.of(0)]))).toThrow()
  })

  it('lets others speak while it is made', async () => {
    const large = new Map(Array.from({ length: 50 }, (_, i) => [`part ${i}`, new Float64Array(100_000).fill(i)]))
    let [longest, last] = [0, performance.now()]
    let turns = 0
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
      turns++
    }, 1)
    await encodeMemory(large, new Turns())
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
    expect(longest).toBeGreaterThan(0)
  })
})
