/**
 * Counts what groups of the log add to entities and doors, some at a time, as each costs several pages of the database: so
 * many in one transaction would keep everybody waiting. How far it came stands beside the counts, so that a group that is
 * folded again after a crash is counted once.
 */
import type { EntityCount } from '../scoring/counts.ts'
import type { Database } from './database.ts'
import type { DoorsTable } from './doors-table.ts'
import type { EntitiesTable } from './entities-table.ts'
import type { ConcludedGroup } from './store.ts'

/** The latest group that was begun, by its first position, and how many of its entities are counted. */
export const COUNTED_SCHEMA = `
  CREATE TABLE IF NOT EXISTS counted (
    one INTEGER PRIMARY KEY CHECK (one = 1), first INTEGER NOT NULL, entities INTEGER NOT NULL, whole INTEGER NOT NULL
  ) STRICT`

/** Entities in one transaction: a few milliseconds. */
const AT_ONCE = 100

type Owed = Pick<ConcludedGroup, 'first' | 'counts'> & { entities: readonly EntityCount[]; done: number }
/** A group is counted up to its entity `end`. */
type Step = { group: Owed; end: number }
/** `whole`: 1 when nothing of the group is left. */
type Counted = { first: number; entities: number; whole: number }

export class GroupCounter {
  private readonly database: Database
  private readonly tables: { entities: EntitiesTable; doors: DoorsTable }
  private readonly put: ReturnType<Database['prepare']>
  /** As the database says. */
  private counted: Counted
  private owed: Owed[] = []

  constructor(database: Database, tables: { entities: EntitiesTable; doors: DoorsTable }) {
    this.database = database
    this.tables = tables
    this.put = database.prepare('INSERT OR REPLACE INTO counted (one, first, entities, whole) VALUES (1, ?, ?, ?)')
    const found = database.guard(() => database.prepare('SELECT first, entities, whole FROM counted').get())
    this.counted = (found as Counted | undefined) ?? { first: -1, entities: 0, whole: 1 }
  }

  /** Groups that are committed, and to be counted; those that were counted before are not counted again. */
  owe(groups: readonly ConcludedGroup[]): void {
    for (const { first, counts } of groups) {
      const { counted } = this
      if (first < counted.first || (first === counted.first && counted.whole === 1)) continue
      if (this.owed.some((one) => one.first === first)) continue
      const done = first === counted.first ? counted.entities : 0
      this.owed.push({ first, counts, entities: [...counts.allEntities()], done })
    }
  }

  /** Counts some of what is owed, in one transaction. @returns whether more is */
  count(): boolean {
    if (this.owed.length === 0) return false
    const steps = this.nextSteps()
    const { group, end } = steps.at(-1) as Step
    const counted = { first: group.first, entities: end, whole: Number(end === group.entities.length) }
    try {
      this.database.transaction(() => {
        for (const step of steps) this.take(step)
        this.put.run(counted.first, counted.entities, counted.whole)
      })
    } catch (error) {
      this.tables.entities.undone()
      throw error
    }
    this.counted = counted
    group.done = end
    this.owed.splice(0, steps.length - 1 + counted.whole)
    return this.owed.length > 0
  }

  private nextSteps(): Step[] {
    const steps: Step[] = []
    let room = AT_ONCE
    for (const group of this.owed) {
      const end = Math.min(group.entities.length, group.done + room)
      room -= end - group.done
      steps.push({ group, end })
      if (room === 0) break
    }
    return steps
  }

  private take({ group: { counts, entities, done }, end }: Step): void {
    for (const entity of entities.slice(done, end)) this.tables.entities.count(entity)
    if (end < entities.length) return
    for (const door of counts.allDoors()) this.tables.doors.count(door)
    this.tables.entities.prune(counts.latest)
  }
}
