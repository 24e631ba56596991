/** What must survive a power cut: the bytes of a file, and the name under which they stand. */
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '../errors.ts'

/** What systems answer that open no folders, or sync none (Windows, some network file systems). */
const CANNOT = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'ENOSYS'])

function sync(path: string, flags: string): void {
  const descriptor = openSync(path, flags)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** So that what stands in it is found after a power cut. */
export function syncFolder(path: string): void {
  try {
    sync(path, 'r')
  } catch (error) {
    if (!CANNOT.has(systemCode(error))) throw error
  }
}

/** The same, while others go on. */
export async function syncFolderAside(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!CANNOT.has(systemCode(error))) throw error
  }
}

/** Windows syncs only what it may write; elsewhere a copy of a read-only file is synced, too. */
export const syncFile = (path: string): void => sync(path, process.platform === 'win32' ? 'r+' : 'r')

/** Moves a file whose bytes are synced to its place, for good. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to)
  syncFolder(dirname(to))
}
