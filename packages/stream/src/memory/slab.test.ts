import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityType } from '../event.ts'
import { ENTITY_TYPES, EntityKeys, idAt } from './entity-key.ts'
import { Slab, type SlabState } from './slab.ts'

const keys = new EntityKeys('tenant')
const key = (type: EntityType, id: string) => keys.write(type, id, keys.hash(type, id))
const contentOf = (size: number, seed: number) => Uint8Array.from({ length: 1 + size }, (_, i) => (i * 31 + seed) & 255)

function read(slab: Slab, type: EntityType, id: string, length: number): Uint8Array | undefined {
  const packed = slab.find(key(type, id))
  return packed?.bytes.slice(packed.start, packed.start + length)
}

const bytesOf = ({ pieces }: SlabState) => Uint8Array.from(Buffer.concat(pieces))

const inOnePiece = (state: SlabState): SlabState => ({ ...state, pieces: [bytesOf(state)] })

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

const id = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', '', 'ÿ', 'Ā', '\ud800', '10.0.0.1', 'a'.repeat(300)),
  fc.nat({ max: 40 }).map((i) => `user ${i}`),
)
const step = fc.record({
  type: fc.constantFrom<EntityType>('user', 'address'),
  id,
  size: fc.oneof(fc.nat({ max: 200 }), fc.constant(3000)),
  seed: fc.nat({ max: 255 }),
  what: fc.constantFrom('put', 'put', 'put', 'remove', 'load', 'load from one piece'),
})

describe('a slab', () => {
  it('holds what a plain map holds, also when it was saved and loaded', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        let slab = new Slab(keys, 1.5)
        const twin = new Map<string, { type: EntityType; id: string; content: Uint8Array }>()
        for (const { type, id, size, seed, what } of steps) {
          const name = `${type}\n${id}`
          if (what === 'put') {
            slab.put(key(type, id), contentOf(size, seed))
            twin.set(name, { type, id, content: contentOf(size, seed) })
          } else if (what === 'remove') {
            slab.remove(key(type, id))
            twin.delete(name)
            expect(slab.find(key(type, id))).toBeUndefined()
          } else if (what === 'load') slab = new Slab(keys, 1.5, structuredClone(slab.save()))
          else slab = new Slab(keys, 1.5, inOnePiece(slab.save()))
        }
        for (const { type, id, content } of twin.values()) expect(read(slab, type, id, content.length)).toEqual(content)
        for (const type of ['user', 'address'] as const) {
          const own = [...twin.values()].filter((one) => one.type === type).map((one) => one.id)
          const number = ENTITY_TYPES.indexOf(type)
          expect([...slab.ofType(number)].map(({ record }) => idAt(record.bytes, record.start)).sort()).toEqual(
            own.sort(),
          )
          expect(slab.count(number)).toBe(own.length)
        }
      }),
    )
  })

  it('never changes what was saved of it, and a generation only grows', () => {
    const slab = new Slab(keys, 1.5)
    const saved: { state: SlabState; copy: Uint8Array }[] = []
    for (let i = 0; i < 3000; i++) {
      slab.put(key('user', `user ${i % 100}`), contentOf(i % 300, i))
      if (i % 7 === 0) slab.remove(key('user', `user ${i % 50}`))
      if (i % 50 === 0) saved.push({ state: slab.save(), copy: bytesOf(slab.save()) })
    }
    // Compared as a whole: a matcher asks about each byte by itself.
    for (const { state, copy } of saved) expect(isSame(bytesOf(state), copy)).toBe(true)
    saved.slice(1).forEach(({ state }, i) => {
      const before = (saved[i] as { state: SlabState }).state
      expect(state.generation).toBeGreaterThanOrEqual(before.generation)
      if (state.generation === before.generation)
        expect(isSame(bytesOf(state).subarray(0, bytesOf(before).length), bytesOf(before))).toBe(true)
    })
    expect(slab.generation).toBeGreaterThan(3)
  })

  it('holds memories that are longer than a piece, between others, also when it was saved in one piece', () => {
    let slab = new Slab(keys, 1.5)
    const sizes = [10, 262_000, 600_000, 20, 300_000, 262_130, 5, 100_000, 100_000, 100_000]
    for (const round of [0, 1, 2]) {
      sizes.forEach((size, i) => {
        slab.put(key('user', `user ${i}`), new Uint8Array(size).fill(i + round))
      })
      if (round > 0) slab = new Slab(keys, 1.5, inOnePiece(slab.save()))
      sizes.forEach((size, i) => {
        const found = read(slab, 'user', `user ${i}`, size) as Uint8Array
        expect(isSame(found, new Uint8Array(size).fill(i + round))).toBe(true)
      })
    }
    expect(slab.generation).toBeGreaterThan(0)
    expect([...slab.ofType(0)]).toHaveLength(sizes.length)
  })

  it('takes at most so much room as it was given', () => {
    const slab = new Slab(keys, 1.5)
    for (let i = 0; i < 20_000; i++) slab.put(key('user', `user ${i % 1000}`), contentOf(200, i))
    const live = [...slab.ofType(0)].reduce((sum, { bytes }) => sum + bytes, 0)
    expect(bytesOf(slab.save()).length).toBeLessThan(1.5 * live + 20_000)
  })
})
