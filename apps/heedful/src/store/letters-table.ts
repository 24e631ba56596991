/** Lines that were refused, each with its reason, and whether it was read again since. */
import type { DeadLetter } from '@heedful/stream'
import type { Database } from './database.ts'

/** All that is counted stands in the index: the lines themselves are long. */
export const LETTERS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS dead_letters (
    position INTEGER NOT NULL, id TEXT NOT NULL, door INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
    line TEXT NOT NULL, time INTEGER, redriven INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (position, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS dead_letters_counted ON dead_letters (reason, position, redriven, door)`

/** What is kept of a refused line; all of it stands in the log, at its position. */
const LETTER_LINE = 2_000

export interface KeptLetter extends DeadLetter {
  /** The line's own stamp, ms UTC; null where it had none. */
  time: number | null
  redriven: boolean
}

export interface LetterQuery {
  reason?: string
  door?: number
  /** Those that still wait. */
  waiting?: boolean
  limit: number
  after?: { position: number; id: string }
}

export interface LettersTable {
  save(letter: DeadLetter & { time?: number }): void
  markRedriven(position: number): void
  /** Newest first. */
  list(query: LetterQuery): { found: KeptLetter[]; total: number }
  find(id: string): KeptLetter[]
  /** Reasons of letters that were not redriven, the most frequent first, each with its newest line. */
  reasons(): { reason: string; count: number; example: string }[]
}

const REASONS = 200
const COLUMNS = 'position, id, door, reason, detail, line, time, redriven'

const letterOf = (row: unknown): KeptLetter => {
  const { redriven, ...letter } = row as Omit<KeptLetter, 'redriven'> & { redriven: number }
  return { ...letter, redriven: redriven === 1 }
}

export function openLettersTable(database: Database): LettersTable {
  const put = database.prepare(
    `INSERT INTO dead_letters (position, id, door, reason, detail, line, time) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (position, id) DO UPDATE SET door = excluded.door, reason = excluded.reason, detail = excluded.detail,
     line = excluded.line, time = excluded.time`,
  )
  const mark = database.prepare('UPDATE dead_letters SET redriven = 1 WHERE position = ?')
  const named = database.prepare(`SELECT ${COLUMNS} FROM dead_letters WHERE id = ? ORDER BY position DESC LIMIT 10`)
  const reasons = database.prepare(
    `SELECT reason, count(*) AS count, max(position) AS position FROM dead_letters WHERE redriven = 0
     GROUP BY reason ORDER BY count DESC, reason LIMIT ${REASONS}`,
  )
  const lineAt = database.prepare('SELECT line FROM dead_letters WHERE position = ? LIMIT 1')

  function conditionsOf({ reason, door, waiting }: LetterQuery): { where: string; values: (string | number)[] } {
    const text = ['1']
    const values: (string | number)[] = []
    if (waiting === true) text.push('redriven = 0')
    if (reason !== undefined) {
      text.push('reason = ?')
      values.push(reason)
    }
    if (door !== undefined) {
      text.push('door = ?')
      values.push(door)
    }
    return { where: text.join(' AND '), values }
  }

  return {
    save({ position, id, door, reason, detail, line, time }) {
      const stamp = time === undefined || Number.isNaN(time) ? null : Math.round(time)
      put.run(position, id, door, reason, detail, line.slice(0, LETTER_LINE), stamp)
    },
    markRedriven: (position) => void mark.run(position),
    list(query) {
      const { where, values } = conditionsOf(query)
      const { after, limit } = query
      const further = after === undefined ? '' : 'AND (position, id) < (?, ?)'
      const rows = database.guard(() =>
        database
          .prepare(
            `SELECT ${COLUMNS} FROM dead_letters WHERE ${where} ${further} ORDER BY position DESC, id DESC LIMIT ?`,
          )
          .all(...values, ...(after === undefined ? [] : [after.position, after.id]), limit),
      )
      const { total } = database.guard(() =>
        database.prepare(`SELECT count(*) AS total FROM dead_letters WHERE ${where}`).get(...values),
      ) as { total: number }
      return { found: rows.map(letterOf), total }
    },
    find: (id) => database.guard(() => named.all(id)).map(letterOf),
    reasons: () =>
      (database.guard(() => reasons.all()) as { reason: string; count: number; position: number }[]).map(
        ({ reason, count, position }) => ({
          reason,
          count,
          example: (database.guard(() => lineAt.get(position)) as { line: string }).line,
        }),
      ),
  }
}
