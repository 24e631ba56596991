/** Real file systems that are small, or that cannot be written: only root may mount them, and only Linux has them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { systemCode } from '../errors.ts'

export interface Mounted {
  path: string
  remount(options: string): void
  unmount(): void
}

const run = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' })

/** Mounts something at `path`; or, as a text, why that cannot be done here. */
function mountAt(path: string, ...args: string[]): Mounted | string {
  if (process.platform !== 'linux') return `${process.platform} mounts in other ways`
  if (process.getuid?.() !== 0) return 'only root mounts file systems'
  mkdirSync(path, { recursive: true })
  const { status, stderr, error } = run(...args, path)
  if (status !== 0) return `nothing can be mounted here: ${(stderr || error?.message || '').trim()}`
  return {
    path,
    remount(options) {
      const again = run('-o', `remount,${options}`, path)
      if (again.status !== 0) throw new Error(again.stderr)
    },
    unmount: () => void spawnSync('umount', ['-l', path]),
  }
}

/** A file system in memory, of `size` (`2m`). */
export const mountMemory = (path: string, size: string) => mountAt(path, '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs')

/** The folder `of` once more at `path`, where nobody can write into it. */
export function mountReadOnly(path: string, of: string): Mounted | string {
  const mounted = mountAt(path, '--bind', of)
  if (typeof mounted !== 'string') mounted.remount('bind,ro')
  return mounted
}

/** Leaves no byte free: the file at `path` takes them all. */
export function fillDisk(path: string): void {
  for (let size = 1024 * 1024; size >= 512; size = size >> 1) {
    for (;;) {
      try {
        writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
      } catch (error) {
        if (systemCode(error) !== 'ENOSPC') throw error
        break
      }
    }
  }
}
