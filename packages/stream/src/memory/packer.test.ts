import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarse, codeOf, ofCode } from './coarse.ts'
import { Packer } from './packer.ts'

const number = fc.oneof(
  fc.double(),
  fc.maxSafeNat(),
  fc.float(),
  fc.double({ min: 0, max: 3000, noNaN: true }).map(coarse),
  fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, -1, 0xdf, 0xe0, 127, 128, 2 ** 32, 2 ** 53),
)
const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '\ud800', 'ÿĀ', ''))
const numbers = fc.oneof(fc.array(fc.maxSafeNat()), fc.array(fc.float()), fc.array(number))
const memory = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    number,
    text,
    fc.boolean(),
    fc.constant(null),
    numbers,
    fc.array(text),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any')),
  object: fc.record({ value: tie('any'), other: tie('any') }, { noNullPrototype: true }),
})).any

/** Copied out, as the next one is packed into the same bytes. */
const pack = (packer: Packer, value: unknown, holder = 0) => packer.pack(value, holder).slice()

describe('a packed memory', () => {
  it('is the same when it is unpacked, wherever it stands', () => {
    const packer = new Packer()
    fc.assert(
      fc.property(memory, fc.nat({ max: 9 }), (value, start) => {
        const packed = pack(packer, value)
        const among = new Uint8Array(start + packed.length + 3).fill(255)
        among.set(packed, start)
        expect(packer.unpack(among, start)).toStrictEqual(value)
      }),
    )
  })

  it('says what it begins with', () => {
    const packer = new Packer()
    for (const first of [0, 1_771_804_841_733, 0.1, -5]) {
      const packed = pack(packer, [first, 'text', []])
      expect(packer.firstOf(packed, 0)).toBe(first)
      expect(packer.unpack(packed, 0)).toEqual([first, 'text', []])
    }
  })

  it('keeps a text once that many hold, and the own ones of each where they are', () => {
    const packer = new Packer()
    const memoryOf = (holder: number) => ['Firefox on Linux', `home of ${holder}`]
    const packed = Array.from({ length: 60 }, (_, holder) => pack(packer, memoryOf(holder), holder))
    expect(packer.save().texts.texts).toEqual(['Firefox on Linux'])
    expect((packed[59] as Uint8Array).length).toBeLessThan((packed[0] as Uint8Array).length - 14)
    packed.forEach((bytes, holder) => {
      expect(packer.unpack(bytes, 0)).toEqual(memoryOf(holder))
    })
  })

  it('gives no number to what one entity alone holds, however often', () => {
    const packer = new Packer()
    for (let i = 0; i < 1000; i++) packer.pack(['a text'], 7)
    expect(packer.save().texts.texts).toEqual([])
  })

  it('goes on being readable when the packer was saved', () => {
    const packer = new Packer()
    for (let holder = 0; holder < 60; holder++) packer.pack(['shared', { name: 1 }], holder)
    const one = pack(packer, ['shared', { name: 'a' }])
    const again = new Packer(structuredClone(packer.save()))
    const later = pack(again, [{ other: 'shared' }])
    expect(again.unpack(one, 0)).toEqual(['shared', { name: 'a' }])
    expect(again.unpack(later, 0)).toEqual([{ other: 'shared' }])
    expect(() => new Packer().unpack(one, 0)).toThrow('no text has the number')
  })

  it('refuses what it cannot hold', () => {
    for (const value of [undefined, new Map(), new Uint8Array(1), () => 0, new (class {})()])
      expect(() => new Packer().pack([value], 0)).toThrow('a memory holds')
  })
})

describe('a coarse number', () => {
  it('is within 0.01 %, and 16 bits hold it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1 / 32, max: 2047, noNaN: true }), (x) => {
        expect(Math.abs(coarse(x) / x - 1)).toBeLessThan(1.3e-4)
        expect(ofCode(codeOf(coarse(x)))).toBe(coarse(x))
        expect(coarse(coarse(x))).toBe(coarse(x))
      }),
    )
  })

  it('has every code', () => {
    for (let code = 0; code < 65_536; code++) expect(codeOf(ofCode(code))).toBe(code)
  })
})
