/**
 * Memory at rest: plain data → few bytes and back, exactly. Texts that many hold and the names of properties are kept once
 * for all; lists of numbers in the narrowest form that holds them all.
 */
import { codeOf } from './coarse.ts'
import { isNarrow, SMALL, Tag, WIDE, WRITTEN_OUT, writeLetters } from './packed-form.ts'
import { Texts, type TextsState } from './texts.ts'
import { Unpacker } from './unpacker.ts'

export interface PackerState {
  texts: TextsState
  /** Names of properties, by number. */
  shapes: string[][]
}

type Members = { [key: string]: unknown }

const isWhole = (x: number): boolean => Number.isSafeInteger(x) && x >= 0 && !Object.is(x, -0)
const isCoarse = (x: number): boolean => codeOf(x) >= 0
const isFloat32 = (x: number): boolean => Object.is(Math.fround(x), x)
const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number'

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Written anew for every memory that is packed: nothing stays in it. */
let bytes = new Uint8Array(4096)
let view = new DataView(bytes.buffer)

export class Packer {
  private readonly texts: Texts
  private readonly shapes: string[][]
  /** Numbers of shapes by their first name: few begin alike, and comparing them takes less than joining their names. */
  private readonly shapeIds = new Map<string | undefined, number[]>()
  private readonly unpacker: Unpacker
  private at = 0
  private holder = 0

  constructor(saved?: PackerState) {
    this.texts = new Texts(saved?.texts)
    this.shapes = saved?.shapes ?? []
    this.shapes.forEach((keys, id) => {
      this.noteShape(keys, id)
    })
    this.unpacker = new Unpacker(this.texts, this.shapes)
  }

  /**
   * The bytes are to be copied before the next is packed. `holder`: a number that tells entities apart. Throws where `value`
   * is not of numbers, texts, lists and plain objects.
   */
  pack(value: unknown, holder: number): Uint8Array {
    this.at = 0
    this.holder = holder
    this.write(value)
    return bytes.subarray(0, this.at)
  }

  /** What was packed from `start` on. */
  unpack(from: Uint8Array, start: number): unknown {
    return this.unpacker.unpack(from, start)
  }

  /** The number that a packed list begins with. */
  firstOf(from: Uint8Array, start: number): number {
    return this.unpacker.firstOf(from, start)
  }

  /** What is packed later may have more texts and shapes; those that are known keep their numbers. */
  save(): PackerState {
    return { texts: this.texts.save(), shapes: this.shapes.slice() }
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
    else if (typeof value === 'string') {
      this.byte(Tag.TEXT)
      this.writeText(value)
    } else if (value === null) this.byte(Tag.NULL)
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

  private writeText(text: string): void {
    this.reserve(2 * text.length + 16)
    const number = this.texts.numberOf(text, this.holder)
    if (number >= 0) return this.whole(2 * number)
    const narrow = isNarrow(text)
    this.whole(4 * text.length + (narrow ? 0 : WIDE) + WRITTEN_OUT)
    this.at = writeLetters(text, narrow, bytes, this.at)
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
    this.tagged(Tag.OBJECT, this.shapeOf(keys))
    for (const key of keys) this.write(value[key])
  }

  private shapeOf(keys: string[]): number {
    for (const id of this.shapeIds.get(keys[0]) ?? []) if (isSame(this.shapes[id] as string[], keys)) return id
    const id = this.shapes.push(keys) - 1
    this.noteShape(keys, id)
    return id
  }

  private noteShape(keys: readonly string[], id: number): void {
    this.shapeIds.set(keys[0], [...(this.shapeIds.get(keys[0]) ?? []), id])
  }

  private writeList(list: readonly unknown[]): void {
    this.reserve(8 * list.length + 16)
    if (list.length > 0 && list.every(isText)) {
      this.tagged(Tag.TEXTS, list.length)
      for (const text of list) this.writeText(text as string)
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
}
