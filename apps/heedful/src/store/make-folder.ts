import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { systemCode } from '../errors.ts'

/** Makes a folder and those above it. Node's own recursive form never ends where the system answers ENOENT, as in /proc. */
export function makeFolder(path: string): void {
  const missing: string[] = []
  for (let at = resolve(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at)
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder)
    } catch (error) {
      // Another process may make it at the same time.
      if (systemCode(error) !== 'EEXIST') throw error
    }
  }
}
