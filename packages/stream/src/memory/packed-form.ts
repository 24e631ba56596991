/** How packed memory is written: a byte says what follows. Whole numbers from 0 stand for themselves below the first of these. */
export const Tag = {
  NULL: 0xe0,
  FALSE: 0xe1,
  TRUE: 0xe2,
  WHOLE: 0xe3,
  COARSE: 0xe4,
  FLOAT32: 0xe5,
  FLOAT64: 0xe6,
  TEXT: 0xe7,
  OBJECT: 0xe8,
  LIST: 0xe9,
  TEXTS: 0xea,
  WHOLES: 0xeb,
  COARSES: 0xec,
  FLOATS32: 0xed,
  FLOATS64: 0xee,
} as const

export const SMALL = Tag.NULL

/** A text begins with its number in the dictionary, doubled; or with its length four times, and these. */
export const WRITTEN_OUT = 1
export const WIDE = 2

/** Function arguments at a time. */
const AT_ONCE = 8192

/** Bytes as letters below 256. */
export function letters(from: Uint8Array, start: number, end: number): string {
  if (end - start <= AT_ONCE) return String.fromCharCode.apply(null, from.subarray(start, end) as unknown as number[])
  return letters(from, start, start + AT_ONCE) + letters(from, start + AT_ONCE, end)
}

export function isNarrow(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false
  return true
}

/** Writes the letters of a text, one byte each where `narrow`, else two. @returns where they end */
export function writeLetters(text: string, narrow: boolean, to: Uint8Array, start: number): number {
  let at = start
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i)
    to[at++] = letter
    if (!narrow) to[at++] = letter >>> 8
  }
  return at
}

/** The text of letters that were written so. */
export function readLetters(from: Uint8Array, start: number, length: number, narrow: boolean): string {
  if (narrow) return letters(from, start, start + length)
  let text = ''
  for (let at = start; at < start + 2 * length; at += 2)
    text += String.fromCharCode((from[at] as number) | ((from[at + 1] as number) << 8))
  return text
}
