/**
 * The one place that knows which SQLite binding is in use, and what its errors mean to a person. Every database carries
 * our application id and a version, so a foreign or newer one is told apart before anything is written into it.
 */
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite'
import { CommandError, messageOf } from '../errors.ts'

export type Statement = StatementSyncInstance

export interface Database {
  readonly path: string
  exec(sql: string): void
  prepare(sql: string): Statement
  /** Runs `work` as one transaction: all of it or nothing. */
  transaction<T>(work: () => T): T
  /** Runs `work` and turns what SQLite says into an error that names the place and the way out. */
  guard<T>(work: () => T): T
  /**
   * Folds what is committed into one file. Throws `folder-full` where there is no room for that: nothing is lost then, as
   * what is committed is durable before.
   */
  close(): void
}

/** "Heed", in the database's header. */
const APPLICATION_ID = 0x48656564

/** How a database is laid out. Other tables, or other columns, are another version. */
export interface Form {
  version: number
  /** Makes its tables where they are missing. */
  schema: string
  /** What to do with a database of another version. */
  remedy: string
}

const SQLITE = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 } as const

/** What an error of SQLite means for the folder. Others pass as they are. */
export function explainDatabaseError(path: string, error: unknown): unknown {
  if (error instanceof CommandError) return error
  const found = error as { sqliteCode?: number; sqliteExtendedCode?: number; systemErrno?: number } | null
  // Some full disks come as an error of reading or writing.
  if (found?.systemErrno === constants.errno.ENOSPC) return full(path, error)
  switch (found?.sqliteCode) {
    case SQLITE.full:
      return full(path, error)
    case SQLITE.readOnly:
      return new CommandError(
        'folder-read-only',
        `${path} cannot be written`,
        'make the data folder writable, or name another one with --data',
        { cause: error },
      )
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return new CommandError(
        'folder-damaged',
        `${path} is damaged or no database of ours: ${messageOf(error)}`,
        'restore the data folder from a backup, or scan the logs again into a new one with --data',
        { cause: error },
      )
    case SQLITE.busy:
      return new CommandError(
        'folder-locked',
        `${path} is used by another process`,
        'wait for it to end, or use another --data folder',
        { cause: error },
      )
    case SQLITE.cantOpen:
      return new CommandError(
        'folder-unwritable',
        `${path} cannot be opened: ${messageOf(error)}`,
        'check that the data folder exists and that you may write into it',
        { cause: error },
      )
    case SQLITE.ioError:
      return new CommandError(
        'folder-damaged',
        `${path} cannot be read or written: ${messageOf(error)}`,
        'check the disk and the space left on it, then type the same line again',
        { cause: error },
      )
    default:
      return error
  }
}

function full(path: string, cause: unknown): CommandError {
  return new CommandError(
    'folder-full',
    `the disk of ${path} is full`,
    'make room, then type the same line again: it goes on where it stopped',
    { cause },
  )
}

const numberOf = (database: DatabaseSyncInstance, sql: string, column: string) =>
  Number((database.prepare(sql).get() as Record<string, unknown> | undefined)?.[column])

function verify(database: DatabaseSyncInstance, path: string, { version, remedy }: Form): void {
  const id = numberOf(database, 'PRAGMA application_id', 'application_id')
  const tables = numberOf(database, 'SELECT count(*) AS tables FROM sqlite_master', 'tables')
  const found = numberOf(database, 'PRAGMA user_version', 'user_version')
  if (id !== APPLICATION_ID && (id !== 0 || tables > 0)) {
    throw new CommandError(
      'folder-foreign',
      `${path} is a database of another program`,
      'name a folder of its own with --data',
    )
  }
  if (found === version || id === 0) return
  const [code, age] = found > version ? (['folder-newer', 'a newer'] as const) : (['folder-older', 'an older'] as const)
  throw new CommandError(
    code,
    `${path} was written by ${age} version of Heedful (form ${found}; this one reads ${version})`,
    `use that version, or ${remedy}`,
  )
}

/** Opens or makes a database. Throws `CommandError`s of the folder kind. */
export function openDatabase(path: string, form: Form, mustExist = false): Database {
  if (mustExist && !existsSync(path)) {
    throw new CommandError(
      'folder-missing',
      `${path} does not exist: this is no data folder`,
      'make one with heedful scan FILE --data FOLDER',
    )
  }
  let inner: DatabaseSyncInstance | undefined
  try {
    inner = new DatabaseSync(path, { timeout: 0 })
    verify(inner, path, form)
    inner.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    inner.exec(
      `BEGIN IMMEDIATE; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${form.version}; ${form.schema}; COMMIT`,
    )
    return wrap(inner, path)
  } catch (error) {
    inner?.close()
    throw explainDatabaseError(path, error)
  }
}

function wrap(inner: DatabaseSyncInstance, path: string): Database {
  const guard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw explainDatabaseError(path, error)
    }
  }
  return {
    path,
    guard,
    exec: (sql) => guard(() => inner.exec(sql)),
    prepare: (sql) => guard(() => inner.prepare(sql)),
    transaction: (work) =>
      guard(() => {
        inner.exec('BEGIN IMMEDIATE')
        try {
          const result = work()
          inner.exec('COMMIT')
          return result
        } catch (error) {
          // A full disk may have rolled back already.
          if (inner.isTransaction) inner.exec('ROLLBACK')
          throw error
        }
      }),
    close() {
      try {
        // The binding ends statements when they are collected, and until then SQLite does not fold its log in by itself.
        if (inner.isOpen) guard(() => inner.exec('PRAGMA wal_checkpoint(TRUNCATE)'))
      } finally {
        inner.close()
      }
    },
  }
}
