/**
 * What a file is, before it is read: its format, whether it was read before, and what its stamps leave out. All stamps are
 * read once, as a year that turns inside the file, or a clock that jumps, shows only there.
 */
import { open, stat } from 'node:fs/promises'
import type { ClockState, Source } from '@heedful/stream'
import { Interrupted } from '../errors.ts'
import type { KnownFile } from '../log/log.ts'
import { type Input, openBytes, unreadable } from './bytes.ts'
import { FileFeed } from './feed.ts'
import { DAY } from './frames.ts'
import { gzipTime } from './gzip.ts'
import { findKnown, type Identity, identify, PREFIX } from './identity.ts'

/** What is looked at of a file to recognise it. */
const HEAD = 64 * 1024
const HEAD_LINES = 200

export interface Head {
  input: Input
  /** First unpacked bytes, at most 64 KiB. */
  bytes: Buffer
  /** Bytes on disk. */
  size: number
  /** When it was last written, ms UTC: by the packed file's own header, else by the file system. */
  modified: number
  packed: boolean
}

/** Reads the beginning of a file. Throws `CommandError` naming it. */
export async function readHead(input: Input): Promise<Head> {
  const { path, name } = input
  const bytes = await openBytes(input)
  try {
    const pieces: Buffer[] = []
    let length = 0
    for (let piece = await bytes.next(); piece !== undefined; piece = await bytes.next()) {
      pieces.push(piece)
      length += piece.length
      if (length >= HEAD) break
    }
    const { size, mtimeMs } = await stat(path)
    const handle = await open(path, 'r')
    const modified = (await gzipTime(handle).finally(() => handle.close())) ?? mtimeMs
    return { input, bytes: Buffer.concat(pieces).subarray(0, HEAD), size, modified, packed: bytes.packed }
  } catch (error) {
    throw unreadable(name, error)
  } finally {
    await bytes.close()
  }
}

/** The first lines of a head, for recognising its format. */
export function headLines({ bytes }: Head): string[] {
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  // The last one may be cut.
  if (bytes.length >= HEAD && lines.length > 1) lines.pop()
  return lines.filter((line) => line !== '').slice(0, HEAD_LINES)
}

export interface Surveyed {
  input: Input
  head: Head
  identity: Identity
  source: Source
  timezone: string
  /** The clock to read it with, at its start or where reading goes on. */
  clock: ClockState
  /** Earliest and latest accepted stamp, ms UTC; NaN where there are none. Of a file read before: from where it ended. */
  first: number
  last: number
  lines: number
  known?: KnownFile
  /** The year was left out by the stamps and is inferred: of the first line and of the last. */
  years?: { first: number; last: number }
}

interface Pass {
  first: number
  last: number
  lines: number
  /** The latest year that the clock reached. */
  endYear: number
  /** 29 February in a year that has none. */
  impossibleDays: number
}

async function pass(input: Input, source: Source, clock: ClockState, now: number, signal: AbortSignal): Promise<Pass> {
  const reader = source.clock(clock)
  const feed = await FileFeed.open({ input, clock: reader, keepClock: false, now })
  const result: Pass = { first: Number.NaN, last: Number.NaN, lines: 0, endYear: 0, impossibleDays: 0 }
  try {
    for (let frame = await feed.next(); frame !== undefined; ) {
      if ((++result.lines & 0xffff) === 0 && signal.aborted) throw new Interrupted()
      const { time, refused } = frame
      if (refused === undefined && !Number.isNaN(time)) {
        if (!(time >= result.first)) result.first = time
        if (!(time <= result.last)) result.last = time
      } else if (Number.isNaN(time) && frame.line.text.startsWith('Feb 29 ')) result.impossibleDays++
      const next = feed.next()
      frame = next instanceof Promise ? await next : next
    }
  } finally {
    await feed.close()
  }
  result.endYear = reader.save().year
  return result
}

const yearOf = (time: number) => new Date(time).getUTCFullYear()

/**
 * The year in which stamps without one begin: the latest that puts the last stamp no later than a day after the file was
 * last written, and 29 February into a leap year.
 */
async function inferYear(
  input: Input,
  source: Source,
  timezone: string,
  anchor: number,
  signal: AbortSignal,
): Promise<{ year: number; found: Pass }> {
  const guess = yearOf(anchor)
  const clockOf = (year: number): ClockState => ({ timezone, year, last: Number.NaN })
  // No wall clock yet: in a year that is only tried, stamps may lie in the future.
  const tried = await pass(input, source, clockOf(guess), Number.POSITIVE_INFINITY, signal)
  let year = guess - Math.max(0, tried.endYear - guess)
  for (let attempt = 0; attempt < 8; attempt++, year--) {
    const found = year === guess ? tried : await pass(input, source, clockOf(year), Number.POSITIVE_INFINITY, signal)
    if (!(found.last > anchor + DAY) && found.impossibleDays === 0) return { year, found }
  }
  year = guess - Math.max(0, tried.endYear - guess)
  return { year, found: await pass(input, source, clockOf(year), Number.POSITIVE_INFINITY, signal) }
}

export interface SurveyOptions {
  timezone: string
  /** Of each file's first line, where stamps carry none. */
  year?: number
  now: number
  signal: AbortSignal
  known: readonly KnownFile[]
}

/** Surveys a file whose format is known. */
export async function survey(head: Head, source: Source, options: SurveyOptions): Promise<Surveyed> {
  const { input, bytes } = head
  const identity = identify(bytes.subarray(0, PREFIX))
  const known = findKnown(bytes.subarray(0, PREFIX), options.known)
  const base = { input, head, identity, source }
  if (known !== undefined) {
    const clock = known.clock ?? { timezone: known.timezone, year: 0, last: known.key ?? Number.NaN }
    const from = known.key ?? Number.NaN
    return { ...base, timezone: known.timezone, clock, first: from, last: from, lines: 0, known }
  }
  const { timezone } = options
  if (source.stamp.year && options.year === undefined) {
    const { year, found } = await inferYear(input, source, timezone, head.modified, options.signal)
    const years = { first: year, last: Number.isNaN(found.last) ? year : yearOf(found.last) }
    return { ...base, timezone, clock: { timezone, year, last: Number.NaN }, ...found, years }
  }
  const clock = { timezone, year: source.stamp.year ? (options.year ?? 0) : 0, last: Number.NaN }
  return { ...base, timezone, clock, ...(await pass(input, source, clock, options.now, options.signal)) }
}
