/** Mapping files: YAML (or JSON) that says how lines of any shape become events. */
import { readFileSync, statSync } from 'node:fs'
import { LONGEST_MAPPING } from '@heedful/stream/sources/mapped/mapping'
import type { KeyPath } from '@heedful/stream/sources/mapped/mapping-error'
import { type Document, isMap, isPair, isSeq, LineCounter, parseDocument } from 'yaml'
import { CommandError, messageOf } from '../errors.ts'
import { unreadable } from '../intake/bytes.ts'
import { type MappingFile, refuseMapping } from './bind-mapping.ts'

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

/** What a text of YAML says. Throws `mapping-invalid` naming the line. */
export function readMappingText(text: string, path: string): MappingFile {
  if (text.length > LONGEST_MAPPING) throw refuseMapping(path, `a mapping has at most ${LONGEST_MAPPING} characters`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) throw refuseMapping(`${path}, line ${lines.linePos(error.pos[0]).line}`, error.message)
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
    throw refuseMapping(path, messageOf(error), error)
  }
}

/** Throws `file-missing` and its kin, or `mapping-invalid`. */
export function readMappingFile(path: string): MappingFile {
  try {
    if (statSync(path).size > 4 * LONGEST_MAPPING)
      throw refuseMapping(path, `a mapping has at most ${LONGEST_MAPPING} characters`)
    return readMappingText(readFileSync(path, 'utf8'), path)
  } catch (error) {
    throw error instanceof CommandError ? error : unreadable(path, error)
  }
}
