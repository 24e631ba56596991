/**
 * The keyed memory of entities: one slot a feature, started when it is first needed. The runtime owns the keys (tenant,
 * type, id), never as property names: `constructor` and `__proto__` are names that somebody has. Whoever was used lately is
 * awake, as objects; all others rest as bytes in one of a fixed number of parts, by hash.
 */
import type { EntityType } from '../event.ts'
import type { Feature } from '../features/feature.ts'
import { ENTITY_TYPES, EntityKeys, endOfKey, idAt } from './entity-key.ts'
import { Packer, type PackerState } from './packer.ts'
import { type Frozen, Pending, thaw } from './pending.ts'
import { Pieces } from './pieces.ts'
import { appendRecord, endOfRecord, packedOf } from './record.ts'
import { Slab, type SlabState } from './slab.ts'

export interface Entity {
  /** Memory by place of the feature in the registry of its type. */
  slots: unknown[]
  /** The peers that it is counted among; '' for everybody. */
  group: string
  /** Events that taught it. */
  lessons: number
  /** ms UTC. */
  first: number
  last: number
}

/** Memory that is used: the rest is packed. */
interface Awake {
  entity: Entity
  type: EntityType
  id: string
  hash: number
  /** Since it was last asked whether it may be packed. */
  used: boolean
}

interface Keyed {
  type: EntityType
  id: string
  entity: Entity
}

export interface EntitiesState {
  packer: PackerState
  /** Memories at rest, by part. They are not copied, as what stands in them never changes. */
  parts: readonly SlabState[]
  /** Memories that were awake: they stand for those of the same entities in the parts. */
  awake: readonly Uint8Array[]
}

/** So many memories stay unpacked: those that were used last. */
const AWAKE = 5000
/** So many are taken down in one step. */
const STEP = 20
/** Parts of all memory, whatever the number of shards: each is written anew, and forgets, by itself. */
export const PARTS = 128
/** A part may be so much larger than what is in use of it; not all alike, so that they are not written anew together. */
const LEAST_ROOM = 1.3
const MOST_ROOM = 1.6
/** Standard deviations by which a part may hold more than its share before it forgets: hashes are not even. */
const SLACK = 4
/** What stays, where a part has to forget. */
const KEPT = 0.9

/** How many entities of each type are remembered, about: a flood of addresses must not push people out. */
export type Capacity = Readonly<Record<EntityType, number>>

/** As `sleep` packs it. */
function entityOf(packed: unknown): Entity {
  const [last, first, lessons, group, slots] = packed as [number, number, number, string, unknown[]]
  return { slots, group, lessons, first, last }
}

/** How many of `most` one of so many parts may hold. */
function shareOf(most: number, parts: number): number {
  const even = most / parts
  return parts === 1 ? even : Math.ceil(even + SLACK * Math.sqrt(even))
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The `place`-th smallest, from 1, of those in `sorted` that are not in `gone`; both ascending. */
function smallestWithout(sorted: Float64Array, gone: Float64Array, place: number): number {
  let left = place
  let next = 0
  for (const value of sorted) {
    if (value === gone[next]) next++
    else if (--left === 0) return value
  }
  return Number.POSITIVE_INFINITY
}

type Tables = ReadonlyMap<EntityType, Map<string, Awake>>

export class Entities {
  private readonly keys: EntityKeys
  private readonly byType: ReadonlyMap<EntityType, readonly Feature[]>
  private readonly mostAwake: number
  private readonly awake = new Set<Awake>()
  /** Who is awake, by shard, type and id: a part belongs to one shard. */
  private readonly shards: readonly Tables[]
  private slabs: Slab[]
  /** How many are known, by type and part: also those who never slept. */
  private readonly counts: ReadonlyMap<EntityType, Uint32Array>
  /** How many of a type one part may hold. */
  private readonly shares: ReadonlyMap<EntityType, number>
  /** A part may hold more of a type than its share. */
  private crowded = true
  private packer = new Packer()
  /** Those who are awake, where a moment is being taken down. */
  private readonly pending = new Pending()

  constructor(
    tenant: string,
    shards: number,
    features: readonly Feature[],
    capacity: Capacity,
    { awake = AWAKE, parts = PARTS } = {},
  ) {
    this.keys = new EntityKeys(tenant)
    this.mostAwake = awake
    this.shares = new Map(ENTITY_TYPES.map((type) => [type, shareOf(capacity[type], parts)]))
    this.shards = Array.from({ length: shards }, () => new Map(ENTITY_TYPES.map((type) => [type, new Map()])))
    this.slabs = Array.from({ length: parts }, (_, part) => this.openSlab(part, parts))
    this.counts = new Map(ENTITY_TYPES.map((type) => [type, new Uint32Array(parts)]))
    const byType = new Map<EntityType, Feature[]>()
    for (const feature of features) byType.set(feature.about, [...(byType.get(feature.about) ?? []), feature])
    this.byType = byType
  }

  private openSlab(part: number, parts: number, saved?: SlabState): Slab {
    const room = LEAST_ROOM + ((MOST_ROOM - LEAST_ROOM) * ((7 * part) % parts)) / parts
    return new Slab(this.keys, room, saved)
  }

  featuresOf(type: EntityType): readonly Feature[] {
    return this.byType.get(type) ?? []
  }

  /** Those of a type that are awake in the shard that owns `id`. */
  private table(type: EntityType, id: string): Map<string, Awake> {
    const { shards } = this
    const which = shards.length === 1 ? 0 : this.partOf(this.keys.hash(type, id)) % shards.length
    return (shards[which] as Tables).get(type) as Map<string, Awake>
  }

  private partOf(hash: number): number {
    return hash % this.slabs.length
  }

  /** Its memory, to be used until the next `rest`. */
  find(type: EntityType, id: string): Entity | undefined {
    const held = this.table(type, id).get(id)
    if (held !== undefined) {
      this.pending.before(held)
      held.used = true
      return held.entity
    }
    const hash = this.keys.hash(type, id)
    const entity = this.atRest(type, id, hash)
    return entity === undefined ? undefined : this.wake(type, id, hash, entity)
  }

  private atRest(type: EntityType, id: string, hash: number): Entity | undefined {
    const slab = this.slabs[this.partOf(hash)] as Slab
    const packed = slab.find(this.keys.write(type, id, hash))
    return packed && entityOf(this.packer.unpack(packed.bytes, packed.start))
  }

  /** Its memory, only to be read: whatever was packed stays so, and nothing counts as used. */
  peek(type: EntityType, id: string): Entity | undefined {
    return this.table(type, id).get(id)?.entity ?? this.atRest(type, id, this.keys.hash(type, id))
  }

  /** Finds it, or starts it at `time`. */
  touch(type: EntityType, id: string, time: number): Entity {
    return this.find(type, id) ?? this.start(type, id, time)
  }

  private start(type: EntityType, id: string, time: number): Entity {
    const hash = this.keys.hash(type, id)
    this.count1(type, hash, 1)
    const slots = this.featuresOf(type).map((feature) => feature.start())
    return this.wake(type, id, hash, { slots, group: '', lessons: 0, first: time, last: time })
  }

  private count1(type: EntityType, hash: number, by: number): void {
    const counts = this.counts.get(type) as Uint32Array
    const part = this.partOf(hash)
    const count = (counts[part] as number) + by
    counts[part] = count
    this.crowded ||= count > (this.shares.get(type) as number)
  }

  private wake(type: EntityType, id: string, hash: number, entity: Entity): Entity {
    const awake: Awake = { entity, type, id, hash, used: true }
    this.table(type, id).set(id, awake)
    this.awake.add(awake)
    return entity
  }

  /** Its bytes are to be used before the next is packed. */
  private pack({ entity, hash }: Awake): Uint8Array {
    const { slots, group, lessons, first, last } = entity
    return this.packer.pack([last, first, lessons, group, slots], hash)
  }

  private sleep(one: Awake): void {
    this.pending.before(one)
    const slab = this.slabs[this.partOf(one.hash)] as Slab
    slab.put(this.keys.write(one.type, one.id, one.hash), this.pack(one))
    this.awake.delete(one)
    this.table(one.type, one.id).delete(one.id)
  }

  /**
   * Packs who was not used for longest, where too many are awake, as the clock algorithm finds them (Corbató 1968, "A paging
   * experiment"). `most`: so many are looked at, so that it takes no time when it is asked often.
   */
  rest(most = this.awake.size): void {
    let asked = most
    for (const one of this.awake) {
      if (this.awake.size <= this.mostAwake || asked-- === 0) return
      if (one.used) {
        one.used = false
        this.awake.delete(one)
        this.awake.add(one)
      } else this.sleep(one)
    }
  }

  /**
   * Forgets whom nobody has seen for longest, by event time, where there are more of a type than may be: each part by itself,
   * and one after the other, so that no moment takes long. Who it is depends on the log alone.
   */
  *evict(): Generator<Keyed> {
    // Asked at every tick, and hardly ever true.
    if (!this.crowded) return
    this.crowded = false
    for (const type of ENTITY_TYPES) {
      const share = this.shares.get(type) as number
      for (const [part, count] of (this.counts.get(type) as Uint32Array).entries()) {
        if (count <= share) continue
        for (const id of this.oldest(type, part, count - Math.floor(KEPT * share))) yield this.take(type, id)
      }
    }
  }

  /** Ids are read only of those that may be among them: of tens of thousands a tenth is forgotten. */
  private oldest(type: EntityType, part: number, most: number): string[] {
    const at = this.momentOfOldest(type, part, most)
    return [...this.lasts(type, part, at)]
      .sort((a, b) => a.last - b.last || byText(a.id, b.id))
      .slice(0, most)
      .map(({ id }) => id)
  }

  /** When the last of the `most` oldest was last seen. */
  private momentOfOldest(type: EntityType, part: number, most: number): number {
    const slab = this.slabs[part] as Slab
    const all: number[] = []
    for (const { packed } of slab.ofType(ENTITY_TYPES.indexOf(type)))
      all.push(this.packer.firstOf(packed.bytes, packed.start))
    /** What the slab says of those who are awake is superseded. */
    const superseded: number[] = []
    for (const { id, hash, entity } of this.awakeOf(type, part).values()) {
      if (this.partOf(hash) !== part) continue
      all.push(entity.last)
      const packed = slab.find(this.keys.write(type, id, hash))
      if (packed !== undefined) superseded.push(this.packer.firstOf(packed.bytes, packed.start))
    }
    return smallestWithout(Float64Array.from(all).sort(), Float64Array.from(superseded).sort(), most)
  }

  private awakeOf(type: EntityType, part: number): ReadonlyMap<string, Awake> {
    return (this.shards[part % this.shards.length] as Tables).get(type) as Map<string, Awake>
  }

  private *lasts(type: EntityType, part: number, until: number): Generator<{ id: string; last: number }> {
    const awake = this.awakeOf(type, part)
    for (const { id, hash, entity } of awake.values())
      if (this.partOf(hash) === part && entity.last <= until) yield { id, last: entity.last }
    for (const { record, packed } of (this.slabs[part] as Slab).ofType(ENTITY_TYPES.indexOf(type))) {
      const last = this.packer.firstOf(packed.bytes, packed.start)
      if (last > until) continue
      const id = idAt(record.bytes, record.start)
      if (!awake.has(id)) yield { id, last }
    }
  }

  private take(type: EntityType, id: string): Keyed {
    const hash = this.keys.hash(type, id)
    const entity = this.peek(type, id) as Entity
    const table = this.table(type, id)
    const awake = table.get(id)
    if (awake !== undefined) {
      this.pending.before(awake)
      this.awake.delete(awake)
    }
    table.delete(id)
    ;(this.slabs[this.partOf(hash)] as Slab).remove(this.keys.write(type, id, hash))
    this.count1(type, hash, -1)
    return { type, id, entity }
  }

  count(type: EntityType): number {
    return (this.counts.get(type) as Uint32Array).reduce((sum, count) => sum + count, 0)
  }

  /** All of a type that rest, by part, and the bytes that each takes with its key. Nobody may be woken meanwhile. */
  *resting(type: EntityType): Generator<{ id: string; bytes: number }> {
    for (const slab of this.slabs)
      for (const { record, bytes } of slab.ofType(ENTITY_TYPES.indexOf(type)))
        yield { id: idAt(record.bytes, record.start), bytes }
  }

  /** All memory as it is now, packed. Who is awake stays so. */
  freeze(): Frozen<EntitiesState> {
    this.pending.end()
    const awake = new Pieces()
    for (const one of this.awake) {
      this.pending.add(one, () => {
        appendRecord(awake, this.keys.write(one.type, one.id, one.hash), this.pack(one))
      })
    }
    const parts = this.slabs.map((slab) => slab.save())
    return {
      step: () => this.pending.step(STEP),
      state: () => ({ packer: this.packer.save(), parts, awake: awake.save() }),
    }
  }

  save(): EntitiesState {
    return thaw(this.freeze())
  }

  load({ packer, parts, awake }: EntitiesState): void {
    this.packer = new Packer(packer)
    this.slabs = parts.map((saved, part) => this.openSlab(part, parts.length, saved))
    for (const bytes of awake) this.putAll(bytes)
    this.crowded = true
    for (const type of ENTITY_TYPES) {
      const counts = this.counts.get(type) as Uint32Array
      this.slabs.forEach((slab, part) => {
        counts[part] = slab.count(ENTITY_TYPES.indexOf(type))
      })
    }
  }

  private putAll(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; ) {
      const end = endOfRecord(bytes, start)
      const hash = this.keys.hashAt(bytes, start)
      const key = { bytes: bytes.subarray(start), length: endOfKey(bytes, start) - start, hash }
      const slab = this.slabs[this.partOf(hash)] as Slab
      slab.put(key, bytes.subarray(packedOf(bytes, start).start, end))
      start = end
    }
  }
}
