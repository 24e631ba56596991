/** A mapping that was read → the source that reads a log by it. */
import type { Source } from '@heedful/stream'
import { needsColumns, withColumns } from '@heedful/stream/sources/mapped/columns'
import { mapped } from '@heedful/stream/sources/mapped/mapped'
import { type KeyPath, MappingError } from '@heedful/stream/sources/mapped/mapping-error'
import { CommandError } from '../errors.ts'

const HOW = 'heedful map FILE writes a mapping with remarks; docs/formats.md lists its keys'

/** A mapping file whose YAML is sound. */
export interface MappingFile {
  path: string
  /** Strings, numbers, booleans, null, lists and records of them. */
  plain: unknown
  /** `, line 12`: where a key stands; empty where it is not there. */
  placeOf(path: KeyPath): string
}

export const refuseMapping = (where: string, said: string, cause?: unknown) =>
  new CommandError('mapping-invalid', `${where}: ${said}`, HOW, { cause })

/** The source that reads by a mapping: its text is part of the log. Throws `mapping-invalid`. */
export function openMapping(text: string): Source {
  try {
    return mapped.readBy?.(text) as Source
  } catch (error) {
    if (!(error instanceof MappingError)) throw error
    throw refuseMapping('the mapping', error.message, error)
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
    throw refuseMapping(`${file.path}${file.placeOf(error.path)}`, `${error.message}${own}`, error)
  }
}
