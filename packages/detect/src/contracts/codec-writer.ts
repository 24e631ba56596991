import { HEADER_BYTES, MAX_DEPTH, Tag, TYPED_ARRAYS } from './codec-format.ts'
import { HeedfulError } from './errors.ts'
import type { Plain, TypedArray } from './plain.ts'

/** Where records of the same keys in the same order meet: a tree of keys, so finding a shape compares no lists. */
type ShapeNode = { shape: number; readonly next: Map<string, ShapeNode> }

type PlainRecord = { readonly [key: string]: Plain }

/** Scratch that survives between calls up to this size: small values are encoded without allocating. */
const KEPT_BYTES = 1 << 20
const MAX_BYTES = 0xffff_ffff

const kindOf = new Map<unknown, number>(TYPED_ARRAYS.map((TypedArrayOf, kind) => [TypedArrayOf, kind]))

/** Writes one value's payload, leaving room for the header before it. */
export class Writer {
  private bytes = new Uint8Array(4096)
  private view = new DataView(this.bytes.buffer)
  private at = HEADER_BYTES
  private root: ShapeNode = { shape: -1, next: new Map() }
  private shapes = 0

  /** The header's room and the payload, in a buffer of its own. */
  write(value: Plain): Uint8Array {
    this.at = HEADER_BYTES
    this.root = { shape: -1, next: new Map() }
    this.shapes = 0
    try {
      this.value(value, 0)
      return this.bytes.slice(0, this.at)
    } finally {
      if (this.bytes.length > KEPT_BYTES) this.resize(4096)
    }
  }

  private resize(length: number): void {
    const kept = this.bytes
    this.bytes = new Uint8Array(length)
    this.view = new DataView(this.bytes.buffer)
    this.bytes.set(kept.subarray(0, Math.min(this.at, length)))
  }

  private reserve(more: number): void {
    const needed = this.at + more
    if (needed <= this.bytes.length) return
    if (needed > MAX_BYTES)
      throw new HeedfulError('codec-too-large', `one value of more than ${MAX_BYTES} bytes; save it in parts`)
    this.resize(Math.min(MAX_BYTES, Math.max(needed, this.bytes.length * 2)))
  }

  private value(value: Plain, depth: number): void {
    this.reserve(16)
    switch (typeof value) {
      case 'number':
        this.number(value)
        break
      case 'string':
        this.text(value)
        break
      case 'boolean':
        this.bytes[this.at++] = value ? Tag.TRUE : Tag.FALSE
        break
      case 'object':
        if (value === null) this.bytes[this.at++] = Tag.NULL
        else this.object(value, depth)
        break
      default:
        throw unsupported(value)
    }
  }

  private object(value: Exclude<Plain, null | number | string | boolean>, depth: number): void {
    if (depth >= MAX_DEPTH) {
      throw new HeedfulError('plain-too-deep', `nested deeper than ${MAX_DEPTH} (or within itself); flatten the state`)
    }
    const prototype = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null) this.record(value as PlainRecord, depth)
    else if (Array.isArray(value)) this.array(value, depth)
    else if (ArrayBuffer.isView(value)) this.typedArray(value as TypedArray)
    else if (value instanceof Map) this.map(value, depth)
    else throw unsupported(value)
  }

  private number(value: number): void {
    if ((value | 0) === value && !Object.is(value, -0)) this.int(value)
    else if (Number.isNaN(value)) this.bytes[this.at++] = Tag.NAN
    else {
      this.bytes[this.at++] = Tag.FLOAT64
      this.view.setFloat64(this.at, value, true)
      this.at += 8
    }
  }

  private int(value: number): void {
    if (value >= 0 && value < Tag.SHORT_TEXT) this.bytes[this.at++] = value
    else {
      this.bytes[this.at++] = Tag.INT
      this.varint(((value << 1) ^ (value >> 31)) >>> 0)
    }
  }

  private varint(value: number): void {
    let rest = value
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.at++] = rest
  }

  private text(value: string): void {
    const length = value.length
    this.reserve(length * 2 + 16)
    const start = this.at
    if (length < 32) this.bytes[this.at++] = Tag.SHORT_TEXT + length
    else {
      this.bytes[this.at++] = Tag.TEXT
      this.varint(length)
    }
    if (this.narrowText(value)) return
    this.at = start
    this.wideText(value)
  }

  /** Writes characters below 128; false where there is another one. */
  private narrowText(value: string): boolean {
    const bytes = this.bytes
    const from = this.at
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      if (code > 127) return false
      bytes[from + i] = code
    }
    this.at = from + value.length
    return true
  }

  private wideText(value: string): void {
    this.bytes[this.at++] = Tag.WIDE_TEXT
    this.varint(value.length)
    for (let i = 0; i < value.length; i++, this.at += 2) this.view.setUint16(this.at, value.charCodeAt(i), true)
  }

  private array(values: readonly Plain[], depth: number): void {
    this.bytes[this.at++] = Tag.ARRAY
    this.varint(values.length)
    for (let i = 0; i < values.length; i++) this.value(values[i] as Plain, depth + 1)
  }

  private map(values: ReadonlyMap<string, Plain>, depth: number): void {
    this.bytes[this.at++] = Tag.MAP
    this.varint(values.size)
    for (const [key, value] of values) {
      if (typeof key !== 'string') throw unsupported(key)
      this.text(key)
      this.value(value, depth + 1)
    }
  }

  private record(value: PlainRecord, depth: number): void {
    const keys = Object.keys(value)
    this.shape(keys)
    for (let i = 0; i < keys.length; i++) this.value(value[keys[i] as string] as Plain, depth + 1)
  }

  private shape(keys: readonly string[]): void {
    let node = this.root
    for (const key of keys) {
      let next = node.next.get(key)
      if (!next) {
        next = { shape: -1, next: new Map() }
        node.next.set(key, next)
      }
      node = next
    }
    if (node.shape >= 0) this.knownShape(node.shape)
    else {
      node.shape = this.shapes++
      this.bytes[this.at++] = Tag.NEW_SHAPE
      this.varint(keys.length)
      for (const key of keys) this.text(key)
    }
  }

  private knownShape(shape: number): void {
    if (shape < 32) this.bytes[this.at++] = Tag.NEAR_SHAPE + shape
    else {
      this.bytes[this.at++] = Tag.FAR_SHAPE
      this.varint(shape)
    }
  }

  private typedArray(value: TypedArray): void {
    const kind = kindOf.get(value.constructor)
    if (kind === undefined) throw unsupported(value)
    this.reserve(value.byteLength + 16)
    this.bytes[this.at++] = Tag.TYPED_ARRAY
    this.bytes[this.at++] = kind
    this.varint(value.length)
    this.bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), this.at)
    if (value instanceof Float64Array) this.canonicalNaNs(value, 8)
    else if (value instanceof Float32Array) this.canonicalNaNs(value, 4)
    this.at += value.byteLength
  }

  /** The bits of a NaN depend on how the engine computed it; equal states must give equal bytes. */
  private canonicalNaNs(values: Float32Array | Float64Array, size: 4 | 8): void {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isNaN(values[i])) continue
      const at = this.at + i * size
      if (size === 8) this.view.setUint32(at, 0, true)
      this.view.setUint32(at + size - 4, size === 8 ? 0x7ff80000 : 0x7fc00000, true)
    }
  }
}

function unsupported(value: unknown): HeedfulError {
  const what = typeof value === 'object' && value !== null ? (value.constructor?.name ?? 'object') : typeof value
  return new HeedfulError('plain-unsupported', `a value of type ${what} is not plain data`)
}
