/** Mapping files: YAML (or JSON) that says how lines of any shape become events. */
import { readFileSync, statSync } from 'node:fs'
import type { Source } from '@heedful/stream'
import { needsColumns, withColumns } from '@heedful/stream/sources/mapped/columns'
import { mapped } from '@heedful/stream/sources/mapped/mapped'
import { LONGEST_MAPPING } from '@heedful/stream/sources/mapped/mapping'
import { type KeyPath, MappingError } from '@heedful/stream/sources/mapped/mapping-error'
import { type Document, isMap, isPair, isSeq, LineCounter, parseDocument } from 'yaml'
import { CommandError, messageOf } from '../errors.ts'
import { unreadable } from '../intake/bytes.ts'

const HOW = 'heedful map FILE writes a mapping with remarks; docs/formats.md lists its keys'

/** A mapping file whose YAML is sound. */
export interface MappingFile {
  path: string
  /** Strings, numbers, booleans, null, lists and records of them. */
  plain: unknown
  /** `, line 12`: where a key stands; empty where it is not there. */
  placeOf(path: KeyPath): string
}

interface Ranged {
  range?: readonly number[] | null
}

/** The innermost key of a path that is there. */
function findKey(document: Document, path: KeyPath): number | undefined {
  let node: unknown = document.contents
  let found: number | undefined
  for (const key of path) {
    let next: unknown
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && String((item.key as { value?: unknown }).value) === String(key),
      )
      found = (pair?.key as Ranged | undefined)?.range?.[0] ?? found
      next = pair?.value
    } else if (isSeq(node) && typeof key === 'number') {
      next = node.items[key]
      found = (next as Ranged | undefined)?.range?.[0] ?? found
    }
    if (next === undefined) break
    node = next
  }
  return found
}

const refuse = (where: string, said: string, cause?: unknown) =>
  new CommandError('mapping-invalid', `${where}: ${said}`, HOW, { cause })

/** What a text of YAML says. Throws `mapping-invalid` naming the line. */
export function readMappingText(text: string, path: string): MappingFile {
  if (text.length > LONGEST_MAPPING) throw refuse(path, `a mapping has at most ${LONGEST_MAPPING} characters`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) throw refuse(`${path}, line ${lines.linePos(error.pos[0]).line}`, error.message)
  try {
    return {
      path,
      // Nothing in a mapping needs an alias, and a few of them unfold to gigabytes.
      plain: document.toJS({ maxAliasCount: 0 }),
      placeOf(key) {
        const at = findKey(document, key)
        return at === undefined ? '' : `, line ${lines.linePos(at).line}`
      },
    }
  } catch (error) {
    throw refuse(path, messageOf(error), error)
  }
}

/** Throws `file-missing` and its kin, or `mapping-invalid`. */
export function readMappingFile(path: string): MappingFile {
  try {
    if (statSync(path).size > 4 * LONGEST_MAPPING)
      throw refuse(path, `a mapping has at most ${LONGEST_MAPPING} characters`)
    return readMappingText(readFileSync(path, 'utf8'), path)
  } catch (error) {
    throw error instanceof CommandError ? error : unreadable(path, error)
  }
}

/** The source that reads by a mapping: its text is part of the log. Throws `mapping-invalid`. */
export function openMapping(text: string): Source {
  try {
    return mapped.readBy?.(text) as Source
  } catch (error) {
    if (!(error instanceof MappingError)) throw error
    throw refuse('the mapping', error.message, error)
  }
}

/**
 * The source that reads a file by a mapping; `first` are the file's first lines, which may name its columns. Throws
 * `mapping-invalid` naming the key and its line.
 */
export function bindMapping(file: MappingFile, first: readonly string[], log: string): Source {
  try {
    return mapped.readBy?.(JSON.stringify(withColumns(file.plain, first))) as Source
  } catch (error) {
    if (!(error instanceof MappingError)) throw error
    const own = needsColumns(file.plain) ? ` (columns as the first line of ${log} names them)` : ''
    throw refuse(`${file.path}${file.placeOf(error.path)}`, `${error.message}${own}`, error)
  }
}
