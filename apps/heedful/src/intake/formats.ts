/** Which source reads a file: the one that a person names, or the one that its first lines look like. */
import type { Source } from '@heedful/stream'
import { recognise } from '@heedful/stream/sources/recognise'
import { sources } from '@heedful/stream/sources/registry'
import { SourceError } from '@heedful/stream/sources/source-error'
import { CommandError } from '../errors.ts'
import { type Head, headLines } from './survey.ts'

export const formatIds = (): string[] => [...sources.keys()].sort()

/** Throws `format-unknown` where nothing is called so. */
export function findFormat(id: string): Source {
  const source = sources.get(id)
  if (source !== undefined) return source
  throw new CommandError('format-unknown', `no format is called "${id}"`, `known formats: ${formatIds().join(', ')}`)
}

/** Throws `format-unknown` naming the file where no source knows its lines. */
export function recogniseFormat(head: Head): Source {
  try {
    return recognise(headLines(head))
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    throw new CommandError(
      'format-unknown',
      `${head.input.name}: ${error.message.split(' Known formats:')[0]}`,
      `if you know it, say so: --format ${formatIds().join(' or --format ')}`,
    )
  }
}
