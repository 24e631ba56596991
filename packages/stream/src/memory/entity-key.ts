/** Whose memory it is, as bytes that stand before the memory, and as a hash that says where it is kept. */
import type { EntityType } from '../event.ts'
import { isNarrow, readLetters, writeLetters } from './packed-form.ts'

/** In this order everywhere; a type's place is the number that its keys carry. */
export const ENTITY_TYPES = ['user', 'host', 'address', 'network', 'organisation'] as const satisfies EntityType[]

/** Of a key's first byte, beside the type. */
const WIDE = 0x10
const TYPE = 0x0f

/** FNV-1a, 32 bits: of one letter more. */
const fold = (hash: number, letter: number): number => Math.imul(hash ^ letter, 0x01000193)

function foldText(hash: number, text: string): number {
  let folded = hash
  for (let i = 0; i < text.length; i++) folded = fold(folded, text.charCodeAt(i))
  return folded
}

const startOf = (tenant: string, type: EntityType): number => foldText(0x811c9dc5, `${tenant}\n${type}\n`)

/** A key that was written: the type and whether letters are wide, their number, the letters. */
export interface WrittenKey {
  /** Its bytes are the first `length` ones, until the next key is written. */
  readonly bytes: Uint8Array
  readonly length: number
  readonly hash: number
}

/** The keys of one tenant. */
export class EntityKeys {
  private readonly starts: readonly number[]
  private readonly key = { bytes: new Uint8Array(256), length: 0, hash: 0 }

  constructor(tenant: string) {
    this.starts = ENTITY_TYPES.map((type) => startOf(tenant, type))
  }

  /** Stable over processes and machines (FNV-1a, 32 bits): which part and which shard own an entity. */
  hash(type: EntityType, id: string): number {
    return foldText(this.starts[ENTITY_TYPES.indexOf(type)] as number, id) >>> 0
  }

  /** `hash`: as above. */
  write(type: EntityType, id: string, hash: number): WrittenKey {
    const { key } = this
    if (key.bytes.length < 2 * id.length + 8) key.bytes = new Uint8Array(4 * id.length)
    const narrow = isNarrow(id)
    key.bytes[0] = ENTITY_TYPES.indexOf(type) | (narrow ? 0 : WIDE)
    const at = writeWhole(id.length, key.bytes, 1)
    key.length = writeLetters(id, narrow, key.bytes, at)
    key.hash = hash
    return key
  }

  /** The hash of a key that stands in `bytes`. */
  hashAt(bytes: Uint8Array, start: number): number {
    const head = bytes[start] as number
    const letters = readWhole(bytes, start + 1)
    const end = endOfKey(bytes, start)
    let hash = this.starts[head & TYPE] as number
    if ((head & WIDE) === 0) for (let at = letters.end; at < end; at++) hash = fold(hash, bytes[at] as number)
    else
      for (let at = letters.end; at < end; at += 2)
        hash = fold(hash, (bytes[at] as number) | ((bytes[at + 1] as number) << 8))
    return hash >>> 0
  }
}

/** Whole numbers below 2³¹, seven bits a byte. @returns where it ends */
export function writeWhole(x: number, bytes: Uint8Array, start: number): number {
  let at = start
  let rest = x
  for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128
  bytes[at++] = rest
  return at
}

/** Bytes that it takes. */
export function lengthOfWhole(x: number): number {
  let length = 1
  for (let rest = x; rest > 127; rest >>>= 7) length++
  return length
}

/** One answer for all: what it says is read before the next is asked. */
const whole = { value: 0, end: 0 }

export function readWhole(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let at = start
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] as number
    value |= (byte & 127) << shift
    if (byte < 128) break
  }
  whole.value = value
  whole.end = at
  return whole
}

export const typeAt = (bytes: Uint8Array, start: number): number => (bytes[start] as number) & TYPE

export function endOfKey(bytes: Uint8Array, start: number): number {
  const { value, end } = readWhole(bytes, start + 1)
  return end + ((bytes[start] as number) & WIDE ? 2 * value : value)
}

export function idAt(bytes: Uint8Array, start: number): string {
  const { value, end } = readWhole(bytes, start + 1)
  return readLetters(bytes, end, value, ((bytes[start] as number) & WIDE) === 0)
}
