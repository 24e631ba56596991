/**
 * Memories at rest of one part of all entities, one behind the other: key, length, packed memory. What stands there never
 * changes. A memory that changed is appended again, the one before is left over, and when there is too much of that the slab
 * is written anew, as its next generation. So what was saved of a generation stays saved, its beginning can be read while its
 * end grows, and the garbage collector sees some pieces of bytes instead of a million objects.
 */
import { ENTITY_TYPES, type EntityKeys, endOfKey, readWhole, typeAt, type WrittenKey } from './entity-key.ts'
import { Pieces, type Place } from './pieces.ts'
import { appendRecord, endOfRecord, packedOf } from './record.ts'

export type SlabState = {
  /** What follows is only appended to in one generation, however it is cut. */
  generation: number
  /** One behind the other; each begins with a key and ends with a memory. */
  pieces: readonly Uint8Array[]
}

/** Left-overs that are never worth the work. */
const LEAST = 16_384
const FIRST_PLACES = 16
/** A place whose memory was forgotten: what follows it is looked at all the same. */
const GONE = -1
const NOTHING = new Uint8Array(0)

export class Slab {
  generation: number
  private pieces = new Pieces()
  private readonly keys: EntityKeys
  /** Open addressing by hash: the address of a record, + 1; 0 is empty. */
  private places = new Int32Array(FIRST_PLACES)
  /** Places that are not empty. */
  private taken = 0
  private live = 0
  private liveBytes = 0
  private readonly counts = new Uint32Array(ENTITY_TYPES.length)
  /** How many bytes there may be for each that is in use. */
  private readonly most: number

  constructor(keys: EntityKeys, most: number, saved?: SlabState) {
    this.keys = keys
    this.most = most
    this.generation = saved?.generation ?? 0
    for (const piece of saved?.pieces ?? []) this.adopt(piece)
    this.index()
  }

  /** Where the packed memory of a key begins; undefined where there is none. */
  find(key: WrittenKey): Place | undefined {
    const place = this.places[this.placeOf(key)] as number
    return place > 0 ? this.packedAt(place - 1) : undefined
  }

  put(key: WrittenKey, packed: Uint8Array): void {
    const at = this.placeOf(key)
    const before = this.places[at] as number
    if (before > 0) this.drop(before - 1)
    else if (before === 0) this.taken++
    this.hold(typeAt(key.bytes, 0))
    this.places[at] = this.append(key, packed) + 1
    this.tidy()
  }

  remove(key: WrittenKey): void {
    const at = this.placeOf(key)
    const before = this.places[at] as number
    if (before <= 0) return
    this.drop(before - 1)
    this.places[at] = GONE
    this.liveBytes -= this.lengthOf(this.append(key, NOTHING))
    this.tidy()
  }

  /** How many of a type there are. */
  count(type: number): number {
    return this.counts[type] as number
  }

  /** Those of a type: where record and packed memory begin, and the bytes of all of it. Nothing may be put or removed meanwhile. */
  *ofType(type: number): Generator<{ record: Place; packed: Place; bytes: number }> {
    for (const place of this.places) {
      if (place <= 0 || this.typeAt(place - 1) !== type) continue
      const record = this.recordAt(place - 1)
      yield { record, packed: this.packedAt(place - 1), bytes: this.lengthOf(place - 1) }
    }
  }

  /** As it is now, whatever follows. */
  save(): SlabState {
    return { generation: this.generation, pieces: this.pieces.save() }
  }

  /** Takes over what was saved, without a copy, in such pieces as have addresses. */
  private adopt(saved: Uint8Array): void {
    let begin = 0
    for (let start = 0; start < saved.length; ) {
      const end = endOfRecord(saved, start)
      if (start > begin && !Pieces.fits(end - begin)) {
        this.pieces.adopt(saved.subarray(begin, start))
        begin = start
      }
      start = end
    }
    if (begin < saved.length) this.pieces.adopt(saved.subarray(begin))
  }

  private recordAt(address: number): Place {
    return { bytes: this.pieces.bytesAt(address), start: this.pieces.startAt(address) }
  }

  private packedAt(address: number): Place {
    return packedOf(this.pieces.bytesAt(address), this.pieces.startAt(address))
  }

  private typeAt(address: number): number {
    return typeAt(this.pieces.bytesAt(address), this.pieces.startAt(address))
  }

  private lengthOf(address: number): number {
    const start = this.pieces.startAt(address)
    return endOfRecord(this.pieces.bytesAt(address), start) - start
  }

  private hold(type: number): void {
    this.live++
    this.counts[type] = (this.counts[type] as number) + 1
  }

  /** The record is left over from here on. */
  private drop(address: number): void {
    const type = this.typeAt(address)
    this.live--
    this.counts[type] = (this.counts[type] as number) - 1
    this.liveBytes -= this.lengthOf(address)
  }

  /** @returns its address */
  private append(key: WrittenKey, packed: Uint8Array): number {
    const address = appendRecord(this.pieces, key, packed)
    this.liveBytes += this.lengthOf(address)
    return address
  }

  private isAt(address: number, key: Uint8Array, from: number, length: number): boolean {
    const bytes = this.pieces.bytesAt(address)
    const start = this.pieces.startAt(address)
    for (let i = 0; i < length; i++) if (bytes[start + i] !== key[from + i]) return false
    return true
  }

  /** Where the key stands, or would stand. */
  private placeOf({ bytes, length, hash }: WrittenKey): number {
    return this.search(bytes, 0, length, hash)
  }

  private search(key: Uint8Array, from: number, length: number, hash: number): number {
    const { places } = this
    const last = places.length - 1
    let free = -1
    for (let at = firstPlace(hash, last); ; at = (at + 1) & last) {
      const place = places[at] as number
      if (place === 0) return free < 0 ? at : free
      if (place === GONE) free = free < 0 ? at : free
      else if (this.isAt(place - 1, key, from, length)) return at
    }
  }

  /** Keeps a third of the places empty and left-overs few. */
  private tidy(): void {
    if (this.pieces.length > this.most * this.liveBytes + LEAST) this.renew()
    else this.makeRoom()
  }

  /** The next generation: what is in use, each found in the same place as before, so that no key is read again. */
  private renew(): void {
    const renewed = new Pieces()
    const { places } = this
    for (let at = 0; at < places.length; at++) {
      const place = places[at] as number
      if (place <= 0) continue
      const { bytes, start } = this.recordAt(place - 1)
      const length = this.lengthOf(place - 1)
      const address = renewed.reserve(length)
      renewed.bytesAt(address).set(bytes.subarray(start, start + length), renewed.startAt(address))
      places[at] = address + 1
    }
    this.pieces = renewed
    this.generation++
  }

  /** Finds again what stands in the bytes: the last record of a key counts. */
  private index(): void {
    this.places = new Int32Array(placesFor(this.live))
    this.taken = this.live = this.liveBytes = 0
    this.counts.fill(0)
    for (const { address, bytes } of this.pieces.all())
      for (let start = 0; start < bytes.length; ) start = this.indexRecord(address, bytes, start)
  }

  /** @returns where the next one begins */
  private indexRecord(address: number, bytes: Uint8Array, start: number): number {
    const keyEnd = endOfKey(bytes, start)
    const isGone = readWhole(bytes, keyEnd).value === 0
    const end = endOfRecord(bytes, start)
    const at = this.search(bytes, start, keyEnd - start, this.keys.hashAt(bytes, start))
    const before = this.places[at] as number
    if (before > 0) {
      this.drop(before - 1)
      this.places[at] = GONE
    }
    if (isGone) return end
    if (before === 0) this.taken++
    this.hold(typeAt(bytes, start))
    this.liveBytes += end - start
    this.places[at] = address + start + 1
    this.makeRoom()
    return end
  }

  private makeRoom(): void {
    const { places, pieces } = this
    if (3 * this.taken <= 2 * places.length) return
    const wider = new Int32Array(placesFor(this.live))
    const last = wider.length - 1
    for (const place of places) {
      if (place <= 0) continue
      let at = firstPlace(this.keys.hashAt(pieces.bytesAt(place - 1), pieces.startAt(place - 1)), last)
      while (wider[at] !== 0) at = (at + 1) & last
      wider[at] = place
    }
    this.places = wider
    this.taken = this.live
  }
}

/** Twice to four times as many, a power of two. */
function placesFor(count: number): number {
  let size = FIRST_PLACES
  while (size < 2 * count) size *= 2
  return size
}

const firstPlace = (hash: number, last: number): number => (Math.imul(hash, 0x9e3779b1) >>> 7) & last
