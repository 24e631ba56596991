/** What came through each door so far. */
import type { DoorCount } from '../scoring/counts.ts'
import type { Database } from './database.ts'

export const DOORS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS door_counts (
    door INTEGER PRIMARY KEY, lines INTEGER NOT NULL, events INTEGER NOT NULL, refused INTEGER NOT NULL,
    absorbed INTEGER NOT NULL, last INTEGER
  ) STRICT`

export interface DoorsTable {
  count(door: DoorCount): void
  all(): DoorCount[]
}

export function openDoorsTable(database: Database): DoorsTable {
  const put = database.prepare(
    `INSERT INTO door_counts (door, lines, events, refused, absorbed, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT (door) DO UPDATE SET lines = lines + ?2, events = events + ?3, refused = refused + ?4,
     absorbed = absorbed + ?5, last = max(coalesce(last, ?6), coalesce(?6, last))`,
  )
  const all = database.prepare('SELECT door, lines, events, refused, absorbed, last FROM door_counts ORDER BY door')
  return {
    count: ({ door, lines, events, refused, absorbed, last }) =>
      void put.run(door, lines, events, refused, absorbed, last === null ? null : Math.round(last)),
    all: () => database.guard(() => all.all()) as unknown as DoorCount[],
  }
}
