/** PROVISIONAL FACE: the fold. What the app calls; the body is being written. */
import type { Alert, DeadLetter, Verdict } from './decide/alert.ts'
import type { Lookup } from './enrich/lookup.ts'
import type { Event } from './event.ts'
import type { LogRecord } from './log.ts'

export interface Settings {
  tenant: string
  /** A ceiling on alerts a day. */
  budgetPerDay: number
  /** Until this moment (ms UTC) the events only teach; behaviours that need no habit speak at once. */
  warmupUntil: number
  seed: number
  /** Shards of memory inside the one process: changes nothing that anyone can see. */
  shards: number
}

/** What a step concluded. The same log gives the same conclusions, in the same order. */
export interface Conclusions {
  verdict?(verdict: Verdict, event: Event): void
  /** Raised the first time, and again whenever it changed (same id). The last one said counts. */
  alert?(alert: Alert): void
  deadLetter?(letter: DeadLetter): void
  /** A line that was understood but is no event of its own. */
  absorbed?(why: string): void
}

export interface Fold {
  /** Folds one record in. `position` is its place in the log. */
  step(record: LogRecord, position: number): void
  /** All memory as plain, codec-safe data; a fold opened from it goes on as if it had never stopped. */
  save(): unknown
  /** What it knows, for the closing lines of a scan. */
  summary(): { users: number; hosts: number; addresses: number; events: number; strangers: number }
}

export type OpenFold = (settings: Settings, lookup: Lookup, conclusions: Conclusions, saved?: unknown) => Fold
