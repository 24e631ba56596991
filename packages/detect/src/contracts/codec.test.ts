import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from './codec.ts'
import { TYPED_ARRAYS } from './codec-format.ts'
import { HeedfulError } from './errors.ts'
import { clonePlain, type Plain, type TypedArray } from './plain.ts'
import { xxhash32 } from './xxhash32.ts'

const typedArrays: fc.Arbitrary<TypedArray>[] = [
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
]
/** Every UTF-16 unit, so also lone surrogates. */
const text = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units))
const plain: fc.Arbitrary<Plain> = fc.letrec<{ any: Plain }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.constantFrom(-0, 127, 128, -1, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, Number.MAX_SAFE_INTEGER),
    text,
    fc.constantFrom('__proto__', 'constructor', '$a'),
    ...typedArrays,
    fc.array(tie('any'), { maxLength: 6 }),
    fc.array(fc.tuple(text, tie('any')), { maxLength: 6 }).map((entries) => new Map(entries)),
    fc
      .array(fc.tuple(fc.oneof(text, fc.constant('__proto__')), tie('any')), { maxLength: 6 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).any

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof HeedfulError) return error.code
    throw error
  }
}

describe('codec', () => {
  it('gives back what it was given, to the bit', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const back = decode(encode(value))
        expect(back).toStrictEqual(value)
        expect(encode(back)).toEqual(encode(value))
      }),
      { numRuns: 500 },
    )
  })

  it.each([Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 2 ** 53, -129])(
    'keeps %s',
    (number) => {
      expect(Object.is(decode(encode(number)), number)).toBe(true)
    },
  )

  it('keeps lone surrogates and text of every length around its thresholds', () => {
    for (const length of [0, 1, 31, 32, 127, 128, 8191, 8192, 8193, 20_000]) {
      for (const unit of ['a', 'é', '\ud800']) expect(decode(encode(unit.repeat(length)))).toBe(unit.repeat(length))
    }
  })

  it('reads typed arrays of their own from a view into a larger buffer', () => {
    const value = { whole: new Uint8Array([1, 2, 3]), real: new Float64Array([0.5]) }
    const bytes = encode(value)
    const larger = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(5)])
    expect(decode(larger.subarray(3, 3 + bytes.length))).toEqual(value)
  })

  it('keeps each kind of typed array, also a view into a larger buffer', () => {
    expect(typedArrays.length).toBe(TYPED_ARRAYS.length)
    const part = Float64Array.of(1, Number.NaN, -0, 4).subarray(1, 3)
    const back = decode(encode(part)) as Float64Array
    expect(back).toStrictEqual(Float64Array.of(Number.NaN, -0))
    expect(back.buffer.byteLength).toBe(16)
  })

  it('writes equal bytes for NaNs of other bits', () => {
    const bits = new Uint32Array([1, 0xfff80000])
    expect(encode(new Float64Array(bits.buffer))).toEqual(encode(Float64Array.of(Number.NaN)))
    expect(encode(new Float32Array(Uint32Array.of(0xffc00001).buffer))).toEqual(encode(Float32Array.of(Number.NaN)))
  })

  it('reads bytes at any place of a buffer', () => {
    const bytes = encode({ a: [1, 'two', Float64Array.of(3)] })
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decode(shifted.subarray(3))).toStrictEqual({ a: [1, 'two', Float64Array.of(3)] })
  })

  it('knows many shapes of records and keys without a prototype of their own', () => {
    const records = Array.from({ length: 300 }, (_, i) => ({ [`k${i % 50}`]: i, constructor: 'x', toString: null }))
    expect(decode(encode(records as unknown as Plain))).toStrictEqual(records)
    const hostile = decode(encode(JSON.parse('{"__proto__": {"polluted": 1}, "a": 2}')))
    expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype)
    expect(Object.keys(hostile as object)).toEqual(['__proto__', 'a'])
  })

  it('refuses what is not plain, naming the place', () => {
    const cases: [unknown, string][] = [
      [{ a: [1, undefined] }, 'state.a[1]'],
      [{ a: new Map([['k', () => 1]]) }, 'state.a.get("k")'],
      [[new Date(0)], 'state[0] is a Date'],
      [{ when: 1n }, 'state.when is bigint'],
      [{ view: new DataView(new ArrayBuffer(1)) }, 'state.view'],
      [new Map([[1, 1]]), 'state.get(1)'],
    ]
    for (const [value, place] of cases) {
      expect(() => encode(value as Plain)).toThrow(place)
      expect(codeOf(() => encode(value as Plain))).toBe('plain-unsupported')
    }
  })

  it('refuses depth without end, and works after refusing', () => {
    const loop: Plain[] = []
    loop.push(loop)
    expect(codeOf(() => encode(loop))).toBe('plain-too-deep')
    let deep: Plain = 1
    for (let i = 0; i < 128; i++) deep = [deep]
    expect(decode(encode(deep))).toStrictEqual(deep)
    expect(codeOf(() => encode([deep]))).toBe('plain-too-deep')
  })

  it('refuses foreign, cut, changed, newer and too large bytes, each with its code', () => {
    const bytes = encode({ text: 'hello', numbers: Float64Array.of(1, 2, 3) })
    expect(codeOf(() => decode(new Uint8Array(0)))).toBe('codec-foreign')
    expect(codeOf(() => decode(new TextEncoder().encode('{"text":"hello, this is JSON"}')))).toBe('codec-foreign')
    expect(codeOf(() => decode(bytes.subarray(0, bytes.length - 1)))).toBe('codec-damaged')
    expect(codeOf(() => decode(bytes, { maxBytes: 10 }))).toBe('codec-too-large')
    const newer = bytes.slice()
    newer[4] = 2
    expect(codeOf(() => decode(newer))).toBe('codec-version')
  })

  it('notices every flipped bit', () => {
    const bytes = encode({ text: 'hello', numbers: Float64Array.of(1, 2, 3), list: [null, -1, 'é'] })
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(codeOf(() => decode(damaged))).toMatch(/^codec-/)
    }
  })

  it('survives payloads that were made up under a right checksum', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, asTag) => {
        if (asTag && noise.length > 0) noise[0] = 0xc8 + ((noise[0] as number) % 5)
        const code = codeOf(() => decode(framed(noise)))
        expect(code === undefined || code === 'codec-damaged' || code === 'plain-too-deep').toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('allocates nothing for elements that are announced and not there', () => {
    const announced = [0xff, 0xff, 0xff, 0xff, 0x0f]
    for (const tag of [0xc6, 0xc7, 0xc8, 0xc9, 0xca])
      expect(codeOf(() => decode(framed([tag, ...announced])))).toBe('codec-damaged')
    expect(codeOf(() => decode(framed([0xcc, 8, ...announced])))).toBe('codec-damaged')
  })

  it('needs few bytes for many small records', () => {
    const records = Array.from({ length: 1000 }, (_, i) => ({ count: i % 100, lastSeen: 1.7e12 + i, place: 'DE' }))
    expect(encode(records).length).toBeLessThan(1000 * 14 + 100)
  })
})

/** The made-up payload in a sound frame. */
function framed(payload: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length)
  bytes.set(encode(null).subarray(0, 8))
  bytes.set(payload, 16)
  const view = new DataView(bytes.buffer)
  view.setUint32(8, payload.length, true)
  view.setUint32(12, xxhash32(bytes.subarray(16), (payload.length ^ 0x9e3779b1) >>> 0), true)
  return bytes
}

describe('xxhash32', () => {
  const bytes = (value: string) => new TextEncoder().encode(value)

  it('agrees with published vectors', () => {
    expect(xxhash32(bytes(''), 0)).toBe(0x02cc5d05)
    expect(xxhash32(bytes('a'), 0)).toBe(0x550d7456)
    expect(xxhash32(bytes('abc'), 0)).toBe(0x32d153ff)
    expect(xxhash32(bytes('Nobody inspects the spammish repetition'), 0)).toBe(0xe2293b2f)
  })
})

describe('clonePlain', () => {
  it('is equal and shares nothing', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(clonePlain(value)).toStrictEqual(value)
      }),
    )
    const original = { a: Float64Array.of(1), b: [[2]], c: new Map([['k', { d: 3 }]]) }
    const copy = clonePlain(original)
    copy.a[0] = 9
    copy.b[0]![0] = 9
    copy.c.get('k')!.d = 9
    expect(original).toStrictEqual({ a: Float64Array.of(1), b: [[2]], c: new Map([['k', { d: 3 }]]) })
  })
})
