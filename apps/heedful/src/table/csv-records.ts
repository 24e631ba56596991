/** Bytes → records of fields (RFC 4180: quoted fields may hold separators, doubled quotes and line ends). */
import { CommandError } from '../errors.ts'

const QUOTE = 34
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const SEMICOLON = 59

/** Longest record that is read, in bytes. */
export const LONGEST_RECORD = 16 * 1024 * 1024
/** Most columns. */
export const MOST_COLUMNS = 100_000

/** The fields of one record, as places in `bytes`. Reused for the next record: read it, do not keep it. */
export class Fields {
  bytes: Uint8Array = new Uint8Array(0)
  from = new Int32Array(64)
  to = new Int32Array(64)
  /** 1: the field was quoted; 2: and quotes in it are doubled. */
  quoted = new Uint8Array(64)
  count = 0
  /** Of its first byte; 1 is the first line of the file. */
  line = 1
  /** Semicolons stand between fields because commas stand in numbers. */
  readonly decimalComma: boolean

  constructor(decimalComma = false) {
    this.decimalComma = decimalComma
  }

  add(from: number, to: number, quoted: number): void {
    if (this.count === this.from.length) this.grow()
    this.from[this.count] = from
    this.to[this.count] = to
    this.quoted[this.count++] = quoted
  }

  private grow(): void {
    const room = 2 * this.count
    const larger = <T extends Int32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old)
      return made
    }
    this.from = larger(this.from, new Int32Array(room))
    this.to = larger(this.to, new Int32Array(room))
    this.quoted = larger(this.quoted, new Uint8Array(room))
  }

  /** A field as text. */
  text(field: number): string {
    const { bytes } = this
    const part = Buffer.from(bytes.buffer, bytes.byteOffset + this.from[field]!, this.to[field]! - this.from[field]!)
    const text = part.toString('utf8')
    if (this.quoted[field] === 0) return text.trim()
    return this.quoted[field] === 2 ? text.replaceAll('""', '"') : text
  }
}

export class CsvRecords {
  readonly fields: Fields
  private readonly name: string
  private readonly separator: number
  /** What follows the last whole record. */
  private rest: Uint8Array = new Uint8Array(0)
  private line = 1

  /** @param name of the file, in messages. @param separator the byte between fields */
  constructor(name: string, separator: number) {
    this.name = name
    this.separator = separator
    this.fields = new Fields(separator === SEMICOLON)
  }

  /** Hands each record that `piece` completes to `take`, in `this.fields`; empty lines are passed over. */
  push(piece: Uint8Array, take: () => void): void {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece])
    let at = 0
    for (;;) {
      const next = this.cut(bytes, at, false)
      if (next < 0) break
      at = this.hand(bytes, at, next, take)
    }
    this.keep(bytes, at)
  }

  /** The last record, where no line end follows it. */
  end(take: () => void): void {
    const bytes = this.rest
    if (bytes.length === 0) return
    const next = this.cut(bytes, 0, true)
    if (next < 0) throw this.refuse(this.line, 'a quote is opened and never closed')
    this.hand(bytes, 0, next, take)
    this.rest = new Uint8Array(0)
  }

  private keep(bytes: Uint8Array, at: number): void {
    if (bytes.length - at > LONGEST_RECORD) {
      const longest = `${LONGEST_RECORD / 1024 / 1024} MiB`
      throw this.refuse(this.line, `its record is longer than ${longest}; perhaps a quote is never closed`)
    }
    // A copy: a view would keep the whole piece alive.
    this.rest = bytes.slice(at)
  }

  private hand(bytes: Uint8Array, at: number, next: number, take: () => void): number {
    const { fields } = this
    fields.line = this.line
    if (fields.count > 1 || fields.from[0]! < fields.to[0]! || fields.quoted[0] !== 0) take()
    for (let i = at; i < next; ) {
      const found = bytes.indexOf(LINE_FEED, i)
      if (found < 0 || found >= next) break
      this.line++
      i = found + 1
    }
    return next
  }

  refuse(line: number, why: string): CommandError {
    return new CommandError('table-invalid', `${this.name}: line ${line}: ${why}`, 'mend that line, or take it out')
  }

  /** Cuts the record at `at` into fields. @returns where the next one begins; −1 where the bytes end before it does. */
  private cut(bytes: Uint8Array, at: number, last: boolean): number {
    const { fields, separator } = this
    const { length } = bytes
    fields.bytes = bytes
    fields.count = 0
    if (at >= length) return -1
    let from = at
    for (;;) {
      if (bytes[from] === QUOTE) {
        const closed = this.closeQuote(bytes, from + 1, last)
        if (closed < 0) return -1
        from = closed
      } else {
        let to = from
        while (to < length && bytes[to] !== separator && bytes[to] !== LINE_FEED) to++
        if (to === length && !last) return -1
        const carriage = to > from && bytes[to - 1] === CARRIAGE_RETURN && bytes[to] !== separator ? 1 : 0
        fields.add(from, to - carriage, 0)
        from = to
      }
      if (fields.count > MOST_COLUMNS) throw this.refuse(this.line, `it has more than ${MOST_COLUMNS} fields`)
      if (from >= length) return length
      if (bytes[from++] === LINE_FEED) return from
    }
  }

  /** Adds the quoted field whose text begins at `from`. @returns the place of the separator or line end behind it. */
  private closeQuote(bytes: Uint8Array, from: number, last: boolean): number {
    const { length } = bytes
    let doubled = 1
    let at = from
    for (;;) {
      at = bytes.indexOf(QUOTE, at)
      if (at < 0 || (at + 1 >= length && !last)) return -1
      if (bytes[at + 1] !== QUOTE) break
      doubled = 2
      at += 2
    }
    this.fields.add(from, at, doubled)
    let behind = at + 1
    while (behind < length && (bytes[behind] === CARRIAGE_RETURN || bytes[behind] === 32)) behind++
    if (behind >= length) return last ? length : -1
    if (bytes[behind] === this.separator || bytes[behind] === LINE_FEED) return behind
    throw this.refuse(this.line, 'text follows a closing quote')
  }
}
