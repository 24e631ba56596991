/**
 * Numbers that fade need no 53 bits: rounded to 13, three and a half decimal digits, 16 bits hold each. They are rounded when
 * memory learns them, not when it is packed, so that it does not matter when that was.
 */

/** Codes 1 … 65,535 are the numbers from 2⁻⁵ to 2¹¹, in order; 0 is none. */
const LEAST = 1 / 32
const MOST = 2048
const scratch = new DataView(new ArrayBuffer(4))
/** Bits of a float32 that 13 significant bits leave empty. */
const EMPTY = 11
const OFFSET = (122 << 12) - 1
/** Veltkamp's splitting (Dekker 1971, "A floating-point technique for extending the available precision"): 53 − 40 bits. */
const SPLIT = 1_099_511_627_777

/** The nearest number of 13 bits, at least 2⁻⁵; 0 below. From 0 to 10²⁹⁰. */
export function coarse(x: number): number {
  if (x < LEAST) return 0
  const split = x * SPLIT
  return split - (split - x)
}

/** The 16 bits of a number that is 0 or coarse and below 2¹¹; −1 of any other. */
export function codeOf(x: number): number {
  if (Object.is(x, 0)) return 0
  if (!(x >= LEAST && x < MOST)) return -1
  scratch.setFloat32(0, x)
  if (scratch.getFloat32(0) !== x) return -1
  const bits = scratch.getUint32(0)
  return bits & ((1 << EMPTY) - 1) ? -1 : (bits >>> EMPTY) - OFFSET
}

export function ofCode(code: number): number {
  if (code === 0) return 0
  scratch.setUint32(0, (code + OFFSET) << EMPTY)
  return scratch.getFloat32(0)
}
