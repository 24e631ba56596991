import { encode } from '../contracts/codec.ts'
import { HeedfulError } from '../contracts/errors.ts'
import type { Model } from '../contracts/model.ts'

/** Breaks the promise under check, saying why, unless `held`. */
export function must(held: boolean, why: () => string): void {
  if (!held) throw new HeedfulError('promise-broken', why())
}

/** Two lists of numbers are equal to the bit. */
export function mustEqual(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  must(found.length === expected.length, () => `${what}: ${found.length} values instead of ${expected.length}`)
  for (let i = 0; i < expected.length; i++) {
    must(Object.is(found[i], expected[i]), () => `${what}: value ${i} is ${found[i]} instead of ${expected[i]}`)
  }
}

/** All that a model would save, as bytes: equal bytes, equal models. */
export function bytesOf(model: Model): Uint8Array {
  return encode(model.save())
}

export function mustBeSame(a: Uint8Array, b: Uint8Array, what: string): void {
  const same = a.length === b.length && a.every((byte, i) => byte === b[i])
  must(same, () => `${what}: the saved models differ`)
}
