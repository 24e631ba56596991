/** What a log format gives to the house: one folder beside this file, one line in `registry.ts`. */
import type { Event } from '../event.ts'
import type { Door } from '../log.ts'

/** What one line became. Every line becomes one of these; none vanishes. */
export type Parsed =
  | { kind: 'events'; events: Event[] }
  /** Understood, but no event of its own (a line of a log-in that is already told, a server that listens). */
  | { kind: 'absorbed'; why: string }
  /** Not understood or not sound: to the dead letters, with a reason that names the place. */
  | { kind: 'refused'; reason: string; detail: string }

/** Reads stamps in the order of one file, and resolves what they leave out (year, zone). Plain state, so it can be saved. */
export interface Clock {
  /** ms UTC, or NaN where the line has no stamp. */
  read(line: string): number
  save(): ClockState
}

export interface ClockState {
  timezone: string
  /** Year of the last stamp; 0 where stamps carry their own. */
  year: number
  /** The last resolved stamp, ms UTC; NaN before the first. */
  last: number
  /** The beginning of a record that goes on in the next line. */
  held?: { text: string; lines: number }
}

/** One open door. Keeps only bounded, plain state. */
export interface Parser {
  /**
   * `time` is the stamp as framed (NaN: none); `id()` is the determinate id of the line, of which events derive theirs
   * (`id()` itself for the first, `id.2`, `id.3` … for further ones): a hash, so asked only where the line brings none of
   * its own; `position` is the line's place in the log.
   */
  parse(line: string, time: number, id: () => string, position: number): Parsed
  /** Events held back to be joined with later lines, released because time passed (`message repeated`, PAM before sshd). */
  flush(time: number): Event[]
  save(): ParserState
}

/** Plain data: strings, finite numbers, booleans, null, arrays and string-keyed records of them. */
export type ParserState = unknown

export interface Source {
  id: string
  title: string
  /** 0 … 1: how sure the first lines (at most 200) are of this format. */
  sniff(lines: readonly string[]): number
  /** What the stamps of this format leave out; `lines`: a record may go on over lines, so the clock holds its beginning. */
  stamp: { year: boolean; zone: boolean; lines?: boolean }
  clock(state: ClockState): Clock
  open(door: Door, saved?: ParserState): Parser
  /** Of a format that is described, not known: the source that reads by a description (`Door.mapping`). */
  readBy?(mapping: string): Source
  /** The description that it reads by: what its doors carry. */
  mapping?: string
}
