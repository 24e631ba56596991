/** What was concluded, as one SQLite file beside the log. Everything in it can be concluded again from the log. */
import { join } from 'node:path'
import type { Alert, DeadLetter, Verdict } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import type { Log } from '../log/log.ts'
import { LOG_FILE } from '../log/sqlite-log.ts'
import { type Database, type Form, openDatabase } from './database.ts'
import { byTime, type ConcludedGroup, type Snapshot, type Store } from './store.ts'
import { readVerdicts, writeVerdicts } from './verdict-block.ts'

export const STORE_FILE = 'heedful.db'
/** What is kept of a refused line; all of it stands in the log, at its position. */
const LETTER_LINE = 2_000

const FORM: Form = {
  version: 2,
  remedy: `move ${STORE_FILE} out of the folder and scan again: all of it is concluded again from the log`,
  schema: `
  CREATE TABLE IF NOT EXISTS alerts (
    id TEXT PRIMARY KEY, time INTEGER NOT NULL, alert TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dead_letters (
    position INTEGER NOT NULL, id TEXT NOT NULL, door INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
    line TEXT NOT NULL, PRIMARY KEY (position, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS verdict_blocks (first INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tail (
    one INTEGER PRIMARY KEY CHECK (one = 1), alerts TEXT NOT NULL, verdicts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identity (one INTEGER PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS snapshots (
    id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT`,
}

/** What was concluded from one log is never taken for another's. */
function refuseOtherLog(database: Database, { id, end }: Log, snapshot: Snapshot | undefined): void {
  database.guard(() => database.prepare('INSERT OR IGNORE INTO identity (one, log) VALUES (1, ?)').run(id))
  const { log } = database.guard(() => database.prepare('SELECT log FROM identity').get()) as { log: string }
  if (log === id && (snapshot?.position ?? 0) <= end.position) return
  throw new CommandError(
    'folder-damaged',
    `${database.path} was concluded from another log than the ${LOG_FILE} beside it`,
    `restore both from one backup, or ${FORM.remedy}`,
  )
}

/** Throws `CommandError`s of the folder kind. */
export function openSqliteStore(folder: string, log: Log, mustExist = false): Store {
  const database = openDatabase(join(folder, STORE_FILE), FORM, mustExist)
  const putAlert = database.prepare(
    `INSERT INTO alerts (id, time, alert) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET time = excluded.time, alert = excluded.alert`,
  )
  const putLetter = database.prepare(
    'INSERT OR REPLACE INTO dead_letters (position, id, door, reason, detail, line) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const putBlock = database.prepare('INSERT OR REPLACE INTO verdict_blocks (first, body) VALUES (?, ?)')
  const putSnapshot = database.prepare('INSERT OR REPLACE INTO snapshots (id, position, bytes) VALUES (1, ?, ?)')
  const putTail = database.prepare('INSERT OR REPLACE INTO tail (one, alerts, verdicts) VALUES (1, ?, ?)')
  const dropTail = database.prepare('DELETE FROM tail')
  const theTail = database.prepare('SELECT alerts, verdicts FROM tail')
  const allAlerts = database.prepare('SELECT alert FROM alerts')
  const firsts = {
    forwards: 'SELECT first FROM verdict_blocks ORDER BY first',
    backwards: 'SELECT first FROM verdict_blocks ORDER BY first DESC',
  }
  const block = database.prepare('SELECT body FROM verdict_blocks WHERE first = ?')

  const saveAlert = (alert: Alert) => putAlert.run(alert.id, Math.round(alert.time), JSON.stringify(alert))
  const saveLetter = ({ position, id, door, reason, detail, line }: DeadLetter) =>
    putLetter.run(position, id, door, reason, detail, line.slice(0, LETTER_LINE))

  function saveGroup(group: ConcludedGroup): void {
    for (const alert of group.alerts.values()) saveAlert(alert)
    for (const letter of group.letters) saveLetter(letter)
    if (group.verdicts.length > 0) putBlock.run(group.first, writeVerdicts(group.verdicts))
  }

  /** Apart from the rest: an alert that only its tail changed is as it was when the tail is dropped. */
  function findTail(): { alerts: Alert[]; verdicts: Verdict[] } {
    const row = database.guard(() => theTail.get()) as { alerts: string; verdicts: string } | undefined
    if (row === undefined) return { alerts: [], verdicts: [] }
    return { alerts: JSON.parse(row.alerts) as Alert[], verdicts: readVerdicts(row.verdicts) }
  }

  function findSnapshot(): Snapshot | undefined {
    const row = database.guard(() => database.prepare('SELECT position, bytes FROM snapshots').get())
    return row as Snapshot | undefined
  }

  let snapshot = findSnapshot()
  try {
    refuseOtherLog(database, log, snapshot)
  } catch (error) {
    database.close()
    throw error
  }
  return {
    get snapshot() {
      return snapshot
    },
    commit(groups, next) {
      database.transaction(() => {
        dropTail.run()
        for (const group of groups) saveGroup(group)
        if (next !== undefined) putSnapshot.run(next.position, next.bytes)
      })
      snapshot = next ?? snapshot
    },
    keepProvisional({ alerts, verdicts }) {
      database.transaction(() => putTail.run(JSON.stringify([...alerts.values()]), writeVerdicts(verdicts)))
    },
    alerts() {
      const rows = database.guard(() => allAlerts.all()) as { alert: string }[]
      const found = [...rows.map((row) => JSON.parse(row.alert) as Alert), ...findTail().alerts]
      return [...new Map(found.map((alert) => [alert.id, alert])).values()].sort(byTime)
    },
    *verdicts(backwards = false): Iterable<readonly Verdict[]> {
      const { verdicts: tail } = findTail()
      if (backwards && tail.length > 0) yield tail
      const order = database.prepare(backwards ? firsts.backwards : firsts.forwards)
      for (const { first } of database.guard(() => order.all()) as { first: number }[]) {
        yield readVerdicts((database.guard(() => block.get(first)) as { body: string }).body)
      }
      if (!backwards && tail.length > 0) yield tail
    },
    close: () => database.close(),
  }
}
