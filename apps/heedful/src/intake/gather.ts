/** The files that a person named → surveyed files; every one that cannot be read is named, not only the first. */
import type { Source } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import type { KnownFile } from '../log/log.ts'
import { bindMapping, type MappingFile, openMapping } from '../mapping/bind-mapping.ts'
import type { Input } from './bytes.ts'
import { findFormat, recogniseFormat } from './formats.ts'
import { findKnown, PREFIX } from './identity.ts'
import { type Head, headLines, readHead, type Surveyed, survey } from './survey.ts'

export interface GatherOptions {
  /** A source's id, or `auto`. */
  format: string
  /** What `mapped` reads by. */
  mapping?: MappingFile
  timezone: string
  year?: number
  now: number
  signal: AbortSignal
  known: readonly KnownFile[]
  onFile?(name: string): void
}

export interface Gathered {
  files: Surveyed[]
  /** What a person should know: files that are empty, the same, or read before. */
  notes: string[]
}

async function collect<T, R>(items: readonly T[], work: (item: T) => Promise<R> | R): Promise<R[]> {
  const results: R[] = []
  const failures: CommandError[] = []
  for (const item of items) {
    try {
      results.push(await work(item))
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      failures.push(error)
    }
  }
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) {
    const list = failures.map(({ message, wayOut }) => `\n  ${message} (${wayOut})`).join('')
    throw new CommandError(
      'input-several',
      `${failures.length} files cannot be read:${list}`,
      'nothing was read; mend the list and type it again',
    )
  }
  return results
}

/** Of files that begin alike the longest is read: the others are earlier copies of it. */
function withoutCopies(heads: Head[], notes: string[]): Head[] {
  const kept: Head[] = []
  for (const head of [...heads].sort((a, b) => b.size - a.size)) {
    const prefix = head.bytes.subarray(0, PREFIX)
    const same = kept.find(
      (other) =>
        prefix.equals(other.bytes.subarray(0, prefix.length)) &&
        (prefix.length === PREFIX || prefix.length === other.bytes.length),
    )
    if (same === undefined) kept.push(head)
    else notes.push(`${head.input.name} begins like ${same.input.name}: it is the same log and is read once`)
  }
  return kept
}

/** Half of a file cannot be read by one mapping, and half by another. */
function refuseOtherMapping({ name, format, mapping }: KnownFile, wanted: Source): void {
  if (mapping === wanted.mapping) return
  throw new CommandError(
    'mapping-changed',
    `${name} was read ${mapping === undefined ? `as ${format}` : 'by another mapping'} into this data folder`,
    'leave --map out to go on as it was begun, or scan into a new --data folder',
  )
}

function knownSource(head: Head, known: KnownFile, { mapping }: GatherOptions): Source {
  const wanted = mapping && bindMapping(mapping, headLines(head), head.input.name)
  if (wanted !== undefined) refuseOtherMapping(known, wanted)
  return known.mapping === undefined ? findFormat(known.format) : openMapping(known.mapping)
}

function sourceOf(head: Head, options: GatherOptions): Source {
  const { format, known, mapping } = options
  const before = findKnown(head.bytes.subarray(0, PREFIX), known)
  if (before !== undefined) return knownSource(head, before, options)
  if (mapping !== undefined) return bindMapping(mapping, headLines(head), head.input.name)
  return format === 'auto' ? recogniseFormat(head) : findFormat(format)
}

/** Throws `CommandError` naming every file that is missing, a folder, unreadable or in no known format. */
export async function gather(inputs: readonly Input[], options: GatherOptions): Promise<Gathered> {
  const notes: string[] = []
  const heads = await collect([...new Map(inputs.map((input) => [input.path, input])).values()], readHead)
  const full = heads.filter((head) => head.bytes.length > 0)
  for (const { input, bytes } of heads) if (bytes.length === 0) notes.push(`${input.name} is empty`)
  const chosen = await collect(withoutCopies(full, notes), (head) => ({ head, source: sourceOf(head, options) }))
  const files: Surveyed[] = []
  for (const { head, source } of chosen) {
    options.onFile?.(head.input.name)
    files.push(await survey(head, source, options))
  }
  return { files, notes }
}
