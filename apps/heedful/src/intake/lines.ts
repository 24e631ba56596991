/** Bytes → lines. Bounded whatever comes: a line without an end, NUL, bytes that are no UTF-8. */
import { isUtf8 } from 'node:buffer'
import type { Bytes } from './bytes.ts'

/** Longest line that is read, in bytes. */
export const LONGEST_LINE = 1024 * 1024
/** What is kept of a longer one, so that a person recognises it. */
const KEPT_OF_LONGER = 1024

export interface Line {
  /** Without its line end (LF or CRLF). */
  text: string
  /** 1 for the first of the file. */
  number: number
  /** Offset in the unpacked bytes behind its line end: where reading goes on after it. */
  end: number
  /** Bytes that were no UTF-8 stand as U+FFFD. */
  damaged: boolean
  /** Its length in bytes where it is longer than is read; `text` is its beginning. */
  tooLong?: number
  /** The file ended without a line end. */
  unfinished?: boolean
}

const BYTE_ORDER_MARK = '\uFEFF'

/** Cuts pieces into lines; `offset` and `number` say where in the file it begins. */
export class LineCutter {
  private pieces: Buffer[] = []
  private held = 0
  /** Bytes of the present line so far, also those that were dropped. */
  private length = 0
  private offset: number
  private number: number

  constructor(offset = 0, number = 0) {
    this.offset = offset
    this.number = number
  }

  /** The lines that `piece` completes. */
  cut(piece: Buffer): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      lines.push(this.finish(piece.subarray(from, at), 1))
      from = at + 1
    }
    if (from < piece.length) this.hold(piece.subarray(from))
    return lines
  }

  /** The last line where no line end follows it. */
  end(): Line | undefined {
    if (this.length === 0) return undefined
    return { ...this.finish(Buffer.alloc(0), 0), unfinished: true }
  }

  private hold(part: Buffer): void {
    this.length += part.length
    const room = LONGEST_LINE + 2 - this.held
    if (room <= 0) return
    // A copy: a view would keep the whole piece alive.
    const kept = Buffer.from(part.subarray(0, room))
    this.pieces.push(kept)
    this.held += kept.length
  }

  private finish(last: Buffer, lineEnd: number): Line {
    const length = this.length + last.length
    const bytes = this.pieces.length === 0 ? last : Buffer.concat([...this.pieces, last])
    this.pieces = []
    this.held = 0
    this.length = 0
    this.number++
    this.offset += length + lineEnd
    return this.read(bytes, length)
  }

  private read(bytes: Buffer, length: number): Line {
    const carriage = bytes.length === length && bytes[length - 1] === 13 ? 1 : 0
    const tooLong = length - carriage > LONGEST_LINE
    const kept = tooLong ? bytes.subarray(0, KEPT_OF_LONGER) : bytes.subarray(0, bytes.length - carriage)
    let text = kept.toString('utf8')
    if (this.number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1)
    const damaged = !tooLong && text.includes('\uFFFD') && !isUtf8(kept)
    const line: Line = { text, number: this.number, end: this.offset, damaged }
    return tooLong ? { ...line, tooLong: length - carriage } : line
  }
}

/** All lines of some bytes, a batch for each piece. */
export async function* readLines(bytes: Bytes, offset = 0, number = 0): AsyncGenerator<Line[]> {
  const cutter = new LineCutter(offset, number)
  for (let piece = await bytes.next(); piece !== undefined; piece = await bytes.next()) {
    const lines = cutter.cut(piece)
    if (lines.length > 0) yield lines
  }
  const last = cutter.end()
  if (last !== undefined) yield [last]
}
