/** Messages of Protocol Buffers, written: varints, doubles as raw bytes, and what has a length before it. */

const utf8 = (code: number): number[] => {
  if (code < 0x80) return [code]
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
}

/** Half of a pair alone is no character: U+FFFD stands for it, as everywhere in UTF-8. */
const isLone = (code: number): boolean => code >= 0xd800 && code < 0xe000

export function utf8Bytes(text: string): Uint8Array {
  const codes = Array.from(text, (character) => character.codePointAt(0) as number)
  return Uint8Array.from(codes.flatMap((code) => utf8(isLone(code) ? 0xfffd : code)))
}

/** A message while it is written; fields stand in the order in which they are added. */
export class Message {
  private buffer = new Uint8Array(64)
  private length = 0

  /** A whole number from 0. */
  int(field: number, value: number): this {
    this.varint(field * 8)
    this.varint(value)
    return this
  }

  /** Single precision. */
  float(field: number, value: number): this {
    this.varint(field * 8 + 5)
    this.room(4)
    new DataView(this.buffer.buffer).setFloat32(this.length, value, true)
    this.length += 4
    return this
  }

  text(field: number, text: string): this {
    return this.bytes(field, utf8Bytes(text))
  }

  message(field: number, message: Message): this {
    return this.bytes(field, message.finish())
  }

  bytes(field: number, bytes: Uint8Array): this {
    this.varint(field * 8 + 2)
    this.varint(bytes.length)
    this.room(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
    return this
  }

  /** Whole numbers from 0, packed. */
  ints(field: number, values: ArrayLike<number>): this {
    const packed = new Message()
    for (let i = 0; i < values.length; i++) packed.varint(values[i] as number)
    return this.bytes(field, packed.finish())
  }

  /** Numbers of single precision, packed. */
  floats(field: number, values: ArrayLike<number>): this {
    const packed = new DataView(new ArrayBuffer(4 * values.length))
    for (let i = 0; i < values.length; i++) packed.setFloat32(4 * i, values[i] as number, true)
    return this.bytes(field, new Uint8Array(packed.buffer))
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }

  private varint(value: number): void {
    this.room(10)
    let left = value
    for (; left > 127; left = Math.floor(left / 128)) this.buffer[this.length++] = 128 + (left % 128)
    this.buffer[this.length++] = left
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return
    const wider = new Uint8Array(2 * (this.length + bytes))
    wider.set(this.buffer.subarray(0, this.length))
    this.buffer = wider
  }
}
