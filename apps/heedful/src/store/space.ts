/** Where a scan keeps what it reads and concludes: a data folder, or memory alone. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import type { Log } from '../log/log.ts'
import { openMemoryLog } from '../log/memory-log.ts'
import { LOG_FILE, openSqliteLog } from '../log/sqlite-log.ts'
import { type FolderLock, lockFolder } from './lock.ts'
import { openMemoryStore } from './memory-store.ts'
import { openSqliteStore, type SqliteStore } from './sqlite-store.ts'
import type { Store } from './store.ts'

export interface Space {
  /** The data folder; undefined where nothing is kept. */
  folder?: string
  log: Log
  store: Store
  /** Gives the folder back. What a person should know of it then, if anything; once. */
  close(): string | undefined
}

/** A space in a data folder, which can be asked more. */
export interface FolderSpace extends Space {
  folder: string
  store: SqliteStore
}

export const isFolderSpace = (space: Space): space is FolderSpace => space.folder !== undefined

/**
 * Closes all parts, the last one first, whatever happens. A disk that is too full to tidy up on is told, not thrown: all
 * that was committed is durable without.
 */
function closeAll(folder: string, parts: { close(): void }[]): string | undefined {
  const failures: unknown[] = []
  for (const part of parts.splice(0).reverse()) {
    try {
      part.close()
    } catch (error) {
      failures.push(error)
    }
  }
  const grave = failures.filter((error) => !(error instanceof CommandError && error.code === 'folder-full'))
  if (grave.length > 0) throw grave[0]
  return failures.length === 0
    ? undefined
    : `the disk of ${folder} is full; all that was concluded is kept, but the next scan into it needs room`
}

/** Opens a data folder for this process alone. Throws `CommandError`s of the folder kind. */
export function openFolder(folder: string, mustExist = false): FolderSpace {
  // Asked before the lock makes its files: nothing is put into a folder that is not ours.
  if (mustExist && !existsSync(join(folder, LOG_FILE))) {
    throw new CommandError(
      'folder-missing',
      `there is no data folder ${folder}`,
      'make one with heedful scan FILE --data FOLDER',
    )
  }
  const opened: { close(): void }[] = []
  const close = () => closeAll(folder, opened)
  try {
    const lock: FolderLock = lockFolder(folder)
    opened.push({ close: () => lock.release() })
    const log = openSqliteLog(folder, mustExist)
    opened.push(log)
    const store = openSqliteStore(folder, log)
    opened.push(store)
    return { folder, log, store, close }
  } catch (error) {
    close()
    throw error
  }
}

export function openMemory(onVerdicts?: Parameters<typeof openMemoryStore>[0]): Space {
  return { log: openMemoryLog(), store: openMemoryStore(onVerdicts), close: () => undefined }
}
