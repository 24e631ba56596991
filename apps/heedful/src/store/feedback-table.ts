/** What analysts said of alerts, as the log has it. */
import type { FeedbackRecord } from '@heedful/stream'
import type { Database } from './database.ts'

export const FEEDBACK_SCHEMA = `
  CREATE TABLE IF NOT EXISTS feedback (
    position INTEGER PRIMARY KEY, time INTEGER NOT NULL, alert TEXT NOT NULL, label TEXT NOT NULL, note TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS feedback_by_alert ON feedback (alert, position)`

export interface Feedback extends Omit<FeedbackRecord, 'kind'> {
  position: number
}

export interface FeedbackTable {
  save(feedback: Feedback): void
  /** The oldest first; the newest 200. */
  of(alert: string): Feedback[]
  /** What was said behind a position, the next `limit`. */
  since(position: number, limit: number): Feedback[]
}

const SHOWN = 200

export function openFeedbackTable(database: Database): FeedbackTable {
  const put = database.prepare(
    'INSERT OR REPLACE INTO feedback (position, time, alert, label, note) VALUES (?, ?, ?, ?, ?)',
  )
  const those = database.prepare(
    'SELECT position, time, alert, label, note FROM feedback WHERE alert = ? ORDER BY position DESC LIMIT ?',
  )
  const later = database.prepare(
    'SELECT position, time, alert, label, note FROM feedback WHERE position > ? ORDER BY position LIMIT ?',
  )
  const read = (rows: unknown): Feedback[] =>
    (rows as (Feedback & { note: string | null })[]).map(({ note, ...rest }) =>
      note === null ? rest : { ...rest, note },
    )
  return {
    save: ({ position, time, alert, label, note }) =>
      void put.run(position, Math.round(time), alert, label, note ?? null),
    of: (alert) => read(database.guard(() => those.all(alert, SHOWN))).reverse(),
    since: (position, limit) => read(database.guard(() => later.all(position, limit))),
  }
}
