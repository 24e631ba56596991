/** Real file systems that are small, or that cannot be written: only root may mount them, and only Linux has them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

export interface Mounted {
  path: string
  grow(size: string): void
  /** Nothing can be written from then on, by nobody. */
  freeze(): void
  unmount(): void
}

const run = (...[command = '', ...args]: string[]) => spawnSync(command, args, { encoding: 'utf8' })

/** A file system in memory at `path`, of `size` (`2m`); or, as a text, why there is none. */
export function mountMemory(path: string, size: string): Mounted | string {
  if (process.platform !== 'linux') return `${process.platform} mounts no tmpfs`
  if (process.getuid?.() !== 0) return 'only root mounts file systems'
  mkdirSync(path, { recursive: true })
  const { status, stderr, error } = run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path)
  if (status !== 0) return `tmpfs cannot be mounted here: ${(stderr || error?.message || '').trim()}`
  const remount = (options: string) => {
    const { status, stderr } = run('mount', '-o', `remount,${options}`, path)
    if (status !== 0) throw new Error(stderr)
  }
  return {
    path,
    grow: (size) => remount(`size=${size}`),
    freeze: () => remount('ro'),
    unmount: () => void run('umount', '-l', path),
  }
}
