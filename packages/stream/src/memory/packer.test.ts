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

describe('a packed memory', () => {
  it('is the same when it is unpacked', () => {
    const packer = new Packer()
    fc.assert(
      fc.property(memory, (value) => {
        expect(packer.unpack(packer.pack(value))).toStrictEqual(value)
      }),
    )
  })

  it('is of letters below 256', () => {
    const packer = new Packer()
    fc.assert(
      fc.property(memory, (value) => {
        for (const letter of packer.pack(value)) expect(letter.charCodeAt(0)).toBeLessThan(256)
      }),
    )
  })

  it('says what it begins with', () => {
    const packer = new Packer()
    for (const first of [0, 1_771_804_841_733, 0.1, -5]) {
      const packed = packer.pack([first, 'text', []])
      expect(packer.firstOf(packed)).toBe(first)
      expect(packer.unpack(packed)).toEqual([first, 'text', []])
    }
  })

  it('goes on being readable when the packer was saved, and its numbers are given away again', () => {
    const packer = new Packer()
    const one = packer.pack(['a', 'b', { name: 'a' }])
    const other = packer.pack(['c', 'a'])
    packer.unpack(one)
    const again = new Packer(structuredClone(packer.save()))
    expect(again.unpack(again.pack(['d']))).toEqual(['d'])
    expect(again.unpack(other)).toEqual(['c', 'a'])
    expect(again.save().texts.held).toEqual(expect.not.arrayContaining([1]))
    expect(again.save().texts.texts.length).toBe(3)
  })

  it('refuses what it cannot hold', () => {
    for (const value of [undefined, new Map(), new Uint8Array(1), () => 0, new (class {})()])
      expect(() => new Packer().pack([value])).toThrow('a memory holds')
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
