/** A copy of the project in a temporary folder, to run what writes or what a reader would type. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ROOT } from './sources.ts'

const LEFT_OUT = new Set(['node_modules', '.git', '.tmp', 'coverage'])

/** Packages of others are linked; our own are linked to the copy, so the copy runs itself. */
function linkModules(copy: string): void {
  const from = join(ROOT, 'node_modules')
  mkdirSync(join(copy, 'node_modules', '@heedful'), { recursive: true })
  const workspaces: string[] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).workspaces
  const own = new Map(
    workspaces.map((path) => [JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8')).name, path]),
  )
  for (const [name, path] of own) symlinkSync(join(copy, path), join(copy, 'node_modules', name as string))
  for (const path of workspaces) {
    const inside = join(ROOT, path, 'node_modules')
    if (existsSync(inside)) symlinkSync(inside, join(copy, path, 'node_modules'))
  }
  for (const entry of readdirSync(from)) {
    if (entry !== '@heedful' && !own.has(entry)) symlinkSync(join(from, entry), join(copy, 'node_modules', entry))
  }
}

export interface TemporaryCopy {
  path: string
  remove(): void
}

/** Also copies what was built, with its times, so that a build in the copy has nothing to do. */
export function makeTemporaryCopy(): TemporaryCopy {
  const path = mkdtempSync(join(tmpdir(), 'heedful-copy-'))
  for (const entry of readdirSync(ROOT)) {
    if (LEFT_OUT.has(entry)) continue
    const filter = (from: string): boolean => !LEFT_OUT.has(basename(from))
    cpSync(join(ROOT, entry), join(path, entry), { recursive: true, preserveTimestamps: true, filter })
  }
  if (existsSync(join(ROOT, 'node_modules'))) linkModules(path)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
