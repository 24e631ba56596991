/**
 * Memory at rest: plain data → few bytes and back, exactly. Texts and the names of properties are kept once for all; lists
 * of numbers in the narrowest form that holds them all. A packed memory is a text of letters below 256: a byte each, where
 * a small typed array of its own would cost 250 more.
 */
import { codeOf, ofCode } from './coarse.ts'
import { Texts, type TextsState } from './texts.ts'

export interface PackerState {
  texts: TextsState
  /** Names of properties, by number. */
  shapes: string[][]
}

/** Whole numbers from 0 stand for themselves below the first of these. */
const Tag = {
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
const SMALL = Tag.NULL

type Members = { [key: string]: unknown }

const isWhole = (x: number): boolean => Number.isSafeInteger(x) && x >= 0 && !Object.is(x, -0)
const isCoarse = (x: number): boolean => codeOf(x) >= 0
const isFloat32 = (x: number): boolean => Object.is(Math.fround(x), x)
const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number'

/** Written anew for every memory that is packed: nothing stays in it. */
let bytes = new Uint8Array(4096)
let view = new DataView(bytes.buffer)

export class Packer {
  private readonly texts: Texts
  private readonly shapes: string[][]
  private readonly shapeIds: Map<string, number>
  private at = 0
  /** Texts that are read are held as before. */
  private peeking = false

  constructor(saved?: PackerState) {
    this.texts = new Texts(saved?.texts)
    this.shapes = saved?.shapes ?? []
    this.shapeIds = new Map(this.shapes.map((keys, id) => [keys.join('\n'), id]))
  }

  /** Holds the texts in it until it is unpacked. Throws where `value` is not of numbers, texts, lists and plain objects. */
  pack(value: unknown): string {
    this.at = 0
    this.write(value)
    return letters(bytes, 0, this.at)
  }

  /** What was packed; its texts are held no longer, so each packed memory is unpacked once. */
  unpack(packed: string): unknown {
    this.at = 0
    this.reserve(packed.length)
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i)
    return this.read()
  }

  /** A copy of what was packed, which stays packed. */
  peek(packed: string): unknown {
    this.peeking = true
    try {
      return this.unpack(packed)
    } finally {
      this.peeking = false
    }
  }

  /** The number that a packed list begins with; it stays packed. */
  firstOf(packed: string): number {
    for (let i = 0; i < packed.length && i < 24; i++) bytes[i] = packed.charCodeAt(i)
    this.at = 2
    return this.read() as number
  }

  save(): PackerState {
    return { texts: this.texts.save(), shapes: this.shapes }
  }

  private reserve(more: number): void {
    if (this.at + more <= bytes.length) return
    const longer = new Uint8Array(2 * (this.at + more))
    longer.set(bytes)
    bytes = longer
    view = new DataView(bytes.buffer)
  }

  private write(value: unknown): void {
    this.reserve(16)
    if (typeof value === 'number') this.writeNumber(value)
    else if (typeof value === 'string') this.tagged(Tag.TEXT, this.texts.hold(value))
    else if (value === null) this.byte(Tag.NULL)
    else if (typeof value === 'boolean') this.byte(value ? Tag.TRUE : Tag.FALSE)
    else if (Array.isArray(value)) this.writeList(value)
    else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
      this.writeObject(value as Members)
    else
      throw new Error(
        `a memory holds ${Object.prototype.toString.call(value)}; keep numbers, texts, lists and plain objects`,
      )
  }

  private byte(byte: number): void {
    bytes[this.at++] = byte
  }

  /** Seven bits a byte; beyond 32 bits they are no longer shifted. */
  private whole(x: number): void {
    let rest = x
    for (; rest > 127; rest = Math.floor(rest / 128)) this.byte((rest % 128) + 128)
    this.byte(rest)
  }

  private tagged(tag: number, x: number): void {
    this.byte(tag)
    this.whole(x)
  }

  private writeNumber(x: number): void {
    if (isWhole(x)) {
      if (x < SMALL) this.byte(x)
      else this.tagged(Tag.WHOLE, x)
    } else if (isCoarse(x)) {
      this.byte(Tag.COARSE)
      this.writeCoarse(x)
    } else if (isFloat32(x)) {
      this.byte(Tag.FLOAT32)
      this.writeFloat32(x)
    } else {
      this.byte(Tag.FLOAT64)
      this.writeFloat64(x)
    }
  }

  private writeCoarse(x: number): void {
    view.setUint16(this.at, codeOf(x), true)
    this.at += 2
  }

  private writeFloat32(x: number): void {
    view.setFloat32(this.at, x, true)
    this.at += 4
  }

  private writeFloat64(x: number): void {
    view.setFloat64(this.at, x, true)
    this.at += 8
  }

  private writeObject(value: Members): void {
    const keys = Object.keys(value)
    const name = keys.join('\n')
    let shape = this.shapeIds.get(name)
    if (shape === undefined) {
      shape = this.shapes.push(keys) - 1
      this.shapeIds.set(name, shape)
    }
    this.tagged(Tag.OBJECT, shape)
    for (const key of keys) this.write(value[key])
  }

  private writeList(list: readonly unknown[]): void {
    this.reserve(8 * list.length + 16)
    if (list.length > 0 && list.every(isText)) {
      this.tagged(Tag.TEXTS, list.length)
      for (const text of list) this.whole(this.texts.hold(text as string))
    } else if (list.length > 0 && list.every(isNumber)) this.writeNumbers(list as number[])
    else {
      this.tagged(Tag.LIST, list.length)
      for (const value of list) this.write(value)
    }
  }

  private writeNumbers(list: readonly number[]): void {
    if (list.every(isWhole)) {
      // Hours and times lie near each other.
      const most = list.reduce((a, b) => Math.max(a, b))
      this.tagged(Tag.WHOLES, list.length)
      this.whole(most)
      for (const x of list) this.whole(most - x)
    } else if (list.every(isCoarse)) {
      this.tagged(Tag.COARSES, list.length)
      for (const x of list) this.writeCoarse(x)
    } else if (list.every(isFloat32)) {
      this.tagged(Tag.FLOATS32, list.length)
      for (const x of list) this.writeFloat32(x)
    } else {
      this.tagged(Tag.FLOATS64, list.length)
      for (const x of list) this.writeFloat64(x)
    }
  }

  private readByte(): number {
    return bytes[this.at++] as number
  }

  private readWhole(): number {
    let x = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.readByte()
      if (byte < 128) return x + byte * scale
      x += (byte - 128) * scale
    }
  }

  private readCoarse(): number {
    this.at += 2
    return ofCode(view.getUint16(this.at - 2, true))
  }

  private readFloat32(): number {
    this.at += 4
    return view.getFloat32(this.at - 4, true)
  }

  private readFloat64(): number {
    this.at += 8
    return view.getFloat64(this.at - 8, true)
  }

  private readMany<T>(read: () => T): T[] {
    const length = this.readWhole()
    const list: T[] = []
    for (let i = 0; i < length; i++) list.push(read())
    return list
  }

  private read(): unknown {
    const tag = this.readByte()
    if (tag < SMALL) return tag
    switch (tag) {
      case Tag.NULL:
        return null
      case Tag.FALSE:
        return false
      case Tag.TRUE:
        return true
      case Tag.WHOLE:
        return this.readWhole()
      case Tag.COARSE:
        return this.readCoarse()
      case Tag.FLOAT32:
        return this.readFloat32()
      case Tag.FLOAT64:
        return this.readFloat64()
      case Tag.TEXT:
        return this.readText()
      case Tag.OBJECT:
        return this.readObject()
      case Tag.LIST:
        return this.readMany(() => this.read())
      case Tag.TEXTS:
        return this.readMany(() => this.readText())
      case Tag.WHOLES:
        return this.readWholes()
      case Tag.COARSES:
        return this.readMany(() => this.readCoarse())
      case Tag.FLOATS32:
        return this.readMany(() => this.readFloat32())
      case Tag.FLOATS64:
        return this.readMany(() => this.readFloat64())
      default:
        throw new Error(`no packed memory begins with ${tag}: it was written by another build`)
    }
  }

  private readText(): string {
    const id = this.readWhole()
    return this.peeking ? this.texts.read(id) : this.texts.release(id)
  }

  private readWholes(): number[] {
    const length = this.readWhole()
    const most = this.readWhole()
    const list: number[] = []
    for (let i = 0; i < length; i++) list.push(most - this.readWhole())
    return list
  }

  private readObject(): Members {
    const value: Members = {}
    for (const key of this.shapes[this.readWhole()] as string[]) value[key] = this.read()
    return value
  }
}

/** Function arguments at a time. */
const AT_ONCE = 8192

/** Bytes as letters below 256. */
export function letters(from: Uint8Array, start: number, end: number): string {
  if (end - start <= AT_ONCE) return String.fromCharCode.apply(null, from.subarray(start, end) as unknown as number[])
  return letters(from, start, start + AT_ONCE) + letters(from, start + AT_ONCE, end)
}
