/** A packed memory as it stands among others: whose it is, its length, the memory. */
import { endOfKey, lengthOfWhole, readWhole, type WrittenKey, writeWhole } from './entity-key.ts'
import type { Pieces, Place } from './pieces.ts'

/** @returns its address */
export function appendRecord(pieces: Pieces, key: WrittenKey, packed: Uint8Array): number {
  const address = pieces.reserve(key.length + lengthOfWhole(packed.length) + packed.length)
  const bytes = pieces.bytesAt(address)
  const start = pieces.startAt(address)
  for (let i = 0; i < key.length; i++) bytes[start + i] = key.bytes[i] as number
  bytes.set(packed, writeWhole(packed.length, bytes, start + key.length))
  return address
}

/** Where its packed memory begins. */
export const packedOf = (bytes: Uint8Array, start: number): Place => ({
  bytes,
  start: readWhole(bytes, endOfKey(bytes, start)).end,
})

export function endOfRecord(bytes: Uint8Array, start: number): number {
  const { value, end } = readWhole(bytes, endOfKey(bytes, start))
  return end + value
}
