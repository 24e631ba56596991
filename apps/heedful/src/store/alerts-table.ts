/** Alerts, with what they are asked by in columns. */
import type { Alert, EntityRef, Severity } from '@heedful/stream'
import type { Database } from './database.ts'
import { byTime } from './store.ts'

/** A provisional row stands in for the other one of its id until it is dropped. */
export const ALERTS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS alerts (
    id TEXT NOT NULL, provisional INTEGER NOT NULL, time INTEGER NOT NULL, severity TEXT NOT NULL, state TEXT NOT NULL,
    entity_type TEXT NOT NULL, entity_id TEXT NOT NULL, behaviours TEXT NOT NULL, words TEXT NOT NULL, changed INTEGER NOT NULL,
    alert TEXT NOT NULL, PRIMARY KEY (id, provisional)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS alerts_by_time ON alerts (time, id);
  CREATE INDEX IF NOT EXISTS alerts_by_change ON alerts (changed, id);
  CREATE INDEX IF NOT EXISTS alerts_by_entity ON alerts (entity_type, entity_id, time)`

export type Label = 'benign' | 'malicious'

export interface AlertQuery {
  state?: 'raised' | 'over_budget'
  severities?: readonly Severity[]
  entity?: Partial<EntityRef>
  label?: Label | 'none'
  behaviour?: string
  /** Words that all occur in the title, the reasons, the ids of the alert and of those whom it is about. */
  words?: string
  /** Opened at or after, and before; ms UTC. */
  from?: number
  to?: number
  limit: number
  /** Behind this one, newest first. */
  after?: { time: number; id: string }
}

export interface Labelled {
  alert: Alert
  label: Label | null
}

/** A place in the order in which alerts were concluded as they are: by position in the log, then by id. */
export interface Change {
  changed: number
  id: string
}

export interface AlertPage {
  found: Labelled[]
  /** Of the whole query, without `after`. */
  total: number
}

export interface AlertsTable {
  /** `changed`: the position in the log by which it was concluded so. */
  save(alert: Alert, changed: number, provisional?: boolean): void
  dropProvisional(): void
  /** By time, then id. */
  all(): Alert[]
  find(id: string): Labelled | undefined
  /** Newest first. */
  list(query: AlertQuery): AlertPage
  /** Those that were raised or changed behind a place in the order of changes, the next `limit`. */
  changedAfter(place: Change, limit: number): (Labelled & Change)[]
  /** Alerts raised at or after, ms UTC. */
  countRaised(from: number): number
}

/** What is kept to look for words in. */
const WORDS = 4000
const CURRENT = '(provisional = 1 OR id NOT IN (SELECT id FROM alerts WHERE provisional = 1))'
const LABEL = '(SELECT label FROM feedback WHERE feedback.alert = alerts.id ORDER BY position DESC LIMIT 1)'

const wordsOf = ({ id, title, entity, reasons, victims }: Alert): string =>
  [id, title, entity.id, ...reasons.map(({ text }) => text), ...victims.map((victim) => victim.id)]
    .join('\n')
    .toLowerCase()
    .slice(0, WORDS)

/** Each behaviour between commas, so that one name is not found inside another. */
const behavioursOf = ({ reasons }: Alert): string => `,${reasons.map(({ behaviour }) => behaviour).join(',')},`

interface Conditions {
  text: string[]
  values: (string | number)[]
}

function conditionsOf(query: AlertQuery): Conditions {
  const text = [CURRENT]
  const values: (string | number)[] = []
  const add = (condition: string, ...given: (string | number)[]) => {
    text.push(condition)
    values.push(...given)
  }
  const { state, severities, entity, label, behaviour, words, from, to } = query
  if (state !== undefined) add('state = ?', state)
  if (severities !== undefined) add(`severity IN (${severities.map(() => '?').join(', ')})`, ...severities)
  if (entity?.type !== undefined) add('entity_type = ?', entity.type)
  if (entity?.id !== undefined) add('entity_id = ?', entity.id)
  if (label !== undefined) add(`coalesce(${LABEL}, 'none') = ?`, label)
  if (behaviour !== undefined) add('instr(behaviours, ?) > 0', `,${behaviour},`)
  for (const word of (words ?? '').toLowerCase().split(/\s+/).slice(0, 16))
    if (word !== '') add('instr(words, ?) > 0', word)
  if (from !== undefined) add('time >= ?', from)
  if (to !== undefined) add('time < ?', to)
  return { text, values }
}

const labelOf = (label: unknown): Label | null => (label === 'benign' || label === 'malicious' ? label : null)

const labelled = (row: unknown): Labelled => {
  const { alert, label } = row as { alert: string; label: string | null }
  return { alert: JSON.parse(alert) as Alert, label: labelOf(label) }
}

const changeOf = (row: unknown): Change => {
  const { changed, id } = row as Change
  return { changed, id }
}

export function openAlertsTable(database: Database): AlertsTable {
  const put = database.prepare(
    `INSERT INTO alerts (id, provisional, time, severity, state, entity_type, entity_id, behaviours, words, changed, alert)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id, provisional) DO UPDATE SET time = excluded.time, severity = excluded.severity, state = excluded.state,
     behaviours = excluded.behaviours, words = excluded.words, changed = excluded.changed,
     alert = excluded.alert`,
  )
  const drop = database.prepare('DELETE FROM alerts WHERE provisional = 1')
  const all = database.prepare(`SELECT alert FROM alerts WHERE ${CURRENT}`)
  const one = database.prepare(
    `SELECT alert, ${LABEL} AS label FROM alerts WHERE id = ? ORDER BY provisional DESC LIMIT 1`,
  )
  const since = database.prepare(
    `SELECT id, alert, changed, ${LABEL} AS label FROM alerts WHERE (changed, id) > (?, ?) AND provisional = 0
     ORDER BY changed, id LIMIT ?`,
  )
  const raised = database.prepare(
    `SELECT count(*) AS count FROM alerts WHERE time >= ? AND state = 'raised' AND ${CURRENT}`,
  )
  return {
    save(alert, changed, provisional = false) {
      const { id, time, severity, state, entity } = alert
      const [behaviours, words, text] = [behavioursOf(alert), wordsOf(alert), JSON.stringify(alert)]
      const when = Math.round(time)
      put.run(id, provisional ? 1 : 0, when, severity, state, entity.type, entity.id, behaviours, words, changed, text)
    },
    dropProvisional: () => void drop.run(),
    all: () =>
      database
        .guard(() => all.all())
        .map((row) => JSON.parse((row as { alert: string }).alert) as Alert)
        .sort(byTime),
    find(id) {
      const row = database.guard(() => one.get(id))
      return row === undefined ? undefined : labelled(row)
    },
    list(query) {
      const { text, values } = conditionsOf(query)
      const { after, limit } = query
      const where = text.join(' AND ')
      const further = after === undefined ? '' : 'AND (time, id) < (?, ?)'
      const rows = database.guard(() =>
        database
          .prepare(
            `SELECT alert, ${LABEL} AS label FROM alerts WHERE ${where} ${further} ORDER BY time DESC, id DESC LIMIT ?`,
          )
          .all(...values, ...(after === undefined ? [] : [after.time, after.id]), limit),
      )
      const { total } = database.guard(() =>
        database.prepare(`SELECT count(*) AS total FROM alerts WHERE ${where}`).get(...values),
      ) as { total: number }
      return { found: rows.map(labelled), total }
    },
    changedAfter: ({ changed, id }, limit) =>
      database.guard(() => since.all(changed, id, limit)).map((row) => ({ ...labelled(row), ...changeOf(row) })),
    countRaised: (from) => (database.guard(() => raised.get(Math.round(from))) as { count: number }).count,
  }
}
