/** What was concluded, as one SQLite file beside the log. Everything in it can be concluded again from the log. */
import { join } from 'node:path'
import type { Verdict } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import type { Log } from '../log/log.ts'
import { LOG_FILE } from '../log/sqlite-log.ts'
import { ALERTS_SCHEMA, type AlertsTable, openAlertsTable } from './alerts-table.ts'
import { Checkpoints, MOST_PAGES } from './checkpoints.ts'
import { type Database, type Form, openDatabase } from './database.ts'
import { DOORS_SCHEMA, type DoorsTable, openDoorsTable } from './doors-table.ts'
import { ENTITIES_SCHEMA, type EntitiesTable, openEntitiesTable } from './entities-table.ts'
import { FEEDBACK_SCHEMA, type FeedbackTable, openFeedbackTable } from './feedback-table.ts'
import { COUNTED_SCHEMA, GroupCounter } from './group-counter.ts'
import { LETTERS_SCHEMA, type LettersTable, openLettersTable } from './letters-table.ts'
import { MemoryShelf } from './memory-shelf.ts'
import type { ConcludedGroup, KeptMemory, Store } from './store.ts'
import { readVerdicts, writeVerdicts } from './verdict-block.ts'

export const STORE_FILE = 'heedful.db'

const FORM: Form = {
  version: 7,
  remedy: `move ${STORE_FILE} out of the folder and scan again: all of it is concluded again from the log`,
  schema: `
  ${[ALERTS_SCHEMA, FEEDBACK_SCHEMA, LETTERS_SCHEMA, ENTITIES_SCHEMA, DOORS_SCHEMA, COUNTED_SCHEMA].join(';')};
  CREATE TABLE IF NOT EXISTS verdict_blocks (first INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tail (one INTEGER PRIMARY KEY CHECK (one = 1), verdicts TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS identity (one INTEGER PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS snapshots (
    id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, file TEXT NOT NULL
  ) STRICT`,
}

/**
 * A power cut may undo what was committed after memory was: it is concluded again from the log. So only memory waits for the
 * disk. SQLite makes checkpoints of its own only where nobody else does.
 */
const HASTE = `PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${2 * MOST_PAGES}`
const CARE = 'PRAGMA synchronous = FULL'

/** What can be asked of a store beside the others: each in a file of its own. */
export interface Tables {
  alerts: AlertsTable
  feedback: FeedbackTable
  letters: LettersTable
  entities: EntitiesTable
  doors: DoorsTable
}

export interface SqliteStore extends Store {
  readonly tables: Tables
}

/** Where the log stood when memory was kept, and the file that it begins in. */
type InForce = Pick<KeptMemory, 'position' | 'file'>

/** What was concluded from one log is never taken for another's. */
function refuseOtherLog(database: Database, { id, end }: Log, memory: InForce | undefined): void {
  database.guard(() => database.prepare('INSERT OR IGNORE INTO identity (one, log) VALUES (1, ?)').run(id))
  const { log } = database.guard(() => database.prepare('SELECT log FROM identity').get()) as { log: string }
  if (log === id && (memory?.position ?? 0) <= end.position) return
  throw new CommandError(
    'folder-damaged',
    `${database.path} was concluded from another log than the ${LOG_FILE} beside it`,
    `restore both from one backup, or ${FORM.remedy}`,
  )
}

/** Throws `CommandError`s of the folder kind. */
export function openSqliteStore(folder: string, log: Log, mustExist = false): SqliteStore {
  const database = openDatabase(join(folder, STORE_FILE), FORM, mustExist)
  const tables: Tables = {
    alerts: openAlertsTable(database),
    feedback: openFeedbackTable(database),
    letters: openLettersTable(database),
    entities: openEntitiesTable(database),
    doors: openDoorsTable(database),
  }
  const putBlock = database.prepare('INSERT OR REPLACE INTO verdict_blocks (first, body) VALUES (?, ?)')
  const putSnapshot = database.prepare('INSERT OR REPLACE INTO snapshots (id, position, file) VALUES (1, ?, ?)')
  const putTail = database.prepare('INSERT OR REPLACE INTO tail (one, verdicts) VALUES (1, ?)')
  const dropTail = database.prepare('DELETE FROM tail')
  const theTail = database.prepare('SELECT verdicts FROM tail')
  const firsts = {
    forwards: 'SELECT first FROM verdict_blocks ORDER BY first',
    backwards: 'SELECT first FROM verdict_blocks ORDER BY first DESC',
  }
  const block = database.prepare('SELECT body FROM verdict_blocks WHERE first = ?')
  const blocksOf = database.prepare(
    `SELECT body FROM verdict_blocks WHERE first < ? AND
     first >= coalesce((SELECT max(first) FROM verdict_blocks WHERE first <= ?), 0) ORDER BY first`,
  )
  const counter = new GroupCounter(database, tables)

  function saveGroups(groups: readonly ConcludedGroup[]): void {
    dropProvisional()
    for (const group of groups) saveGroup(group)
  }

  function saveGroup(group: ConcludedGroup): void {
    for (const alert of group.alerts.values()) tables.alerts.save(alert, group.last)
    for (const letter of group.letters) tables.letters.save(letter)
    for (const position of group.redriven) tables.letters.markRedriven(position)
    for (const feedback of group.feedback) tables.feedback.save(feedback)
    if (group.verdicts.length > 0) putBlock.run(group.first, writeVerdicts(group.verdicts))
  }

  function dropProvisional(): void {
    dropTail.run()
    tables.alerts.dropProvisional()
  }

  function findTail(): Verdict[] {
    const row = database.guard(() => theTail.get()) as { verdicts: string } | undefined
    return row === undefined ? [] : readVerdicts(row.verdicts)
  }

  function findMemory(): InForce | undefined {
    return database.guard(() => database.prepare('SELECT position, file FROM snapshots').get()) as InForce | undefined
  }

  let inForce = findMemory()
  try {
    refuseOtherLog(database, log, inForce)
  } catch (error) {
    database.close()
    throw error
  }
  const shelf = new MemoryShelf(folder, inForce?.file ?? '')
  const checkpoints = new Checkpoints(database.path)
  database.exec(HASTE)

  /** Durable with all that was committed before it. */
  function commitMemory(groups: readonly ConcludedGroup[], memory: KeptMemory): void {
    database.exec(CARE)
    try {
      database.transaction(() => {
        saveGroups(groups)
        putSnapshot.run(memory.position, memory.file)
      })
    } finally {
      database.exec(HASTE)
    }
    inForce = memory
    void shelf.putInForce(memory)
  }
  return {
    tables,
    get snapshot() {
      return inForce === undefined ? undefined : { position: inForce.position, ...shelf.read() }
    },
    forgetMemory: () => shelf.forget(),
    keep: (snapshot) => shelf.keep(snapshot),
    commit(groups, memory) {
      if (memory === undefined) database.transaction(() => saveGroups(groups))
      else commitMemory(groups, memory)
      counter.owe(groups)
    },
    count: () => counter.count(),
    checkpoint: () => checkpoints.next(),
    settle: () => checkpoints.end(),
    keepProvisional({ alerts, verdicts, last }) {
      database.transaction(() => {
        dropProvisional()
        // Apart from the rest: an alert that only its tail changed is as it was when the tail is dropped.
        for (const alert of alerts.values()) tables.alerts.save(alert, last, true)
        putTail.run(writeVerdicts(verdicts))
      })
    },
    alerts: () => tables.alerts.all(),
    verdictsOf(from, to) {
      const rows = database.guard(() => blocksOf.all(to, from)) as { body: string }[]
      return rows.flatMap(({ body }) => readVerdicts(body))
    },
    *verdicts(backwards = false): Iterable<readonly Verdict[]> {
      const tail = findTail()
      if (backwards && tail.length > 0) yield tail
      const order = database.prepare(backwards ? firsts.backwards : firsts.forwards)
      for (const { first } of database.guard(() => order.all()) as { first: number }[]) {
        yield readVerdicts((database.guard(() => block.get(first)) as { body: string }).body)
      }
      if (!backwards && tail.length > 0) yield tail
    },
    close() {
      try {
        shelf.close()
      } finally {
        database.close()
      }
    },
  }
}
