import type { Plain } from '@heedful/detect'
import { describe, expect, it } from 'vitest'
import { decodeMemory, encodeMemory } from './memory-blob.ts'
import { Turns } from './turns.ts'

const many = new Map(Array.from({ length: 9000 }, (_, i) => [`user ${i}`, i]))
const large = {
  ids: Array.from({ length: 5000 }, (_, i) => [i, `${i}`]),
  samples: new Float64Array(50_000).map((_, i) => i),
}
const value: Plain = {
  text: 'a',
  scores: Float64Array.of(1, Number.NaN, -0),
  inner: new Map<string, Plain>([
    ['constructor', { list: [1, 2, null], bytes: Uint8Array.of(1, 2) }],
    ['', new Map()],
  ]),
  many,
  groups: new Map<string, Plain>([
    ['a', 1],
    ['__proto__', large],
    ['b', many],
  ]),
  empty: {},
}

describe('memory as bytes', () => {
  it('comes back as it was, and equal memory gives equal bytes', async () => {
    const pieces = await encodeMemory(value, new Turns())
    expect(pieces.length).toBeGreaterThan(10)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(300_000)
    const bytes = Buffer.concat(pieces)
    expect(decodeMemory(bytes)).toEqual(value)
    expect(Buffer.concat(await encodeMemory(structuredClone(value) as Plain, new Turns())).equals(bytes)).toBe(true)
  })

  it('is refused when a byte changed or is missing', async () => {
    const bytes = Buffer.concat(await encodeMemory({ ...(value as object), many: 1, groups: 2 }, new Turns()))
    for (let i = 0; i < bytes.length; i += 7) {
      const damaged = Uint8Array.from(bytes)
      damaged[i] = (damaged[i] as number) ^ 0x55
      expect(() => decodeMemory(damaged)).toThrow()
    }
    expect(() => decodeMemory(bytes.subarray(0, -1))).toThrow()
    expect(() => decodeMemory(Buffer.concat([bytes, Buffer.of(0)]))).toThrow()
  })

  it('lets others speak after every piece that took long', async () => {
    let ends = 0
    class Impatient extends Turns {
      override get due(): boolean {
        return true
      }
      override async end(): Promise<void> {
        ends++
        await super.end()
      }
    }
    let heard = 0
    const timer = setImmediate(() => heard++)
    const parts = new Map(Array.from({ length: 50 }, (_, i) => [`part ${i}`, new Float64Array(30_000).fill(i)]))
    await encodeMemory(parts, new Impatient())
    clearImmediate(timer)
    expect(ends).toBe(50)
    expect(heard).toBe(1)
  })
})
