import type { DetectorDescription, Lesson } from './algorithm.ts'
import type { Job } from './job.ts'
import type { ParamTable, SomeValues, Values } from './params.ts'
import type { Plain } from './plain.ts'
import type { Random } from './random.ts'
import type { Column, Rows } from './rows.ts'

/** A fitted model as plain data: codec it, store it, send it; `detector.load` brings it back. */
export type SavedModel = {
  readonly detector: string
  readonly version: number
  readonly columns: readonly Column[]
  readonly params: { readonly [name: string]: number | string | boolean }
  /** One a column: what is ordinary there (median, or the commonest category). Against it the default explanation weighs. */
  readonly ordinary: Float64Array
  readonly state: Plain
}

/** What is the same for models that answer at once and later. */
export interface Fitted {
  readonly detector: string
  readonly version: number
  /** The columns it was fitted with. Rows are matched by name; more columns, or another order, are fine. */
  readonly columns: readonly Column[]
  readonly params: { readonly [name: string]: number | string | boolean }
  /** Series: rows after itself that a score waits for. */
  readonly lookahead: number
}

/** A fitted model. Higher is stranger. */
export interface Model extends Fitted {
  /** Whether `learn` teaches it anything; frozen models are taught by `fit` alone. */
  readonly learns: boolean
  /** One score a row. Never learns. */
  score(rows: Rows): Float64Array
  /** Teaches rows in order. `trust`, 0 … 1, for all or one a row, 1 if absent; at 0 time passes and beliefs stay. Error: `model-frozen`. */
  learn(rows: Rows, trust?: number | Float64Array): void
  /** Asks, then teaches, row by row; a frozen model only scores. */
  follow(rows: Rows, trust?: number | Float64Array): Float64Array
  /** rows × `model.columns`, row-major: what weighed how much; higher means it made the row stranger. */
  explain(rows: Rows): Float64Array
  /** Sentences on what it could not do as asked, such as which member of an ensemble failed and why; empty where all is well. */
  notes(): readonly string[]
  save(): SavedModel
  /** A second model that shares nothing with this one. */
  clone(): Model
  /** Frees what is held outside the heap. Any later call is refused with `model-closed`. */
  close(): void
}

/** A fitted, frozen model that answers later. */
export interface RemoteModel extends Fitted {
  score(rows: Rows): Promise<Float64Array>
  explain(rows: Rows): Promise<Float64Array>
  save(): SavedModel
  clone(): Promise<RemoteModel>
  close(): Promise<void>
}

export interface FitOptions<P extends ParamTable> {
  readonly params?: SomeValues<P>
  /** Decides every random choice; 0 if absent. */
  readonly seed?: number | string
  readonly lesson?: Lesson
  readonly job?: Partial<Job>
}

/** What users see of an algorithm. An unfitted model does not exist. */
export interface Detector<P extends ParamTable = ParamTable> extends DetectorDescription<P> {
  /** Fits in its own time. */
  fit(rows: Rows, options?: FitOptions<P>): Promise<Model>
  /** Fits at once, where the algorithm can. Error: `fit-takes-time`. */
  fitNow(rows: Rows, options?: FitOptions<P>): Model
  /** For detectors made of detectors: at once where the algorithm can, with the random stream of the outer one. */
  train(rows: Rows, lesson: Lesson, params: SomeValues<P>, random: Random, job: Job): Model | Promise<Model>
  /** Opens a saved model. Errors: `model-foreign`, `model-version`, `model-damaged`. Takes over what it is given. */
  load(saved: Plain): Model
  lookahead(params: Values<P>): number
}

export interface RemoteDetector<P extends ParamTable = ParamTable> extends DetectorDescription<P> {
  fit(rows: Rows, options?: FitOptions<P>): Promise<RemoteModel>
  load(saved: Plain): Promise<RemoteModel>
  lookahead(params: Values<P>): number
}
