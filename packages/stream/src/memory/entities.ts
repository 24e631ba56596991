/**
 * The keyed memory of entities: one slot a feature, started when it is first needed. The runtime owns the keys (tenant,
 * type, id) in `Map`s, never as property names: `constructor` and `__proto__` are names that somebody has.
 */
import type { EntityType } from '../event.ts'
import type { Feature } from '../features/feature.ts'
import { finish } from './finish.ts'
import { letters, Packer, type PackerState } from './packer.ts'

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
  table: Table
  id: string
  /** Since it was last asked whether it may be packed. */
  used: boolean
}
type Table = Map<string, Awake | string>

interface Keyed {
  type: EntityType
  id: string
  entity: Entity
}

export interface EntitiesState {
  packer: PackerState
  /** Packed memories, one behind the other, in the order of ids. */
  tables: { type: EntityType; ids: string[]; ends: Float64Array; bytes: Uint8Array }[]
}

/** So many memories stay unpacked: those that were used last. */
const AWAKE = 5000
/** So many are saved between two pauses. */
const STEP = 100

/** How many entities of each type are remembered: a flood of addresses must not push people out. */
export type Capacity = Readonly<Record<EntityType, number>>

/** Stable over processes and machines (FNV-1a, 32 bits): which shard owns an entity. */
export function owner(tenant: string, type: EntityType, id: string): number {
  let hash = 0x811c9dc5
  const key = `${tenant}\n${type}\n${id}`
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** As `sleep` packs it. */
function entityOf(packed: unknown): Entity {
  const [last, first, lessons, group, slots] = packed as [number, number, number, string, unknown[]]
  return { slots, group, lessons, first, last }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export class Entities {
  /** By type, then by id. */
  private readonly shards: Map<EntityType, Table>[]
  private readonly tenant: string
  private readonly byType: ReadonlyMap<EntityType, readonly Feature[]>
  private readonly capacity: Capacity
  private readonly mostAwake: number
  private readonly awake = new Set<Awake>()
  private packer = new Packer()

  constructor(tenant: string, shards: number, features: readonly Feature[], capacity: Capacity, mostAwake = AWAKE) {
    this.tenant = tenant
    this.capacity = capacity
    this.mostAwake = mostAwake
    this.shards = Array.from({ length: shards }, () => new Map())
    const byType = new Map<EntityType, Feature[]>()
    for (const feature of features) byType.set(feature.about, [...(byType.get(feature.about) ?? []), feature])
    this.byType = byType
  }

  featuresOf(type: EntityType): readonly Feature[] {
    return this.byType.get(type) ?? []
  }

  /** The entities of a type in the shard that owns `id`. */
  private table(type: EntityType, id: string): Table {
    const { shards } = this
    const which = shards.length === 1 ? 0 : owner(this.tenant, type, id) % shards.length
    const shard = shards[which] as Map<EntityType, Table>
    let table = shard.get(type)
    if (table === undefined) {
      table = new Map()
      shard.set(type, table)
    }
    return table
  }

  /** Its memory, to be used until the next `rest`. */
  find(type: EntityType, id: string): Entity | undefined {
    const table = this.table(type, id)
    const held = table.get(id)
    if (held === undefined) return undefined
    if (typeof held === 'string') return this.wake(table, id, this.unpack(held))
    held.used = true
    return held.entity
  }

  /** Its memory, only to be read: whatever was packed stays so, and nothing counts as used. */
  peek(type: EntityType, id: string): Entity | undefined {
    const held = this.table(type, id).get(id)
    if (held === undefined) return undefined
    return typeof held === 'string' ? entityOf(this.packer.peek(held)) : held.entity
  }

  /** Finds it, or starts it at `time`. */
  touch(type: EntityType, id: string, time: number): Entity {
    return (
      this.find(type, id) ??
      this.wake(this.table(type, id), id, {
        slots: this.featuresOf(type).map((feature) => feature.start()),
        group: '',
        lessons: 0,
        first: time,
        last: time,
      })
    )
  }

  private wake(table: Table, id: string, entity: Entity): Entity {
    const awake: Awake = { entity, table, id, used: true }
    table.set(id, awake)
    this.awake.add(awake)
    return entity
  }

  private sleep(one: Awake): void {
    const { slots, group, lessons, first, last } = one.entity
    this.awake.delete(one)
    one.table.set(one.id, this.packer.pack([last, first, lessons, group, slots]))
  }

  private unpack(packed: string): Entity {
    return entityOf(this.packer.unpack(packed))
  }

  /** Packs who was not used for longest, as the clock algorithm finds them (Corbató 1968, "A paging experiment"). */
  rest(): void {
    let asked = this.awake.size
    for (const one of this.awake) {
      if (this.awake.size <= this.mostAwake || asked-- === 0) return
      if (one.used) {
        one.used = false
        this.awake.delete(one)
        this.awake.add(one)
      } else this.sleep(one)
    }
  }

  /** Forgets whom nobody has seen for longest, by event time, where there are more of a type than may be. @returns them */
  evict(): Keyed[] {
    const gone: Keyed[] = []
    for (const type of Object.keys(this.capacity) as EntityType[]) {
      const capacity = this.capacity[type]
      const size = this.count(type)
      if (size > capacity)
        for (const id of this.oldest(type, size - Math.floor(0.9 * capacity))) gone.push(this.take(type, id))
    }
    return gone
  }

  /** In whichever shard they are, so that the number of shards changes nothing. */
  private oldest(type: EntityType, most: number): string[] {
    const lastOf = (held: Awake | string) => (typeof held === 'string' ? this.packer.firstOf(held) : held.entity.last)
    return this.sorted(type)
      .map(([id, held]) => ({ id, last: lastOf(held) }))
      .sort((a, b) => a.last - b.last || byText(a.id, b.id))
      .slice(0, most)
      .map(({ id }) => id)
  }

  private take(type: EntityType, id: string): Keyed {
    const table = this.table(type, id)
    const held = table.get(id) as Awake | string
    table.delete(id)
    if (typeof held === 'string') return { type, id, entity: this.unpack(held) }
    this.awake.delete(held)
    return { type, id, entity: held.entity }
  }

  count(type: EntityType): number {
    let count = 0
    for (const shard of this.shards) count += shard.get(type)?.size ?? 0
    return count
  }

  /** In the order of ids, so that it does not depend on the number of shards. */
  private sorted(type: EntityType): [string, Awake | string][] {
    return this.shards.flatMap((shard) => [...(shard.get(type) ?? [])]).sort(([a], [b]) => byText(a, b))
  }

  /** All memory, packed: in small steps, between which nothing may be asked that wakes anybody. */
  *saving(): Generator<void, EntitiesState> {
    let steps = 0
    for (const one of this.awake) {
      this.sleep(one)
      if (++steps % STEP === 0) yield
    }
    const tables: EntitiesState['tables'] = []
    for (const type of Object.keys(this.capacity) as EntityType[]) tables.push(yield* this.savingTable(type))
    return { packer: this.packer.save(), tables }
  }

  private *savingTable(type: EntityType): Generator<void, EntitiesState['tables'][number]> {
    const all = this.sorted(type) as [string, string][]
    const ends = new Float64Array(all.length)
    let end = 0
    all.forEach(([, { length }], i) => {
      end += length
      ends[i] = end
    })
    const bytes = new Uint8Array(end)
    let at = 0
    for (let row = 0; row < all.length; row++) {
      const packed = (all[row] as [string, string])[1]
      for (let i = 0; i < packed.length; i++) bytes[at++] = packed.charCodeAt(i)
      if (row % STEP === 0) yield
    }
    return { type, ids: all.map(([id]) => id), ends, bytes }
  }

  /** All memory, packed, at once. */
  save(): EntitiesState {
    return finish(this.saving())
  }

  load({ packer, tables }: EntitiesState): void {
    this.packer = new Packer(packer)
    for (const { type, ids, ends, bytes } of tables)
      ids.forEach((id, i) => {
        this.table(type, id).set(id, letters(bytes, ends[i - 1] ?? 0, ends[i] as number))
      })
  }
}
