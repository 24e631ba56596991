/** A registry and its folder hold the same names. */
import { posix } from 'node:path'
import { type Import, readImports } from './imports.ts'
import { isTest, type SourceFile } from './sources.ts'

/** Entries of a registry: a file beside it (`rarity.ts` → `rarity`) or a folder below (`authlog/source.ts` → `authlog`). */
export function registeredNames(registry: SourceFile): string[] {
  const folder = posix.dirname(registry.path)
  const below = readImports(registry).filter(({ target, typeOnly }) => !typeOnly && target?.startsWith(`${folder}/`))
  return below.map(
    ({ target }) =>
      posix
        .relative(folder, target as string)
        .split('/')[0]
        ?.replace(/\.ts$/, '') as string,
  )
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
    const name = posix.relative(folder, path).split('/')[0]?.replace(/\.ts$/, '') as string
    if (!registered.has(name) && !used.has(path)) forgotten.add(name)
  }
  return [...forgotten].map(
    (name) => `${folder}/${name} stands beside ${registry.path}, which does not name it: add its line, or delete it.`,
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
