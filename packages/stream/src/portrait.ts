/** A portrait of one entity: what its memory is used to, for a person to look at. Asks, and never changes anything. */
import { holderOf } from './enrich/address.ts'
import type { EntityRef } from './event.ts'
import type { Around } from './memory/around.ts'
import type { Entities } from './memory/entities.ts'

/** What is usual of one kind of thing. */
export interface HabitShown {
  feature: string
  summary: string
  /** At most 24, the most usual first. `share` of the entity's own habit; `peersShare` of its peers' holdings, NaN where unknown. */
  values: readonly { value: string; share: number; peersShare: number }[]
}

export interface Portrait {
  entity: EntityRef
  /** Event time, ms UTC. */
  first: number
  last: number
  /** Trusted events that taught it. */
  lessons: number
  /** The peers that it is compared with; empty for everybody. */
  group: string
  /** 168 shares of its activity, Monday 00:00 UTC first; absent where none is known. */
  hours?: readonly number[]
  habits: HabitShown[]
}

/** Undefined where nothing is remembered of it. An address of IPv6 is remembered by its /64. */
export function portraitOf(entities: Entities, around: Around, { type, id }: EntityRef): Portrait | undefined {
  const held = type === 'address' ? holderOf(id) : id
  const entity = entities.peek(type, held)
  if (entity === undefined) return undefined
  const { first, last, lessons, group, slots } = entity
  const portrait: Portrait = { entity: { type, id: held }, first, last, lessons, group, habits: [] }
  entities.featuresOf(type).forEach(({ id: feature, summary, portrait: show }, i) => {
    const shown = show?.(slots[i], { around, group })
    if (shown?.hours !== undefined) portrait.hours = shown.hours
    if (shown?.values !== undefined && shown.values.length > 0)
      portrait.habits.push({ feature, summary, values: shown.values })
  })
  return portrait
}
