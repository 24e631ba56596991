import type { Description, Lesson } from './algorithm.ts'
import type { Job } from './job.ts'
import type { FitOptions } from './model.ts'
import type { Steps } from './paced.ts'
import type { ParamTable, SomeValues, Values } from './params.ts'
import type { Plain } from './plain.ts'
import type { Random } from './random.ts'
import type { Column, Rows } from './rows.ts'

/** Of which input column, and with what share (shares of one output column sum to 1), an output column is made. */
export type Origin = { readonly column: number; readonly share: number }

/** What the author of a scaler, imputer, encoder … writes. Rows arrive validated, in the order of the fitted columns. */
export interface Preparation<P extends ParamTable, S extends Plain> extends Description<P> {
  /** No NaN comes out, whatever goes in; where absent, missing values stay missing. */
  readonly fillsMissing?: boolean
  /** It cannot be fitted without labels; where absent, it never looks at them. */
  readonly learnsFrom?: 'labels'
  /** A fit that may take long is told in steps, so that it can be watched and stopped. */
  fit(rows: Rows, lesson: Lesson, params: Values<P>, random: Random): S | Steps<S>
  open(state: S, inputs: readonly Column[]): LivePreparation<S>
}

export interface LivePreparation<S extends Plain> {
  /** The columns that come out. */
  readonly columns: readonly Column[]
  /** One list an output column: sends weights of an explanation back to the input columns. */
  readonly origins: readonly (readonly Origin[])[]
  /** count × output columns, row-major. A row's answer depends on that row alone; the rows stay whole. */
  prepare(rows: Rows): Float64Array
  save(): S
}

export type SavedPreparer = {
  readonly preparer: string
  readonly version: number
  readonly columns: readonly Column[]
  readonly params: { readonly [name: string]: number | string | boolean }
  readonly state: Plain
}

/** A fitted preparation: rows in, rows out, frozen. */
export interface FittedPreparer {
  readonly preparer: string
  readonly inputs: readonly Column[]
  readonly columns: readonly Column[]
  readonly origins: readonly (readonly Origin[])[]
  prepare(rows: Rows): Rows
  save(): SavedPreparer
}

/** What `definePreparer` makes of a `Preparation`. */
export interface Preparer<P extends ParamTable = ParamTable> extends Description<P> {
  readonly fillsMissing: boolean
  readonly learnsFrom: 'unlabelled' | 'labels'
  fit(rows: Rows, options?: Omit<FitOptions<P>, 'job'>): FittedPreparer
  /** For detectors made of preparers: at once, or later where the job is due before the fit is done. */
  train(
    rows: Rows,
    lesson: Lesson,
    params: SomeValues<P>,
    random: Random,
    job: Job,
  ): FittedPreparer | Promise<FittedPreparer>
  load(saved: Plain): FittedPreparer
}
