/** Names and numbers that events are known by: the same on every machine. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { EntityRef } from './event.ts'

/** The id of a line that brings none of its own: the hash of its door's name, of how often it came before there, and of it. */
export function lineId(door: string, line: string, occurrence: number): string {
  return bytesToHex(sha256(utf8ToBytes(`${door}\n${occurrence}\n${line}`)).subarray(0, 16))
}

/**
 * The id of an alert: the hash of whom it is about and of the event that opened it. Ids that sources give may be the same in
 * two doors, or begin anew, and may hold anything; so the event's own id alone would let one alert take another's place.
 */
export function alertId({ type, id }: EntityRef, event: string, time: number): string {
  return `${type}-${bytesToHex(sha256(utf8ToBytes(`${id}\n${time}\n${event}`)).subarray(0, 8))}`
}

/** A name that never logged in may be a mistyped password: it is kept hashed. */
export function strangerId(tenant: string, name: string): string {
  return `?${bytesToHex(sha256(utf8ToBytes(`${tenant}\n${name}`)).subarray(0, 8))}`
}

/** Uniform on 32 bits, by id and seed: FNV-1a, then the finaliser of MurmurHash3. */
export function drawOf(id: string, seed: number): number {
  let h = 0x811c9dc5 ^ seed
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
