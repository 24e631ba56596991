/**
 * Memory stands in two files by turns: the one that the store names is in force, the other is written while nobody waits
 * for the disk. Only then the store names it, together with what was concluded until there.
 */
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError, messageOf, systemCode } from '../errors.ts'
import { syncFolder } from './durable.ts'

export const MEMORY_FILES = ['memory.0', 'memory.1'] as const

export type MemoryFile = (typeof MEMORY_FILES)[number]

/** Writes the file that is not in force; durable when it resolves. Throws `CommandError`s of the folder kind. */
export async function writeMemory(folder: string, inForce: string, bytes: Uint8Array): Promise<MemoryFile> {
  const name = inForce === MEMORY_FILES[0] ? MEMORY_FILES[1] : MEMORY_FILES[0]
  const path = join(folder, name)
  try {
    const handle = await open(path, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    syncFolder(folder)
    return name
  } catch (error) {
    throw explain(path, error)
  }
}

function explain(path: string, error: unknown): CommandError {
  if (systemCode(error) === 'ENOSPC') {
    return new CommandError('folder-full', `the disk of ${path} is full`, 'make room, then type the same line again', {
      cause: error,
    })
  }
  return new CommandError(
    'folder-unwritable',
    `${path} cannot be written: ${messageOf(error)}`,
    'make the data folder writable, or name another one with --data',
    { cause: error },
  )
}

/** No bytes where it is gone: no memory begins like that, so the log is folded again. */
export function readMemory(folder: string, name: string): Uint8Array {
  try {
    return readFileSync(join(folder, name))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return new Uint8Array(0)
    throw explain(join(folder, name), error)
  }
}
