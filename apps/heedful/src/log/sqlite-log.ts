/** The log as one SQLite file: a blob a group commit, and how far each file is read in the same transaction. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ActivateRecord } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import { type Form, openDatabase } from '../store/database.ts'
import {
  advance,
  type Commit,
  countLines,
  findActivations,
  type Group,
  type KnownFile,
  type Log,
  type LogEnd,
  type StoredGroup,
} from './log.ts'
import { readBlob, writeBlob } from './record-blob.ts'
import { openRequestsTable, REQUESTS_SCHEMA } from './requests-table.ts'

export const LOG_FILE = 'log.db'

const FORM: Form = {
  version: 2,
  remedy: 'scan the logs again into a new --data folder',
  schema: `
  CREATE TABLE IF NOT EXISTS record_groups (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, checksum INTEGER NOT NULL,
    lines INTEGER NOT NULL, tick INTEGER, body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identity (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, known TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS activations (position INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
  ${REQUESTS_SCHEMA}`,
}

interface Row {
  first: number
  count: number
  checksum: number
  lines: number
  tick: number | null
  body: Uint8Array
}

function damaged(path: string, first: number): CommandError {
  return new CommandError(
    'folder-damaged',
    `${path}: the records from position ${first} on are torn, missing or not from this log`,
    'restore the data folder from a backup, or scan the logs again into a new --data folder',
  )
}

/** Throws `CommandError`s of the folder kind. */
export function openSqliteLog(folder: string, mustExist = false): Log {
  const path = join(folder, LOG_FILE)
  const database = openDatabase(path, FORM, mustExist)
  const insert = database.prepare(
    'INSERT INTO record_groups (first, count, checksum, lines, tick, body) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const upsert = database.prepare(
    'INSERT INTO files (id, known) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET known = excluded.known',
  )
  const last = database.prepare('SELECT first, count, lines, tick FROM record_groups ORDER BY first DESC LIMIT 1')
  const holding = database.prepare('SELECT max(first) AS first FROM record_groups WHERE first <= ?')
  const at = database.prepare(
    'SELECT first, count, checksum, lines, body FROM record_groups WHERE first >= ? ORDER BY first LIMIT 1',
  )

  const activate = database.prepare('INSERT INTO activations (position, record) VALUES (?, ?)')
  const requests = openRequestsTable(database)

  function findEnd(): LogEnd {
    const row = database.guard(() => last.get()) as Omit<Row, 'body' | 'checksum'> | undefined
    if (row === undefined) return { position: 0, lines: 0, tick: null }
    return { position: row.first + row.count, lines: row.lines, tick: row.tick }
  }

  database.guard(() => database.prepare('INSERT OR IGNORE INTO identity (one, id) VALUES (1, ?)').run(randomUUID()))
  const { id } = database.guard(() => database.prepare('SELECT id FROM identity').get()) as { id: string }
  const files = new Map<number, KnownFile>()
  for (const row of database.guard(() => database.prepare('SELECT known FROM files ORDER BY id').all())) {
    const known = JSON.parse((row as { known: string }).known) as KnownFile
    files.set(known.id, known)
  }
  const activations = database
    .guard(() => database.prepare('SELECT record FROM activations ORDER BY position').all())
    .map((row) => JSON.parse((row as { record: string }).record) as ActivateRecord)
  let end = findEnd()

  function insertGroup(group: Group, before: LogEnd): LogEnd {
    const first = before.position
    const next = advance(before, group.records)
    const { bytes, checksum } = writeBlob(group, first)
    insert.run(first, group.records.length, checksum, next.lines, next.tick, bytes)
    group.records.forEach((record, i) => {
      if (record.kind === 'activate') activate.run(first + i, JSON.stringify(record))
    })
    return next
  }

  function commit({ groups, files: read, requests: answered }: Commit): number {
    const first = end.position
    const next = database.transaction(() => {
      const reached = groups.reduce((before, group) => insertGroup(group, before), end)
      for (const file of read) upsert.run(file.id, JSON.stringify(file))
      requests.save(answered)
      return reached
    })
    for (const file of read) files.set(file.id, file)
    for (const { records } of groups) activations.push(...findActivations(records))
    end = next
    return first
  }

  return {
    id,
    get end() {
      return end
    },
    get files() {
      return [...files.values()]
    },
    get activations() {
      return activations
    },
    append: (group, read) => commit({ groups: [group], files: read, requests: [] }),
    commit,
    findRequest: requests.find,
    *read(from: number): Iterable<StoredGroup> {
      let next = (database.guard(() => holding.get(from)) as { first: number | null }).first ?? 0
      while (next < end.position) {
        const row = database.guard(() => at.get(next)) as Row | undefined
        const group = row?.first === next ? readBlob({ bytes: row.body, checksum: row.checksum }, next) : undefined
        if (group === undefined || group.records.length !== row?.count) throw damaged(path, next)
        yield { ...group, first: next, lines: row.lines - countLines(group.records) }
        next += group.records.length
      }
    },
    close: () => database.close(),
  }
}
