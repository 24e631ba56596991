/**
 * Which occurrence of an equal line a line is, counted within a door and in bounded memory. Equal lines carry the same
 * stamp, so they stand near each other: counts are kept for the present span of `SPAN` lines and the one before. Spans
 * follow the count of lines since the log's start, so after a restart the counts are rebuilt from the log's last lines
 * and are exactly what they were.
 */
export const SPAN = 131_072

/** 53 bits of a text's hash, as a number that a Map holds cheaply (two 32-bit multiply-xorshift lanes). */
export function hashLine(text: string, door: number): number {
  let a = Math.imul(0xdeadbeef ^ door, 2654435761)
  let b = Math.imul(0x41c6ce57 ^ door, 1597334677)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

export class Occurrences {
  private present = new Map<number, number>()
  private before = new Map<number, number>()
  private count: number

  /** `count`: lines since the log's start. */
  constructor(count = 0) {
    this.count = count
  }

  /** From which line on (counted from the log's start) the log has to be heard again to go on at line `count`. */
  static rebuildFrom(count: number): number {
    return Math.max(0, (Math.floor(count / SPAN) - 1) * SPAN)
  }

  /** The next line's occurrence number: 0 the first time. */
  next(text: string, door: number): number {
    if (this.count % SPAN === 0) {
      this.before = this.present
      this.present = new Map()
    }
    this.count++
    const hash = hashLine(text, door)
    const occurrence = this.present.get(hash) ?? this.before.get(hash) ?? 0
    this.present.set(hash, occurrence + 1)
    return occurrence
  }
}
