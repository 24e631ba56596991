/** Peers: the same department if known, else users of the same hosts, else everyone. */
import type { Feature } from './features/feature.ts'
import type { Around } from './memory/around.ts'
import type { Entities, Entity } from './memory/entities.ts'

/** An entity's peers changed: what it holds is counted among the new ones, and no longer among the old. */
export function changePeers(entities: Entities, entity: Entity, group: string, around: Around): void {
  entities.featuresOf('user').forEach((feature: Feature, i) => {
    const held = feature.holdings?.(entity.slots[i])
    for (const value of held?.values ?? []) {
      around.count(held?.table as string, entity.group, value, -1)
      around.count(held?.table as string, group, value, 1)
    }
  })
  entity.group = group
}
