/** What one group of the log adds to the counts of entities and doors. Bounded by the group. */
import type { EntityType, Event, Touched, Verdict } from '@heedful/stream'

const HOUR = 3_600_000
/** A risk below this is hardly one: most events have some. */
export const LEAST_RISK = 0.5

export interface EntityCount {
  type: EntityType
  id: string
  /** Event time, ms UTC. */
  first: number
  last: number
  events: number
  /** The peers that it is counted among; empty for everybody. */
  group: string
  /** The highest risk by hour since 1970, where it was at least `LEAST_RISK`. */
  risks: Map<number, number>
}

export interface DoorCount {
  door: number
  lines: number
  events: number
  refused: number
  absorbed: number
  /** Time of the latest event, ms UTC; null before any. */
  last: number | null
}

export class Counts {
  private readonly byType = new Map<EntityType, Map<string, EntityCount>>()
  private readonly byDoor = new Map<number, DoorCount>()
  /** Time of the latest event, ms UTC. */
  latest = 0

  door(door: number): DoorCount {
    let count = this.byDoor.get(door)
    if (count === undefined) {
      count = { door, lines: 0, events: 0, refused: 0, absorbed: 0, last: null }
      this.byDoor.set(door, count)
    }
    return count
  }

  event(door: number, { time }: Event): void {
    const count = this.door(door)
    this.latest = Math.max(this.latest, time)
    count.events++
    count.last = Math.max(count.last ?? time, time)
  }

  entities(touched: readonly Touched[], { entity, risk, time }: Verdict): void {
    for (const { ref, entity: known } of touched) {
      const count = this.entity(ref.type, ref.id, time)
      count.events++
      count.first = Math.min(count.first, time)
      count.last = Math.max(count.last, time)
      count.group = known.group
    }
    if (risk < LEAST_RISK) return
    const { risks } = this.entity(entity.type, entity.id, time)
    const hour = Math.floor(time / HOUR)
    risks.set(hour, Math.max(risks.get(hour) ?? 0, risk))
  }

  private entity(type: EntityType, id: string, time: number): EntityCount {
    let ofType = this.byType.get(type)
    if (ofType === undefined) {
      ofType = new Map()
      this.byType.set(type, ofType)
    }
    let count = ofType.get(id)
    if (count === undefined) {
      count = { type, id, first: time, last: time, events: 0, group: '', risks: new Map() }
      ofType.set(id, count)
    }
    return count
  }

  *allEntities(): Iterable<EntityCount> {
    for (const ofType of this.byType.values()) yield* ofType.values()
  }

  allDoors(): Iterable<DoorCount> {
    return this.byDoor.values()
  }
}
