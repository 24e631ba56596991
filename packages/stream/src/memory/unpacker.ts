/** Reads what `packer` wrote, from wherever it stands. Changes nothing. */
import { ofCode } from './coarse.ts'
import { readLetters, SMALL, Tag, WIDE, WRITTEN_OUT } from './packed-form.ts'
import type { Texts } from './texts.ts'

type Members = { [key: string]: unknown }

/** Of one number at a time, as the bytes that are read stand anywhere. */
const scratch = new DataView(new ArrayBuffer(8))

export class Unpacker {
  private readonly texts: Texts
  private readonly shapes: readonly string[][]
  private bytes = new Uint8Array(0)
  private at = 0

  constructor(texts: Texts, shapes: readonly string[][]) {
    this.texts = texts
    this.shapes = shapes
  }

  unpack(from: Uint8Array, start: number): unknown {
    this.bytes = from as Uint8Array<ArrayBuffer>
    this.at = start
    return this.read()
  }

  /** The number that a packed list begins with. */
  firstOf(from: Uint8Array, start: number): number {
    this.bytes = from as Uint8Array<ArrayBuffer>
    this.at = start + 1
    this.readWhole()
    return this.read() as number
  }

  private readByte(): number {
    return this.bytes[this.at++] as number
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
    const low = this.readByte()
    return ofCode(low | (this.readByte() << 8))
  }

  private take(count: number): void {
    for (let i = 0; i < count; i++) scratch.setUint8(i, this.readByte())
  }

  private readFloat32(): number {
    this.take(4)
    return scratch.getFloat32(0, true)
  }

  private readFloat64(): number {
    this.take(8)
    return scratch.getFloat64(0, true)
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
    const head = this.readWhole()
    if ((head & WRITTEN_OUT) === 0) return this.texts.read(head / 2)
    const narrow = (head & WIDE) === 0
    const length = Math.floor(head / 4)
    const text = readLetters(this.bytes, this.at, length, narrow)
    this.at += narrow ? length : 2 * length
    return text
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
