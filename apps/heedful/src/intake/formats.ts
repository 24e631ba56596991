/** Which source reads a file: the one that a person names, or the one that its first lines look like. */
import type { Door, Source } from '@heedful/stream'
import { recognise } from '@heedful/stream/sources/recognise'
import { sources } from '@heedful/stream/sources/registry'
import { SourceError } from '@heedful/stream/sources/source-error'
import { CommandError } from '../errors.ts'
import type { Input } from './bytes.ts'
import { type Head, headLines } from './survey.ts'

export const formatIds = (): string[] => [...sources.keys()].sort()

/** Those that need nothing but their name. */
export const plainFormatIds = (): string[] => formatIds().filter((id) => sources.get(id)?.readBy === undefined)

/** A path as a shell takes it; standard input has none. */
function fileWord({ path, name }: Input): string {
  if (path !== name) return 'FILE'
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

/** The source that reads a door's lines. Undefined where this build knows none. */
export function sourceOfDoor({ format, mapping }: Door): Source | undefined {
  const source = sources.get(format)
  return mapping === undefined ? source : source?.readBy?.(mapping)
}

/** Throws `format-unknown` where nothing is called so, `mapping-missing` where the name alone does not say how to read. */
export function findFormat(id: string): Source {
  const source = sources.get(id)
  if (source?.readBy !== undefined) {
    const wayOut = 'name it (scan --map FILE; map: FILE in a configuration); heedful map LOG --out FILE proposes one'
    throw new CommandError('mapping-missing', `the format "${id}" is read by a mapping, and none is named`, wayOut)
  }
  if (source !== undefined) return source
  throw new CommandError(
    'format-unknown',
    `no format is called "${id}"`,
    `known formats: ${plainFormatIds().join(', ')}`,
  )
}

/** Bytes that no text has, or that are no UTF-8: a picture, a database, an archive. A tenth is more than damage. */
function isText(lines: readonly string[]): boolean {
  const text = lines.join('\n')
  let odd = 0
  for (const letter of text) if (letter < '\t' || letter === '\ufffd') odd++
  return odd * 10 <= text.length
}

/** Throws `format-unknown` naming the file where no source knows its lines. */
export function recogniseFormat(head: Head): Source {
  const lines = headLines(head)
  try {
    return recognise(lines)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    if (!isText(lines)) {
      throw new CommandError(
        'format-unknown',
        `${head.input.name} is no text`,
        'name a log: lines of text, plain or packed by gzip',
      )
    }
    throw new CommandError(
      'format-unknown',
      `${head.input.name}: ${error.message.split(' Known formats:')[0]}`,
      `CSV or JSON lines of any shape are read by a mapping: heedful map ${fileWord(head.input)} proposes one; if the format is known, say so: --format ${plainFormatIds().join(' or --format ')}`,
    )
  }
}
