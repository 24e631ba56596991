import { MAX_DEPTH, Tag, TYPED_ARRAYS } from './codec-format.ts'
import { HeedfulError } from './errors.ts'
import type { Plain } from './plain.ts'

type Shape = { readonly keys: readonly string[]; readonly plainKeys: boolean }

/** `String.fromCharCode` takes its characters as arguments, and those are on the stack. */
const CHARACTERS_A_CALL = 8192

/** Reads the payload of one value. Every count is checked against the bytes that are left before anything is allocated. */
export class Reader {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 0
  private readonly shapes: Shape[] = []

  constructor(payload: Uint8Array) {
    this.bytes = payload
    this.view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  }

  /** The one value of the payload; bytes after it are damage. */
  read(): Plain {
    const value = this.value(0)
    if (this.at !== this.bytes.length) throw this.damaged('bytes after the end of the value')
    return value
  }

  private damaged(what: string): HeedfulError {
    return new HeedfulError('codec-damaged', `byte ${this.at} of the payload: ${what}; take an older copy`)
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw this.damaged('the value ends too early')
    return this.bytes[this.at++] as number
  }

  private varint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      if (shift === 28 && byte > 15) break
      value = (value | ((byte & 127) << shift)) >>> 0
      if (byte < 128) return value
    }
    throw this.damaged('a count of more than 32 bits')
  }

  /** A count of things of at least `size` bytes each that must still follow. */
  private count(size: number): number {
    const count = this.varint()
    if (count * size > this.bytes.length - this.at) throw this.damaged(`${count} elements are announced, but not there`)
    return count
  }

  private value(depth: number): Plain {
    const tag = this.byte()
    if (tag < Tag.SHORT_TEXT) return tag
    if (tag < Tag.NEAR_SHAPE) return this.text(tag - Tag.SHORT_TEXT)
    if (tag < Tag.NULL) return this.record(tag - Tag.NEAR_SHAPE, depth)
    return this.tagged(tag, depth)
  }

  private tagged(tag: number, depth: number): Plain {
    switch (tag) {
      case Tag.NULL:
        return null
      case Tag.FALSE:
        return false
      case Tag.TRUE:
        return true
      case Tag.NAN:
        return Number.NaN
      case Tag.FLOAT64:
        return this.float64()
      case Tag.INT: {
        const zigzag = this.varint()
        return (zigzag >>> 1) ^ -(zigzag & 1)
      }
      case Tag.TEXT:
        return this.text(this.count(1))
      case Tag.WIDE_TEXT:
        return this.wideText(this.count(2))
      case Tag.ARRAY:
        return this.array(this.count(1), depth)
      case Tag.MAP:
        return this.map(this.count(2), depth)
      case Tag.NEW_SHAPE:
        return this.record(this.newShape(), depth)
      case Tag.FAR_SHAPE:
        return this.record(this.varint(), depth)
      case Tag.TYPED_ARRAY:
        return this.typedArray()
      default:
        throw this.damaged(`unknown tag ${tag}`)
    }
  }

  private float64(): number {
    if (this.at + 8 > this.bytes.length) throw this.damaged('the value ends too early')
    const value = this.view.getFloat64(this.at, true)
    this.at += 8
    return value
  }

  private text(length: number): string {
    const end = this.at + length
    if (end > this.bytes.length) throw this.damaged('a text ends too early')
    let text = ''
    while (this.at < end) {
      const to = Math.min(end, this.at + CHARACTERS_A_CALL)
      text += String.fromCharCode.apply(null, this.bytes.subarray(this.at, to) as unknown as number[])
      this.at = to
    }
    return text
  }

  private wideText(units: number): string {
    const parts: string[] = []
    for (let left = units; left > 0; ) {
      const codes = new Array<number>(Math.min(left, CHARACTERS_A_CALL))
      for (let i = 0; i < codes.length; i++, this.at += 2) codes[i] = this.view.getUint16(this.at, true)
      parts.push(String.fromCharCode.apply(null, codes))
      left -= codes.length
    }
    return parts.join('')
  }

  /** A text where only a text may stand. */
  private key(): string {
    const value = this.value(MAX_DEPTH)
    if (typeof value !== 'string') throw this.damaged('a key that is no text')
    return value
  }

  private deeper(depth: number): number {
    if (depth >= MAX_DEPTH)
      throw new HeedfulError('plain-too-deep', `nested deeper than ${MAX_DEPTH}; not written by this codec`)
    return depth + 1
  }

  private array(count: number, depth: number): Plain[] {
    const inner = this.deeper(depth)
    const values: Plain[] = []
    for (let i = 0; i < count; i++) values.push(this.value(inner))
    return values
  }

  private map(count: number, depth: number): Map<string, Plain> {
    const inner = this.deeper(depth)
    const values = new Map<string, Plain>()
    for (let i = 0; i < count; i++) values.set(this.key(), this.value(inner))
    if (values.size !== count) throw this.damaged('a key that stands twice')
    return values
  }

  private newShape(): number {
    const count = this.count(1)
    const keys: string[] = []
    for (let i = 0; i < count; i++) keys.push(this.key())
    if (new Set(keys).size !== count) throw this.damaged('a key that stands twice')
    return this.shapes.push({ keys, plainKeys: !keys.includes('__proto__') }) - 1
  }

  private record(number: number, depth: number): Plain {
    const inner = this.deeper(depth)
    const shape = this.shapes[number]
    if (!shape) throw this.damaged(`shape ${number} is not known`)
    const record: { [key: string]: Plain } = {}
    const { keys } = shape
    if (shape.plainKeys) for (let i = 0; i < keys.length; i++) record[keys[i] as string] = this.value(inner)
    else for (const key of keys) own(record, key, this.value(inner))
    return record
  }

  private typedArray(): Plain {
    const TypedArrayOf = TYPED_ARRAYS[this.byte()]
    if (!TypedArrayOf) throw this.damaged('an unknown kind of typed array')
    const count = this.count(TypedArrayOf.BYTES_PER_ELEMENT)
    const from = this.at
    this.at += count * TypedArrayOf.BYTES_PER_ELEMENT
    // Not `bytes.slice`: a Buffer answers with a view of all its memory.
    return new TypedArrayOf(Uint8Array.prototype.slice.call(this.bytes, from, this.at).buffer)
  }
}

/** `record.__proto__ = …` would set the prototype; this makes it a property like any other. */
function own(record: { [key: string]: Plain }, key: string, value: Plain): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true })
}
