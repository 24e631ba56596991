/** What the report of a scan brings along: all that its page shows. Written by `heedful scan --report`. */
import type { AlertInFull, Context } from './contract.ts'

export interface ReportedFile {
  name: string
  /** In words; null where it is not known. */
  format: string | null
  /** Where its stamps carry none. */
  timezone: string | null
}

export interface RefusedReason {
  reason: string
  /** The reason in words, or empty. */
  detail: string
  count: number
  /** Where the first one stands, and how it begins. */
  example: { place: string; line: string }
}

export interface ReportedLog {
  /** The moments of the first and last event; null where there was none. */
  first: string | null
  last: string | null
  lines: number
  events: number
  absorbed: number
  refused: number
  /** A person stopped it before the end of the log. */
  stopped: boolean
  files: ReportedFile[]
  files_total: number
  reasons: RefusedReason[]
  absorbed_reasons: { why: string; count: number }[]
  learned: { users: number; hosts: number; addresses: number; strangers: number }
  warmup: { from: string; until: string }
  budget_per_day: number
  /** Alerts that the budget had no room for. */
  over_budget: number
  /** What is worth knowing of it, in sentences. */
  notes: string[]
}

/** An alert whose entity's habits stand in the list of contexts, as several alerts may be about one. */
export type ReportedAlert = Omit<AlertInFull, 'context'> & { context: number }

export interface Report {
  /** When it was written. */
  made: string
  /** Of Heedful. */
  version: string
  /** Strongest first. */
  alerts: ReportedAlert[]
  /** Weaker ones that are not among them. */
  left_out: number
  contexts: Context[]
  log: ReportedLog
}
