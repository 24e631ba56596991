import type { Description, DetectorDescription, Lesson } from './algorithm.ts'
import { createAligner, type Reading } from './align-rows.ts'
import { checkLesson } from './check-lesson.ts'
import { HeedfulError } from './errors.ts'
import type { Job } from './job.ts'
import { type ParamTable, resolveParams, type SomeValues, type Values } from './params.ts'
import type { Column, Rows } from './rows.ts'
import { ownColumns } from './saved-state.ts'

/** Sound rows, a sound lesson and all parameters: what an author's `fit` is given. */
export interface Training<P extends ParamTable> {
  readonly rows: Rows
  readonly lesson: Lesson
  readonly params: Values<P>
}

/** Refuses a definition that could not be used. Error: `detector-invalid`. */
export function checkDescription<P extends ParamTable>(description: Description<P>): void {
  const { id, version, summary, reference, params } = description
  const refuse = (why: string) => {
    throw new HeedfulError('detector-invalid', `definition of "${id}": ${why}`)
  }
  if (!/^[a-z][a-z0-9]*([+-][a-z0-9]+)*$/.test(id)) refuse('the id must be kebab-case')
  if (!Number.isInteger(version) || version < 1) refuse('the version must be a whole number from 1')
  if (summary === '' || reference === '') refuse('summary and reference must say something')
  try {
    resolveParams(id, params)
  } catch (error) {
    refuse((error as Error).message)
  }
}

function checkColumnTypes<P extends ParamTable>(
  { id, columns: accepted }: Description<P>,
  columns: readonly Column[],
): void {
  if (columns.length === 0) throw new HeedfulError('rows-shape', `${id}: the rows have no columns`)
  const odd = columns.find(({ type }) => accepted !== 'any' && type !== accepted)
  if (!odd) return
  const way = odd.type === 'category' ? 'encode it first (prepared)' : 'cut it into categories first'
  throw new HeedfulError(
    'column-type',
    `${id} reads columns of type ${accepted}, but "${odd.name}" is of type ${odd.type}; ${way}`,
  )
}

/** Everything that is checked before anything is fitted. The rows that come out have columns of their own. */
export function checkRows<P extends ParamTable>(description: Description<P>, rows: Rows, ordered: boolean): Rows {
  checkColumnTypes(description, rows.columns)
  const reading: Reading = {
    owner: description.id,
    columns: ownColumns(rows.columns),
    missing: description.missing,
    ordered,
  }
  return createAligner(reading)(rows)
}

export function checkTraining<P extends ParamTable>(
  description: DetectorDescription<P>,
  rows: Rows,
  lesson: Lesson,
  given: SomeValues<P> | undefined,
  job: Job,
): Training<P> {
  const params = resolveParams(description.id, description.params, given)
  const aligned = checkRows(description, rows, description.kind !== 'table')
  if (job.signal.aborted)
    throw new HeedfulError('fit-aborted', `${description.id}: the fit was stopped before it began`)
  return { ...checkLesson(description, aligned, lesson), params }
}

/** Goes on with a value at once where it is there, later where it is promised. */
export function settle<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}
