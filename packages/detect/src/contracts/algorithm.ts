import type { Exemptions } from './check-name.ts'
import type { Job } from './job.ts'
import type { ParamTable, Values } from './params.ts'
import type { Plain } from './plain.ts'
import type { Random } from './random.ts'
import type { Rows } from './rows.ts'

/** What is known about the training rows. */
export interface Lesson {
  /** One a row: 1 is an anomaly, 0 is normal, NaN is not labelled. */
  readonly labels?: Float64Array
  /** One a row, at least 0, not all 0: how much a row counts. Without them every row counts 1. */
  readonly weights?: Float64Array
}

/** What order means: nothing; one line in time; lines of symbols; edges. */
export type Kind = 'table' | 'series' | 'sequence' | 'graph'

/** What everything that is fitted says about itself. */
export interface Description<P extends ParamTable> {
  /** Kebab-case, the file's name, for ever. */
  readonly id: string
  /** Rises when the shape of the saved state changes. */
  readonly version: number
  readonly summary: string
  /** Paper and section, or the standard. */
  readonly reference: string
  /** name → type, default, range, meaning: said once. */
  readonly params: P
  /** Which types of column it reads. */
  readonly columns: 'number' | 'category' | 'any'
  /** Whether NaN may stand in the rows. */
  readonly missing: 'accepts' | 'rejects'
  /** How the state of each older version becomes that of the next one: `{ 1: (one) => two, 2: (two) => three }`. */
  readonly upgrade?: { readonly [version: number]: (older: Plain) => Plain }
}

/** What `Algorithm`, `RemoteAlgorithm` and the detectors made of them share. */
export interface DetectorDescription<P extends ParamTable> extends Description<P> {
  readonly kind: Kind
  /** `labels`: NaN means not labelled, so few labels are allowed. */
  readonly learnsFrom: 'unlabelled' | 'normal' | 'labels'
  /** The least number of rows that it can be fitted on; 1 if absent. */
  readonly leastRows?: number
  /** check → reason why it cannot be held; proved to fail. */
  readonly exempt?: Exemptions
}

/** What an author writes: pure functions over plain state. Rows arrive validated, in the order of the fitted columns. */
export interface Algorithm<P extends ParamTable, S extends Plain> extends DetectorDescription<P> {
  /** Series: rows after itself that a score waits for; 0 if absent. */
  lookahead?(params: Values<P>): number
  fit(rows: Rows, lesson: Lesson, params: Values<P>, random: Random, job: Job): S | Promise<S>
  /** The form that scores fast; owns the state from here on. */
  open(state: S): Live<S>
}

export interface Live<S extends Plain> {
  /** One a row; higher is stranger; finite. Never changes a belief, never writes into the rows. */
  score(rows: Rows): Float64Array
  /** Present in detectors that learn on. Trust, 0 … 1 a row; at 0 time passes, beliefs stay. */
  learn?(rows: Rows, trust: Float64Array): void
  /** rows × columns, row-major: what weighed how much. Without it a default one is computed. */
  explain?(rows: Rows): Float64Array
  /** Copies out. */
  save(): S
  /** Sentences on what it could not do as asked: which member failed, and why. Absent where nothing can fail in part. */
  notes?(): readonly string[]
  close?(): void
}

/** An algorithm whose models answer later (a net in a worker). Its models are frozen. */
export interface RemoteAlgorithm<P extends ParamTable, S extends Plain> extends DetectorDescription<P> {
  lookahead?(params: Values<P>): number
  fit(rows: Rows, lesson: Lesson, params: Values<P>, random: Random, job: Job): S | Promise<S>
  open(state: S): Remote<S> | Promise<Remote<S>>
}

export interface Remote<S extends Plain> {
  score(rows: Rows): Promise<Float64Array>
  explain?(rows: Rows): Promise<Float64Array>
  save(): S
  close(): Promise<void>
}
