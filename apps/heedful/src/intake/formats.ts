/** Which source reads a file: the one that a person names, or the one that its first lines look like. */
import type { Source } from '@heedful/stream'
import { sources } from '@heedful/stream/sources/registry'
import { CommandError } from '../errors.ts'
import { type Head, headLines } from './survey.ts'

export const formatIds = (): string[] => [...sources.keys()].sort()

/** Throws `format-unknown` where nothing is called so. */
export function findFormat(id: string): Source {
  const source = sources.get(id)
  if (source !== undefined) return source
  throw new CommandError('format-unknown', `no format is called "${id}"`, `known formats: ${formatIds().join(', ')}`)
}

/** Below this nothing is sure enough to be read without being asked for. */
const SURE = 0.5

/** Throws `format-unknown` naming the file where no source knows its lines. */
export function recogniseFormat(head: Head): Source {
  const lines = headLines(head)
  let best: { source: Source; sure: number } | undefined
  for (const source of sources.values()) {
    const sure = source.sniff(lines)
    if (sure > (best?.sure ?? 0)) best = { source, sure }
  }
  if (best !== undefined && best.sure >= SURE) return best.source
  throw new CommandError(
    'format-unknown',
    `${head.path}: its first lines are in no format that is known`,
    `if you know it, say so: --format ${formatIds().join(' or --format ')}`,
  )
}
