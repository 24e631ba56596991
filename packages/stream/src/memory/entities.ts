/**
 * The keyed memory of entities: one slot a feature, started when it is first needed. The runtime owns the keys (tenant,
 * type, id) in `Map`s, never as property names: `constructor` and `__proto__` are names that somebody has.
 */
import type { EntityType } from '../event.ts'
import type { Feature } from '../features/feature.ts'

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

export type EntitiesState = { type: EntityType; id: string; entity: Entity }[]

/** Stable over processes and machines (FNV-1a, 32 bits): which shard owns an entity. */
export function owner(tenant: string, type: EntityType, id: string): number {
  let hash = 0x811c9dc5
  const key = `${tenant}\n${type}\n${id}`
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const keyed = (shard: ReadonlyMap<EntityType, ReadonlyMap<string, Entity>>): EntitiesState =>
  [...shard].flatMap(([type, table]) => [...table].map(([id, entity]) => ({ type, id, entity })))

export class Entities {
  /** By type, then by id. */
  private readonly shards: Map<EntityType, Map<string, Entity>>[]
  private readonly tenant: string
  private readonly byType: ReadonlyMap<EntityType, readonly Feature[]>
  private readonly capacity: number

  constructor(tenant: string, shards: number, features: readonly Feature[], capacity: number) {
    this.tenant = tenant
    this.capacity = Math.ceil(capacity / shards)
    this.shards = Array.from({ length: shards }, () => new Map())
    const byType = new Map<EntityType, Feature[]>()
    for (const feature of features) byType.set(feature.about, [...(byType.get(feature.about) ?? []), feature])
    this.byType = byType
  }

  featuresOf(type: EntityType): readonly Feature[] {
    return this.byType.get(type) ?? []
  }

  /** The entities of a type in the shard that owns `id`. */
  private table(type: EntityType, id: string): Map<string, Entity> {
    const { shards } = this
    const which = shards.length === 1 ? 0 : owner(this.tenant, type, id) % shards.length
    const shard = shards[which] as Map<EntityType, Map<string, Entity>>
    let table = shard.get(type)
    if (table === undefined) {
      table = new Map()
      shard.set(type, table)
    }
    return table
  }

  find(type: EntityType, id: string): Entity | undefined {
    return this.table(type, id).get(id)
  }

  /** Finds it, or starts it at `time`. */
  touch(type: EntityType, id: string, time: number): Entity {
    const table = this.table(type, id)
    const known = table.get(id)
    if (known !== undefined) return known
    const entity: Entity = {
      slots: this.featuresOf(type).map((feature) => feature.start()),
      group: '',
      lessons: 0,
      first: time,
      last: time,
    }
    table.set(id, entity)
    return entity
  }

  /** Forgets whom nobody has seen for longest (by event time, ties by key), down to the capacity. */
  evict(): number {
    let gone = 0
    for (const shard of this.shards) {
      let size = 0
      for (const table of shard.values()) size += table.size
      if (size <= this.capacity) continue
      const order = keyed(shard).sort(
        (a, b) => a.entity.last - b.entity.last || byText(a.type, b.type) || byText(a.id, b.id),
      )
      for (const { type, id } of order.slice(0, size - Math.floor(0.9 * this.capacity))) {
        shard.get(type)?.delete(id)
        gone++
      }
    }
    return gone
  }

  count(type: EntityType): number {
    let count = 0
    for (const shard of this.shards) count += shard.get(type)?.size ?? 0
    return count
  }

  /** In the order of keys, so that it does not depend on the number of shards. */
  save(): EntitiesState {
    return this.shards.flatMap(keyed).sort((a, b) => byText(a.type, b.type) || byText(a.id, b.id))
  }

  load(state: EntitiesState): void {
    for (const { type, id, entity } of state) this.table(type, id).set(id, entity)
  }
}
