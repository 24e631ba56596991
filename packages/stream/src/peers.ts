/** Peers: the same department if known, else everyone. What a person holds is counted among them. */
import type { Feature } from './features/feature.ts'
import type { Around } from './memory/around.ts'
import type { Entities, Entity } from './memory/entities.ts'

function countHoldings(entities: Entities, { slots, group }: Entity, by: 1 | -1, around: Around): void {
  entities.featuresOf('user').forEach((feature: Feature, i) => {
    const held = feature.holdings?.(slots[i])
    for (const value of held?.values ?? []) around.count(held?.table as string, group, value, by)
  })
}

/** A person's peers changed: what they hold is counted among the new ones, and no longer among the old. */
export function changePeers(entities: Entities, person: Entity, group: string, around: Around): void {
  countHoldings(entities, person, -1, around)
  person.group = group
  countHoldings(entities, person, 1, around)
}

/** A person was forgotten: what they held is counted no longer. */
export function forgetPerson(entities: Entities, person: Entity, around: Around): void {
  countHoldings(entities, person, -1, around)
  if (person.lessons > 0) around.countPerson(-1)
}
