/**
 * Memories at rest of one part of all entities, one behind the other in one array of bytes: key, length, packed memory. What
 * stands there never changes. A memory that changed is appended again, the one before is left over, and when there is too
 * much of that the slab is written anew, as its next generation. So what was saved of a generation stays saved, its beginning
 * can be read while its end grows, and the garbage collector sees one object instead of a million.
 */
import {
  ENTITY_TYPES,
  type EntityKeys,
  endOfKey,
  idAt,
  readWhole,
  typeAt,
  type WrittenKey,
  writeWhole,
} from './entity-key.ts'

export type SlabState = {
  /** Bytes of one generation only grow at the end. */
  generation: number
  bytes: Uint8Array
}

/** Left-overs that are never worth the work. */
const LEAST = 16_384
const FIRST_PLACES = 16
/** A place whose memory was forgotten: what follows it is looked at all the same. */
const GONE = -1
/** Bytes of a length. */
const LENGTH = 5

export class Slab {
  generation: number
  private bytes: Uint8Array
  private length: number
  private readonly keys: EntityKeys
  /** Open addressing by hash: where a record begins, + 1; 0 is empty. */
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
    // Another may hold the bytes behind these: appending copies.
    this.bytes = saved?.bytes ?? new Uint8Array(0)
    this.length = this.bytes.length
    this.index()
  }

  /** Where the packed memory of a key begins in `content`; −1 where there is none. */
  find(key: WrittenKey): number {
    const place = this.places[this.placeOf(key)] as number
    return place > 0 ? readWhole(this.bytes, place - 1 + key.length).end : -1
  }

  get content(): Uint8Array {
    return this.bytes
  }

  put(key: WrittenKey, packed: Uint8Array): void {
    const at = this.placeOf(key)
    const before = this.places[at] as number
    if (before > 0) this.drop(before - 1)
    else if (before === 0) this.taken++
    this.hold(typeAt(key.bytes, 0))
    this.places[at] = this.length + 1
    this.liveBytes += this.append(key, packed)
    this.tidy()
  }

  remove(key: WrittenKey): void {
    const at = this.placeOf(key)
    const before = this.places[at] as number
    if (before <= 0) return
    this.drop(before - 1)
    this.places[at] = GONE
    this.append(key, new Uint8Array(0))
    this.tidy()
  }

  /** How many of a type there are. */
  count(type: number): number {
    return this.counts[type] as number
  }

  /** Ids of those of a type, where their packed memory begins, and the bytes of all of it. Nothing may be put or removed meanwhile. */
  *ofType(type: number): Generator<{ id: string; start: number; bytes: number }> {
    for (const place of this.places)
      if (place > 0 && typeAt(this.bytes, place - 1) === type)
        yield {
          id: idAt(this.bytes, place - 1),
          start: readWhole(this.bytes, endOfKey(this.bytes, place - 1)).end,
          bytes: this.endOf(place - 1) - place + 1,
        }
  }

  /** As it is now, whatever follows. */
  save(): SlabState {
    return { generation: this.generation, bytes: this.bytes.subarray(0, this.length) }
  }

  private hold(type: number): void {
    this.live++
    this.counts[type] = (this.counts[type] as number) + 1
  }

  /** The record is left over from here on. */
  private drop(start: number): void {
    const type = typeAt(this.bytes, start)
    this.live--
    this.counts[type] = (this.counts[type] as number) - 1
    this.liveBytes -= this.endOf(start) - start
  }

  /** @returns how many bytes */
  private append(key: WrittenKey, packed: Uint8Array): number {
    const start = this.length
    this.reserve(key.length + LENGTH + packed.length)
    for (let i = 0; i < key.length; i++) this.bytes[start + i] = key.bytes[i] as number
    const at = writeWhole(packed.length, this.bytes, start + key.length)
    this.bytes.set(packed, at)
    this.length = at + packed.length
    return this.length - start
  }

  private reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const longer = new Uint8Array(Math.ceil(1.2 * needed) + 256)
    longer.set(this.bytes.subarray(0, this.length))
    this.bytes = longer
  }

  private endOf(start: number): number {
    const { value, end } = readWhole(this.bytes, endOfKey(this.bytes, start))
    return end + value
  }

  private isAt(start: number, key: Uint8Array, from: number, length: number): boolean {
    const { bytes } = this
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
    if (this.length > this.most * this.liveBytes + LEAST) this.renew()
    else this.makeRoom()
  }

  /** The next generation: what is in use, in the order in which it was appended. */
  private renew(): void {
    const { bytes } = this
    const starts = this.places.filter((place) => place > 0).sort()
    const renewed = new Uint8Array(Math.ceil(1.1 * this.liveBytes) + 256)
    let length = 0
    for (const place of starts) {
      const record = bytes.subarray(place - 1, this.endOf(place - 1))
      renewed.set(record, length)
      length += record.length
    }
    this.bytes = renewed
    this.length = length
    this.generation++
    this.index()
  }

  /** Finds again what stands in the bytes: the last record of a key counts. */
  private index(): void {
    const { bytes, length } = this
    this.places = new Int32Array(placesFor(this.live))
    this.taken = this.live = this.liveBytes = 0
    this.counts.fill(0)
    for (let start = 0; start < length; ) {
      const keyEnd = endOfKey(bytes, start)
      const packed = readWhole(bytes, keyEnd)
      const isGone = packed.value === 0
      const end = packed.end + packed.value
      const at = this.search(bytes, start, keyEnd - start, this.keys.hashAt(bytes, start))
      const before = this.places[at] as number
      if (before > 0) {
        this.drop(before - 1)
        this.places[at] = GONE
      }
      if (!isGone) {
        if (before === 0) this.taken++
        this.hold(typeAt(bytes, start))
        this.liveBytes += end - start
        this.places[at] = start + 1
        this.makeRoom()
      }
      start = end
    }
  }

  private makeRoom(): void {
    const { places } = this
    if (3 * this.taken <= 2 * places.length) return
    const wider = new Int32Array(placesFor(this.live))
    const last = wider.length - 1
    for (const place of places) {
      if (place <= 0) continue
      let at = firstPlace(this.keys.hashAt(this.bytes, place - 1), last)
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
