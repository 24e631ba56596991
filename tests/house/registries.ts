/** A registry and its folder hold the same names. */
import { posix } from 'node:path'
import { type Import, readImports } from './imports.ts'
import { isTest, type SourceFile } from './sources.ts'

/** Folders of detectors by kind: shelves of one registry, no entries of it. */
const SHELF = /^(table|series|sequence|graph)\//

/** `rarity.ts` → `rarity`; `auth-log/source.ts` → `auth-log`; `table/ecod.ts` → `ecod`. */
function nameBelow(folder: string, path: string): string {
  const [name = ''] = posix.relative(folder, path).replace(SHELF, '').split('/')
  return name.replace(/\.ts$/, '')
}

/** The names that a registry imports values of: a file beside it, or a folder. */
export function registeredNames(registry: SourceFile): string[] {
  const folder = posix.dirname(registry.path)
  const below = readImports(registry).filter(({ target, typeOnly }) => !typeOnly && target?.startsWith(`${folder}/`))
  return below.map(({ target }) => nameBelow(folder, target as string))
}

/**
 * Every file beside a registry is either an entry of it or imported by another file: what is neither is forgotten.
 * Folders below it are entries, unless something else than the registry imports from them too.
 */
export function checkRegistry(
  registry: SourceFile,
  files: readonly SourceFile[],
  imports: readonly Import[],
): string[] {
  const folder = posix.dirname(registry.path)
  const registered = new Set(registeredNames(registry))
  const used = new Set(imports.filter(({ from }) => !isTest(from)).map(({ target }) => target))
  const forgotten = new Set<string>()
  for (const { path } of files) {
    if (!path.startsWith(`${folder}/`) || path === registry.path || isTest(path)) continue
    const name = nameBelow(folder, path)
    if (!registered.has(name) && !used.has(path)) forgotten.add(name)
  }
  return [...forgotten].map(
    (name) => `${name} stands below ${folder}, but ${registry.path} does not name it: add its line, or delete it.`,
  )
}

/** The ids that a registry answers are the names of its files and folders (`rare_host` stands in `rare-host.ts`). */
export function checkIds(registry: SourceFile, answered: readonly string[]): string[] {
  const ids = answered.map((id) => id.replaceAll('_', '-'))
  const names = registeredNames(registry)
  const unnamed = ids
    .filter((id) => !names.includes(id))
    .map((id) => `${registry.path} holds "${id}", but imports no file or folder of that name.`)
  const unheld = names
    .filter((name) => !ids.includes(name))
    .map((name) => `${registry.path} imports ${name}, but holds nothing with that id.`)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${registry.path} holds "${id}" twice.`)
  return [...unnamed, ...unheld, ...twice]
}

/** Entries that are folders know nothing of each other: what two of them read stands in a folder of its own, as `json/`. */
export function checkEntriesApart(registry: SourceFile, imports: readonly Import[]): string[] {
  const folder = posix.dirname(registry.path)
  const entries = new Set(registeredNames(registry))
  const entryOf = (path: string | undefined): string | undefined => {
    const [name = '', inside] = path?.startsWith(`${folder}/`)
      ? posix.relative(folder, path).replace(SHELF, '').split('/')
      : []
    return inside !== undefined && entries.has(name) ? name : undefined
  }
  return imports.flatMap(({ from, line, target }) => {
    const [own, other] = [entryOf(from), entryOf(target)]
    if (own === undefined || other === undefined || own === other) return []
    return [`${from}:${line} imports ${other}: an entry of ${registry.path} may not know another (${own} does).`]
  })
}
