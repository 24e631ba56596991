/**
 * What is submitted becomes records, and stands in the log before anybody is told so: one transaction for all that came
 * within a few milliseconds, as a disk makes few of them a second.
 */
import type { LogRecord } from '@heedful/stream'
import { CommandError, messageOf } from '../errors.ts'
import type { Occurrences } from '../intake/occurrences.ts'
import { rebuildOccurrences } from '../intake/rebuild-occurrences.ts'
import {
  GROUP,
  type Group,
  type KnownFile,
  type KnownRequest,
  type Log,
  type Origin,
  type StoredGroup,
} from '../log/log.ts'
import { activationOf, type OpenDoor } from './doors.ts'
import type { Framed } from './framing.ts'
import { Refusal } from './refusal.ts'

/** Lines of one door, and what is kept with them. */
export interface Batch {
  open: OpenDoor
  frames: readonly Framed[]
  /** Where each line stands, for lines of a file. */
  origins?: readonly Origin[]
  /** How far the file is read with it. */
  file?: KnownFile
  request?: { key: string; digest: string }
  /** Told where it stands before anything of it is folded. */
  onWritten?(span: Span): void
}

/** Positions of what was written: from … to − 1. */
export interface Span {
  from: number
  to: number
}

export interface GroupCommitOptions {
  log: Log
  /** Records that must stand before the first line of an empty log; `first` is its stamp, ms UTC. */
  opening(first: number): LogRecord[]
  /** The wall clock, ms UTC: time passes no further than that. */
  now(): number
  onCommitted(groups: readonly StoredGroup[]): void
}

interface Pending {
  batch: Batch | readonly LogRecord[]
  resolve(span: Span): void
  reject(error: unknown): void
}

const MINUTE = 60_000
/** A group waits for company so long, ms, or until it is full. */
const WINDOW = 5
/** Lines that may wait: more are refused, as whoever sends them is faster than the disk. */
const MOST_WAITING = 50_000
/** Characters that may wait. */
const MOST_LETTERS = 64 * 1024 * 1024
/** Lines of one transaction. */
const LINES_A_COMMIT = 5_000
const NOWHERE: Origin = { file: 0, line: 0 }

const lettersOf = ({ batch }: Pending): number =>
  'frames' in batch ? batch.frames.reduce((sum, { text }) => sum + text.length, 0) : 0

const linesOf = ({ batch }: Pending): number => ('frames' in batch ? batch.frames.length : batch.length)

/** Records in groups of at most GROUP. */
class Groups {
  readonly list: { records: LogRecord[]; origins: Origin[] }[] = []
  private position: number

  constructor(position: number) {
    this.position = position
  }

  /** The position that the next record gets. */
  get end(): number {
    return this.position
  }

  add(record: LogRecord, origin = NOWHERE): void {
    let last = this.list.at(-1)
    if (last === undefined || last.records.length >= GROUP) {
      last = { records: [], origins: [] }
      this.list.push(last)
    }
    last.records.push(record)
    last.origins.push(origin)
    this.position++
  }
}

export class GroupCommit {
  private readonly options: GroupCommitOptions
  private pending: Pending[] = []
  private waitingLines = 0
  private waitingLetters = 0
  private timer: NodeJS.Timeout | undefined
  /** Undefined after a failure: read again from the log, which alone knows. */
  private counts: { occurrences: Occurrences; minute: number } | undefined
  /** Why nothing can be written, and until when that is not tried again. */
  private failure: { error: Refusal; until: number } | undefined

  constructor(options: GroupCommitOptions) {
    this.options = options
    this.counts = this.readCounts()
  }

  /** Lines and records that are not in the log yet. */
  get waiting(): number {
    return this.waitingLines
  }

  /** Answers when it is durable. Rejects with `Refusal` where it cannot be: nothing of it is kept then. */
  add(batch: Batch | readonly LogRecord[]): Promise<Span> {
    const { failure } = this
    if (failure !== undefined && performance.now() < failure.until) return Promise.reject(failure.error)
    return new Promise((resolve, reject) => {
      const pending: Pending = { batch, resolve, reject }
      const lines = linesOf(pending)
      const letters = lettersOf(pending)
      const full = this.waitingLines + lines > MOST_WAITING || this.waitingLetters + letters > MOST_LETTERS
      if (this.waitingLines > 0 && full) return reject(this.busy())
      this.pending.push(pending)
      this.waitingLines += lines
      this.waitingLetters += letters
      if (this.waitingLines >= GROUP) this.schedule(0)
      else this.schedule(WINDOW)
    })
  }

  private busy(): Refusal {
    return new Refusal('queue-full', `${this.waitingLines} lines wait for the disk`, {
      status: 503,
      wayOut: 'send them again after a moment',
      retryAfter: 1,
    })
  }

  private schedule(after: number): void {
    if (this.timer !== undefined && after > 0) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), after)
  }

  /** Writes everything that waits now. */
  drain(): void {
    while (this.pending.length > 0) this.flush()
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const taken = this.take()
    if (taken.length === 0) return
    if (this.pending.length > 0) this.schedule(0)
    try {
      this.commit(taken)
      this.failure = undefined
    } catch (error) {
      this.counts = undefined
      const refusal = refusalOf(error)
      this.failure = { error: refusal, until: performance.now() + 1000 }
      for (const { reject } of taken) reject(refusal)
    }
  }

  private take(): Pending[] {
    let lines = 0
    let count = 0
    while (count < this.pending.length && (count === 0 || lines < LINES_A_COMMIT)) {
      lines += linesOf(this.pending[count] as Pending)
      count++
    }
    const taken = this.pending.splice(0, count)
    this.waitingLines -= lines
    for (const pending of taken) this.waitingLetters -= lettersOf(pending)
    return taken
  }

  private commit(taken: readonly Pending[]): void {
    const { log, onCommitted } = this.options
    const groups = new Groups(log.end.position)
    const files = new Map<number, KnownFile>()
    const requests: KnownRequest[] = []
    const spans: Span[] = []
    const opened = new Set<OpenDoor>()
    for (const { batch } of taken) {
      if (!('frames' in batch)) spans.push(this.addRecords(groups, batch))
      else {
        const span = this.addLines(groups, batch, opened)
        spans.push(span)
        if (batch.file !== undefined) files.set(batch.file.id, batch.file)
        if (batch.request !== undefined) requests.push(this.requestOf(batch, batch.request, span))
      }
    }
    const stored = this.placed(groups.list)
    log.commit({ groups: groups.list, files: [...files.values()], requests })
    for (const open of opened) open.written = true
    taken.forEach(({ batch, resolve }, i) => {
      const span = spans[i] as Span
      if ('frames' in batch) batch.onWritten?.(span)
      resolve(span)
    })
    onCommitted(stored)
  }

  private placed(groups: readonly Group[]): StoredGroup[] {
    let { position: first, lines } = this.options.log.end
    return groups.map((group) => {
      const stored: StoredGroup = { ...group, first, lines }
      first += group.records.length
      for (const { kind } of group.records) if (kind === 'raw') lines++
      return stored
    })
  }

  private requestOf({ frames }: Batch, { key, digest }: { key: string; digest: string }, span: Span): KnownRequest {
    const refused = frames.filter((frame) => frame.refused !== undefined).length
    return { key, digest, accepted: frames.length - refused, refused, ...span, time: Date.now() }
  }

  private addRecords(groups: Groups, records: readonly LogRecord[]): Span {
    const from = groups.end
    for (const record of records) {
      if (record.kind === 'tick') this.tick(groups, record.time)
      else groups.add(record)
      // A line that is read again counts as it will when the counts are rebuilt from the log.
      if (record.kind === 'raw') this.countsNow().occurrences.next(record.line, record.door)
    }
    return { from, to: groups.end }
  }

  private addLines(groups: Groups, { open, frames, origins }: Batch, opened: Set<OpenDoor>): Span {
    const from = groups.end
    this.begin(groups, frames)
    if (!open.written && !opened.has(open)) {
      groups.add(activationOf(open))
      opened.add(open)
    }
    const now = this.options.now()
    frames.forEach(({ text: line, time, refused }, i) => {
      // A clock that runs ahead must not take everybody with it.
      if (refused === undefined) this.tick(groups, Math.min(time, now))
      const occurrence = this.countsNow().occurrences.next(line, open.door.door)
      const record: LogRecord = { kind: 'raw', door: open.door.door, line, time, occurrence }
      if (refused !== undefined) record.refused = refused
      groups.add(record, origins?.[i])
    })
    return { from, to: groups.end }
  }

  /** What an empty log begins with. */
  private begin(groups: Groups, frames: readonly Framed[]): void {
    if (groups.end > 0) return
    const times = frames.filter(({ time, refused }) => refused === undefined && !Number.isNaN(time))
    const first = times.reduce((least, { time }) => Math.min(least, time), this.options.now())
    for (const record of this.options.opening(first)) groups.add(record)
  }

  /** Time passes before the first line of each new minute; NaN is no time. */
  private tick(groups: Groups, time: number): void {
    const counts = this.countsNow()
    const minute = Math.floor(time / MINUTE)
    if (!(minute > counts.minute)) return
    counts.minute = minute
    groups.add({ kind: 'tick', time: minute * MINUTE })
  }

  private countsNow(): { occurrences: Occurrences; minute: number } {
    this.counts ??= this.readCounts()
    return this.counts
  }

  private readCounts(): { occurrences: Occurrences; minute: number } {
    const { log } = this.options
    const { tick } = log.end
    return {
      occurrences: rebuildOccurrences(log),
      minute: tick === null ? Number.NEGATIVE_INFINITY : Math.floor(tick / MINUTE),
    }
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof CommandError) {
    return new Refusal(error.code, error.message, { status: 503, wayOut: error.wayOut, retryAfter: 5, cause: error })
  }
  return new Refusal('log-unwritable', `the log cannot be written: ${messageOf(error)}`, {
    status: 503,
    wayOut: 'look at the log of the server',
    retryAfter: 5,
    cause: error,
  })
}
