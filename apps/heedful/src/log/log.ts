/** The one log of a data folder: records in order, each with its position, appended in groups that are durable together. */
import type { ActivateRecord, ClockState, LogRecord } from '@heedful/stream'
import type { Identity } from '../intake/identity.ts'

/** Where a record came from; what a person is shown. Concludes nothing. */
export interface Origin {
  /** Id of a file in `Log.files`; 0 for records that came from no file. */
  file: number
  /** Line number in it, from 1. */
  line: number
}

/** A file that was read into the log, and how far. */
export interface KnownFile {
  id: number
  identity: Identity
  /** Its path as last given. */
  name: string
  format: string
  timezone: string
  /** How its lines become events, where the format leaves that to a mapping. */
  mapping?: string
  /** Offset in its unpacked bytes where reading goes on. */
  offset: number
  /** Lines before `offset`. */
  line: number
  /** Its earliest and latest stamp when it was first surveyed: its place among files that are merged. Null: none. */
  span: { first: number; last: number } | null
  /** Its latest accepted stamp, ms UTC; null before the first. */
  key: number | null
  /** The door that its lines came through, where a server follows it. */
  door?: number
  /** The clock at `offset`; null where stamps leave nothing out. */
  clock: ClockState | null
}

/** At most this many records are appended together. */
export const GROUP = 500

export interface Group {
  records: readonly LogRecord[]
  /** One for each record. */
  origins: readonly Origin[]
}

export interface StoredGroup extends Group {
  /** Position of its first record. */
  first: number
  /** Raw records before it. */
  lines: number
}

/** What intake needs to go on where the log ends. */
export interface LogEnd {
  /** Position that the next record gets. */
  position: number
  /** Raw records so far. */
  lines: number
  /** Time of the last tick, ms UTC; null before the first. */
  tick: number | null
}

/** A request that carried an idempotency key: sent again, it is answered the same and writes nothing. */
export interface KnownRequest {
  /** The sender's key, behind the name of its source: keys of two sources never meet. */
  key: string
  /** Of what was sent: another body under the same key is a mistake of the sender. */
  digest: string
  accepted: number
  refused: number
  /** Positions of its records: from … to − 1. */
  from: number
  to: number
  /** When it came, ms UTC by the wall clock; it is forgotten after a day. */
  time: number
}

/** What is appended together, all of it or nothing. */
export interface Commit {
  groups: readonly Group[]
  files: readonly KnownFile[]
  requests: readonly KnownRequest[]
}

export interface Log {
  /** Tells this log from every other: what is concluded from it carries the same id. */
  readonly id: string
  readonly end: LogEnd
  readonly files: readonly KnownFile[]
  /** All `activate` records, in order: what is in force at the end. */
  readonly activations: readonly ActivateRecord[]
  /** Appends a group and how far its files are read, both or neither; durable when it returns. Gives the first position. */
  append(group: Group, files: readonly KnownFile[]): number
  /** Appends several groups as one transaction; durable when it returns. Gives the first position. */
  commit(commit: Commit): number
  /** A request that was committed within the last day before `now`, ms UTC. */
  findRequest(key: string, now: number): KnownRequest | undefined
  /** The groups that hold positions from `from` on, in order. Throws `folder-damaged` naming the place. */
  read(from: number): Iterable<StoredGroup>
  close(): void
}

export const countLines = (records: readonly LogRecord[]) => records.filter(({ kind }) => kind === 'raw').length

export const findActivations = (records: readonly LogRecord[]) => records.filter((record) => record.kind === 'activate')

/** The end of a log after one more group. */
export function advance(end: LogEnd, records: readonly LogRecord[]): LogEnd {
  const ticks = records.filter((record) => record.kind === 'tick')
  return {
    position: end.position + records.length,
    lines: end.lines + countLines(records),
    tick: ticks.at(-1)?.time ?? end.tick,
  }
}
