/**
 * One process a data folder. The lock is SQLite's exclusive lock on a database of its own, which the operating system
 * takes back when the process dies, however it dies: there is no stale lock to remove.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { CommandError, messageOf, systemCode } from '../errors.ts'
import { explainDatabaseError } from './database.ts'
import { makeFolder } from './make-folder.ts'

export interface FolderLock {
  release(): void
}

/** Files or their file system are read-only, or somebody else's. */
const MAY_NOT = new Set(['EROFS', 'EACCES', 'EPERM'])

function holder(path: string): string {
  try {
    const pid = readFileSync(path, 'utf8').trim()
    return /^\d{1,10}$/.test(pid) ? `process ${pid}` : 'another process'
  } catch {
    return 'another process'
  }
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder)
    if (!statSync(folder).isDirectory()) throw new Error('it is a file')
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOSPC') {
      throw new CommandError('folder-full', `the disk of ${folder} is full`, 'make room, then type the same line again')
    }
    throw new CommandError(
      MAY_NOT.has(code) ? 'folder-read-only' : 'folder-unwritable',
      `the data folder ${folder} cannot be made: ${messageOf(error)}`,
      'name a folder that you may write into with --data',
    )
  }
}

/** Takes the folder for this process, making it where it is missing. Throws `folder-locked` naming the process that holds it. */
export function lockFolder(folder: string): FolderLock {
  prepareFolder(folder)
  const path = join(folder, 'lock.db')
  const names = join(folder, 'lock.pid')
  try {
    const database = new DatabaseSync(path, { timeout: 0 })
    try {
      // In memory, so that a process that dies leaves no journal to be taken back.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
      writeFileSync(names, `${process.pid}\n`)
    } catch (error) {
      database.close()
      throw error
    }
    return { release: () => database.close() }
  } catch (error) {
    const explained = explainDatabaseError(path, error)
    if (!(explained instanceof CommandError)) {
      throw new CommandError(
        MAY_NOT.has(systemCode(error)) ? 'folder-read-only' : 'folder-unwritable',
        `${folder} cannot be written: ${messageOf(error)}`,
        'make it writable for you, or copy it (cp -r) and name the copy with --data',
      )
    }
    if (explained.code !== 'folder-locked') throw explained
    throw new CommandError(
      'folder-locked',
      `the data folder ${folder} is used by ${holder(names)}`,
      'wait until it has ended, or use another --data folder',
    )
  }
}
