/** What was concluded from the log: alerts, refused lines, verdicts, and the memory that goes on concluding. */
import type { Alert, DeadLetter, Verdict } from '@heedful/stream'
import type { Counts } from '../scoring/counts.ts'
import type { Feedback } from './feedback-table.ts'

/** Everything concluded while one group of the log was folded. */
export interface ConcludedGroup {
  /** Position of the group's first record: folded again, the group replaces what was concluded of it before. */
  first: number
  /** Position of its last record. */
  last: number
  verdicts: readonly Verdict[]
  alerts: ReadonlyMap<string, Alert>
  letters: readonly (DeadLetter & { time?: number })[]
  feedback: readonly Feedback[]
  /** Positions of refused lines that were read again. */
  redriven: readonly number[]
  counts: Counts
}

/** Memory as of a position: all records before it are folded in. */
export interface Snapshot {
  position: number
  /** All but the entities at rest, encoded: pieces that stand one behind the other. */
  rest: readonly Uint8Array[]
  parts: readonly MemoryPart[]
}

/** Entities at rest: bytes that never change, and only grow at their end within a generation, however they are cut. */
export interface MemoryPart {
  generation: number
  pieces: readonly Uint8Array[]
}

/** Memory whose bytes are durable, to be put in force by a commit. */
export interface KeptMemory {
  position: number
  file: string
  /** Bytes that it took. */
  written: number
}

export interface Store {
  /** Memory in force; read anew each time. */
  readonly snapshot: Snapshot | undefined
  /** Memory in force cannot be used: the next one has nothing in common with it. */
  forgetMemory(): void
  /** Makes memory durable, without keeping others waiting; it is in force when it is committed. */
  keep(snapshot: Snapshot): Promise<KeptMemory>
  /** All of it or nothing. It survives the process; with memory, and all that was committed before, also a power cut. */
  commit(groups: readonly ConcludedGroup[], memory?: KeptMemory): void
  /**
   * Counts, for lists, some of the entities and doors of what was committed. @returns whether more are to be counted: all of
   * them before memory is committed that has them folded in.
   */
  count(): boolean
  /** What was committed goes to its place on the disk, aside, where that is due. @returns what the next commit has to wait for */
  checkpoint(): Promise<void> | undefined
  /** Nothing goes on aside any more. */
  settle(): Promise<void>
  /** What is concluded only if nothing else follows in the log: shown with the rest until the next commit drops it. */
  keepProvisional(tail: ConcludedGroup): void
  /** By time, then id. */
  alerts(): Alert[]
  /** Of the groups that hold positions from … to − 1, in the order of the log. */
  verdictsOf(from: number, to: number): readonly Verdict[]
  /** In the order of the log; the newest first where `backwards`. */
  verdicts(backwards?: boolean): Iterable<readonly Verdict[]>
  close(): void
}

/** The order of alerts wherever they are listed: by time, ties by id, by code unit. */
export function byTime(a: Alert, b: Alert): number {
  return a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
