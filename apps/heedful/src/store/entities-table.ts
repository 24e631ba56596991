/**
 * Entities as lists show them: how many events, when last, how risky. Counted once a group of the log, not once an event, so
 * that a million events cost some thousand rows; bounded in number and time.
 */
import type { EntityRef, EntityType } from '@heedful/stream'
import type { EntityCount } from '../scoring/counts.ts'
import type { Database } from './database.ts'

/** `risk` is the highest of its latest day that had any; `risk_hour` the hour of the latest, since 1970. */
export const ENTITIES_SCHEMA = `
  CREATE TABLE IF NOT EXISTS entities (
    type TEXT NOT NULL, id TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, events INTEGER NOT NULL,
    risk REAL NOT NULL, risk_hour INTEGER NOT NULL, peers TEXT NOT NULL, PRIMARY KEY (type, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entities_by_last ON entities (last);
  CREATE INDEX IF NOT EXISTS entities_by_risk ON entities (risk_hour, risk) WHERE risk_hour > 0;
  CREATE INDEX IF NOT EXISTS entities_by_peers ON entities (peers) WHERE peers <> '';
  CREATE TABLE IF NOT EXISTS entity_hours (
    type TEXT NOT NULL, id TEXT NOT NULL, hour INTEGER NOT NULL, risk REAL NOT NULL, PRIMARY KEY (type, id, hour)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entity_hours_by_hour ON entity_hours (hour)`

export interface KnownEntity extends EntityRef {
  /** Event time, ms UTC. */
  first: number
  last: number
  events: number
  /** The highest within a day; 0 after a day without any. */
  risk: number
  peers: string
  /** Alerts under its name. */
  alerts: number
}

export interface EntityQuery {
  type?: EntityType
  /** A part of its id, in any case. */
  part?: string
  order: 'risk' | 'recent'
  limit: number
  /** The time of the log, ms UTC: risk is as of then. */
  now: number
}

export interface Bounds {
  /** Entities kept. */
  most: number
  /** Hours of risk kept. */
  hours: number
}

export interface EntitiesTable {
  count(entity: EntityCount): void
  /** Forgets what is too old, and what is too much, a little at a time. */
  prune(now: number): void
  /** The transaction in which any were counted or forgotten was rolled back. */
  undone(): void
  find(entity: EntityRef, now: number): KnownEntity | undefined
  list(query: EntityQuery): KnownEntity[]
  /** Those of a group of peers, the riskiest first, and how many there are. */
  peers(group: string, now: number, limit: number): { size: number; members: { id: string; risk: number }[] }
  /** The highest risk of each hour that had any, in order. */
  risks(entity: EntityRef): { hour: number; risk: number }[]
}

const HOUR = 3_600_000
const DAY_HOURS = 24
const BOUNDS: Bounds = { most: 3_500_000, hours: 28 * DAY_HOURS }
/** So many are forgotten at a time, so that no commit takes long. */
const AT_ONCE = 500
/** A part of a name is looked for among so many, the latest first. */
const SEARCHED = 100_000

const hourOf = (time: number): number => Math.floor(time / HOUR)

export function openEntitiesTable(database: Database, bounds: Bounds = BOUNDS): EntitiesTable {
  const update = database.prepare(
    `UPDATE entities SET first = min(first, ?3), last = max(last, ?4), events = events + ?5,
     risk = CASE WHEN ?7 = 0 THEN risk WHEN ?7 > risk_hour + ${DAY_HOURS} THEN ?6 ELSE max(risk, ?6) END,
     risk_hour = max(risk_hour, ?7), peers = CASE WHEN ?8 = '' THEN peers ELSE ?8 END WHERE type = ?1 AND id = ?2`,
  )
  const insert = database.prepare(
    'INSERT INTO entities (type, id, first, last, events, risk, risk_hour, peers) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const putHour = database.prepare(
    `INSERT INTO entity_hours (type, id, hour, risk) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (type, id, hour) DO UPDATE SET risk = max(risk, ?4)`,
  )
  const dropHours = database.prepare(
    `DELETE FROM entity_hours WHERE (type, id, hour) IN
     (SELECT type, id, hour FROM entity_hours WHERE hour < ? ORDER BY hour LIMIT ${AT_ONCE})`,
  )
  const size = database.prepare('SELECT count(*) AS count FROM entities')
  const dropOldest = database.prepare(
    'DELETE FROM entities WHERE (type, id) IN (SELECT type, id FROM entities ORDER BY last LIMIT ?)',
  )
  const RISK = 'CASE WHEN risk_hour > ?1 THEN risk ELSE 0 END'
  const ALERTS = `(SELECT count(*) FROM alerts WHERE entity_type = known.type AND entity_id = known.id AND provisional = 0)`
  const shown = (from: string, rest: string) =>
    `SELECT type, id, first, last, events, ${RISK} AS risk, peers, ${ALERTS} AS alerts FROM ${from} AS known ${rest}`
  const one = database.prepare(shown('entities', 'WHERE type = ?2 AND id = ?3'))
  const ofPeers = database.prepare(
    `SELECT id, ${RISK} AS risk FROM entities WHERE peers = ?2 AND peers <> '' AND type = 'user' ORDER BY 2 DESC, id LIMIT ?3`,
  )
  const peersSize = database.prepare(
    `SELECT count(*) AS count FROM entities WHERE peers = ? AND peers <> '' AND type = 'user'`,
  )
  const hours = database.prepare('SELECT hour, risk FROM entity_hours WHERE type = ? AND id = ? ORDER BY hour')
  /** How many there are; they are looked at once, when the first is counted. */
  let known: number | undefined
  /** How many are still to be forgotten. */
  let over = 0

  const latest = `(SELECT * FROM entities ORDER BY last DESC LIMIT ${SEARCHED})`
  const matching = `(?2 = '' OR type = ?2) AND (?3 = '' OR instr(lower(id), ?3) > 0)`
  const risky = database.prepare(
    shown('entities', `WHERE risk_hour > ?1 AND ${matching} ORDER BY risk DESC, last DESC, id LIMIT ?4`),
  )
  const others = database.prepare(
    shown(latest, `WHERE risk_hour <= ?1 AND ${matching} ORDER BY last DESC, id LIMIT ?4`),
  )
  const recent = database.prepare(shown(latest, `WHERE ${matching} ORDER BY last DESC, id LIMIT ?4`))

  const rowsOf = (rows: unknown) => rows as KnownEntity[]
  const since = (now: number) => hourOf(now) - DAY_HOURS

  return {
    count({ type, id, first, last, events, group, risks }) {
      let [risk, riskHour] = [0, 0]
      for (const [hour, highest] of risks) {
        putHour.run(type, id, hour, highest)
        risk = Math.max(risk, highest)
        riskHour = Math.max(riskHour, hour)
      }
      known ??= (size.get() as { count: number }).count
      const row = [type, id, Math.round(first), Math.round(last), events, risk, riskHour, group] as const
      if (update.run(...row).changes > 0) return
      insert.run(...row)
      known++
    },
    prune(now) {
      dropHours.run(hourOf(now) - bounds.hours)
      if (over === 0 && known !== undefined && known > bounds.most)
        over = known - bounds.most + Math.ceil(bounds.most / 10)
      if (over === 0) return
      const some = Math.min(over, AT_ONCE)
      dropOldest.run(some)
      over -= some
      known = (known ?? 0) - some
    },
    undone() {
      known = undefined
      over = 0
    },
    find: ({ type, id }, now) =>
      database.guard(() => one.get(since(now), type, id)) as unknown as KnownEntity | undefined,
    list({ type = '', part = '', order, limit, now }) {
      const asked = [since(now), type, part.toLowerCase()] as const
      if (order === 'recent') return rowsOf(database.guard(() => recent.all(...asked, limit)))
      const first = rowsOf(database.guard(() => risky.all(...asked, limit)))
      const room = limit - first.length
      return room === 0 ? first : [...first, ...rowsOf(database.guard(() => others.all(...asked, room)))]
    },
    peers(group, now, limit) {
      const { count } = database.guard(() => peersSize.get(group)) as { count: number }
      const members = database.guard(() => ofPeers.all(since(now), group, limit))
      return { size: count, members: members as { id: string; risk: number }[] }
    },
    risks: ({ type, id }) => database.guard(() => hours.all(type, id)) as { hour: number; risk: number }[],
  }
}
