/** The project's own source files, by their path from its root. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface SourceFile {
  /** From the root, with `/`: `packages/stream/src/event.ts`. */
  path: string
  text: string
}

const NOT_OURS = new Set(['node_modules', 'dist', 'fixtures', '.git'])

function* walk(folder: string): Generator<string> {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true })
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!NOT_OURS.has(entry.name)) yield* walk(path)
    } else yield path
  }
}

/** All files below the folders that end in one of the endings, sorted. */
export function readSources(folders: readonly string[], endings = ['.ts', '.tsx']): SourceFile[] {
  const paths = folders.flatMap((folder) => [...walk(folder)])
  const ours = paths.filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.endsWith('.d.ts'))
  return ours.sort().map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/** `packages/stream` of `packages/stream/src/event.ts`; undefined outside the workspaces. */
export function workspaceOf(path: string): string | undefined {
  return /^(?:packages|apps)\/[^/]+/.exec(path)?.[0]
}

/** The room inside a workspace: the folder below src, or the name of a file that stands alone there (`event`). */
export function roomOf(path: string): string | undefined {
  return /^(?:packages|apps)\/[^/]+\/src\/([^/]+?)(?:\/|\.tsx?$)/.exec(path)?.[1]
}

/** Tests, and what only tests import. */
export const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$/.test(path)

/** Written by a tool, not read by people. */
export const isGenerated = (path: string): boolean => path.endsWith('.gen.ts')
