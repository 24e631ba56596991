/** Requests that carried an idempotency key, for a day, and no more than the newest million. */
import type { Database } from '../store/database.ts'
import type { KnownRequest } from './log.ts'

export const REQUESTS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS requests (
    key TEXT PRIMARY KEY, time INTEGER NOT NULL, known TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS requests_by_time ON requests (time)`

/** How long a request is known, ms, and how many at the most. */
const KEPT = 86_400_000
const MOST = 1_000_000
/** Old ones are forgotten once in so many new ones, at most four times as many at once: nobody waits for a day of them. */
const FORGET_EVERY = 1000

export interface RequestsTable {
  /** Within a transaction. */
  save(requests: readonly KnownRequest[]): void
  /** `now`: the wall clock, ms UTC. */
  find(key: string, now: number): KnownRequest | undefined
}

export function openRequestsTable(database: Database, most = MOST): RequestsTable {
  const put = database.prepare('INSERT OR REPLACE INTO requests (key, time, known) VALUES (?, ?, ?)')
  const one = database.prepare('SELECT known FROM requests WHERE key = ?')
  const oldest = database.prepare('SELECT time FROM requests ORDER BY time DESC LIMIT 1 OFFSET ?')
  const forget = database.prepare(
    'DELETE FROM requests WHERE key IN (SELECT key FROM requests WHERE time <= ? ORDER BY time LIMIT ?)',
  )
  let added = 0

  function forgetOld(now: number): void {
    const beyond = (oldest.get(most) as { time: number } | undefined)?.time ?? Number.NEGATIVE_INFINITY
    forget.run(Math.max(now - KEPT, beyond), 4 * added)
    added = 0
  }

  return {
    save(requests) {
      for (const request of requests) put.run(request.key, request.time, JSON.stringify(request))
      added += requests.length
      const newest = requests.at(-1)
      if (newest !== undefined && added >= FORGET_EVERY) forgetOld(newest.time)
    },
    find(key, now) {
      const row = database.guard(() => one.get(key)) as { known: string } | undefined
      const known = row === undefined ? undefined : (JSON.parse(row.known) as KnownRequest)
      return known === undefined || known.time <= now - KEPT ? undefined : known
    },
  }
}
