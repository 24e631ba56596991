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

export class Entities {
  private readonly shards: Map<string, Entity>[]
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

  private shard(type: EntityType, id: string): Map<string, Entity> {
    return this.shards[owner(this.tenant, type, id) % this.shards.length] as Map<string, Entity>
  }

  find(type: EntityType, id: string): Entity | undefined {
    return this.shard(type, id).get(`${type}\n${id}`)
  }

  /** Finds it, or starts it at `time`. */
  touch(type: EntityType, id: string, time: number): Entity {
    const shard = this.shard(type, id)
    const key = `${type}\n${id}`
    const known = shard.get(key)
    if (known !== undefined) return known
    const entity: Entity = {
      slots: this.featuresOf(type).map((feature) => feature.start()),
      group: '',
      lessons: 0,
      first: time,
      last: time,
    }
    shard.set(key, entity)
    return entity
  }

  /** Forgets whom nobody has seen for longest (by event time, ties by key), down to the capacity. */
  evict(): number {
    let gone = 0
    for (const shard of this.shards) {
      if (shard.size <= this.capacity) continue
      const order = [...shard].sort(([a, x], [b, y]) => x.last - y.last || (a < b ? -1 : 1))
      for (const [key] of order.slice(0, shard.size - Math.floor(0.9 * this.capacity))) {
        shard.delete(key)
        gone++
      }
    }
    return gone
  }

  count(type: EntityType): number {
    let count = 0
    for (const shard of this.shards) for (const key of shard.keys()) if (key.startsWith(`${type}\n`)) count++
    return count
  }

  /** In the order of keys, so that it does not depend on the number of shards. */
  save(): EntitiesState {
    const all: [string, Entity][] = this.shards.flatMap((shard) => [...shard])
    all.sort(([a], [b]) => (a < b ? -1 : 1))
    return all.map(([key, entity]) => {
      const cut = key.indexOf('\n')
      return { type: key.slice(0, cut) as EntityType, id: key.slice(cut + 1), entity }
    })
  }

  load(state: EntitiesState): void {
    for (const { type, id, entity } of state) this.shard(type, id).set(`${type}\n${id}`, entity)
  }
}
