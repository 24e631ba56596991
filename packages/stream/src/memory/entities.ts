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

interface Keyed {
  type: EntityType
  id: string
  entity: Entity
}

export type EntitiesState = Keyed[]

/** How many entities of each type are remembered: a flood of addresses must not push people out. */
export type Capacity = Readonly<Record<EntityType, number>>

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
  private readonly capacity: Capacity

  constructor(tenant: string, shards: number, features: readonly Feature[], capacity: Capacity) {
    this.tenant = tenant
    this.capacity = capacity
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

  /** Forgets whom nobody has seen for longest, by event time, where there are more of a type than may be. @returns them */
  evict(): Keyed[] {
    const gone: Keyed[] = []
    for (const type of Object.keys(this.capacity) as EntityType[]) {
      const capacity = this.capacity[type]
      const size = this.count(type)
      if (size > capacity) gone.push(...this.oldest(type, size - Math.floor(0.9 * capacity)))
    }
    for (const { type, id } of gone) this.table(type, id).delete(id)
    return gone
  }

  /** In whichever shard they are, so that the number of shards changes nothing. */
  private oldest(type: EntityType, most: number): Keyed[] {
    return this.shards
      .flatMap(keyed)
      .filter((one) => one.type === type)
      .sort((a, b) => a.entity.last - b.entity.last || byText(a.id, b.id))
      .slice(0, most)
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
