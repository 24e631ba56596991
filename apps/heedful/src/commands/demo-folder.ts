/** The data folder of a demonstration: nobody's data, so one of another version is begun anew; one of somebody is not touched. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import { makeFolder } from '../store/make-folder.ts'

const MARK = 'demo.json'

/** What makes the life of an organisation that one and no other. */
export interface Mark {
  users: number
  days: number
  seed: number
}

/** Throws `folder-foreign` where somebody's data stands in it. */
export function openDemoFolder(folder: string, mark: Mark): void {
  const path = join(folder, MARK)
  const text = JSON.stringify(mark)
  if (existsSync(path)) {
    if (readFileSync(path, 'utf8').trim() !== text) clearDemoFolder(folder, mark)
    return
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandError(
      'folder-foreign',
      `${folder} is no folder of a demonstration`,
      'name an empty one, or a new one, with --data',
    )
  }
  makeFolder(folder)
  writeFileSync(path, `${text}\n`)
}

export function clearDemoFolder(folder: string, mark: Mark): void {
  rmSync(folder, { recursive: true, force: true })
  makeFolder(folder)
  writeFileSync(join(folder, MARK), `${JSON.stringify(mark)}\n`)
}
