/** Numbers straight from the bytes of a file: most cells of a table are short decimals, and need no text made of them. */

/** 10⁰ … 10²²: the powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
/** Digits that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const INFINITE = /^([+-]?)(?:inf|infinity)$/i

const POINT = 46
const COMMA = 44

const isBlank = (byte: number): boolean => byte === 32 || byte === 9

/**
 * The number that stands in `bytes` from `from` (inclusive) to `to` (exclusive), rounded as JavaScript rounds its text;
 * blanks around it are allowed. `undefined` where it is no decimal number; ±Infinity for `inf` and for what is too large.
 * A comma stands for the point where `comma` says so.
 *
 * A decimal of up to 15 digits times or over a power of ten up to 22 is one rounding of two exact doubles (Clinger, "How to
 * read floating point numbers accurately", PLDI 1990, section 4). All else goes the long way.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number, comma = false): number | undefined {
  const mark = comma ? COMMA : POINT
  let at = from
  while (at < to && isBlank(bytes[at]!)) at++
  let end = to
  while (end > at && isBlank(bytes[end - 1]!)) end--
  const sign = bytes[at] === 45 ? -1 : 1
  const first = at + (bytes[at] === 45 || bytes[at] === 43 ? 1 : 0)
  let mantissa = 0
  let digits = 0
  let fraction = 0
  let point = false
  for (at = first; at < end; at++) {
    const byte = bytes[at]!
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48)
      digits++
      if (point) fraction++
    } else if ((byte === POINT || byte === mark) && !point) point = true
    else break
  }
  if (at !== end || digits === 0 || digits > EXACT_DIGITS) return parseText(bytes, from, to, comma)
  return sign * (fraction === 0 ? mantissa : mantissa / POWERS[fraction]!)
}

/** Long numbers, exponents, infinities, and what is no number. */
function parseText(bytes: Uint8Array, from: number, to: number, comma: boolean): number | undefined {
  if (to - from > 400) return undefined
  let text = ''
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!)
  const trimmed = comma ? text.trim().replace(',', '.') : text.trim()
  if (DECIMAL.test(trimmed)) return Number(trimmed)
  const infinite = INFINITE.exec(trimmed)
  if (infinite === null) return undefined
  return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** How files write that nothing is known, in lower case. Beside them: an empty field. */
const MISSING: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '<na>', '#n/a'])
const LONGEST_MISSING = Math.max(...[...MISSING].map(({ length }) => length))

/** Whether the field says that its value is missing. */
export function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true
  const first = bytes[from]! | 32
  // Nearly every field begins with a digit, a sign or a point: 48–57, 43, 45, 46.
  if (first >= 43 && first <= 57) return false
  if (to - from > LONGEST_MISSING + 8) return false
  let text = ''
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!)
  return MISSING.has(text.trim().toLowerCase())
}
