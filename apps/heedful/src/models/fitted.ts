/** A detector that was fitted on a table, and the scores of rows that it never saw: what turns a score into a p-value. */
import { createRandom, type Detector, HeedfulError, type Job, type Model, pickRows } from '@heedful/detect'
import { freezeReference, pValue, type Reference } from '@heedful/detect/calibrate/reference'
import { detectors } from '@heedful/detect/detectors/registry'
import { paramsBehind, suited, wrap } from '@heedful/detect/evaluate/suited'
import { preparers } from '@heedful/detect/prepare/registry'
import { CommandError, Interrupted } from '../errors.ts'
import type { Chosen } from '../evaluate/choose-detectors.ts'
import type { Sample } from '../table/sample-table.ts'

export interface Fitted {
  readonly model: Model
  /** Ids of the registered detector, and of the preparers before it, the first one first. */
  readonly detector: string
  readonly preparation: readonly string[]
  /** Of rows that were held out. */
  readonly reference: Reference
  /** Where it was fitted: the name of the file, its rows, those that were taken of them, and of these those held out. */
  readonly source: { readonly file: string; readonly rows: number; readonly taken: number; readonly held: number }
  readonly seed: number
}

/** The share of the rows that is held out. */
const HELD = 0.3
const LEAST_ROWS = 4

/** Row numbers to fit on and to hold out. Rows known to be anomalies say nothing about what is normal: they are not held. */
function divide({ rows, labels }: Sample, seed: number): { taught: number[]; held: number[] } {
  const random = createRandom(seed).split('held out')
  const order = Array.from({ length: rows.count }, (_, row) => row)
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const moved = order[i]!
    order[i] = order[j]!
    order[j] = moved
  }
  const cut = Math.round(rows.count * HELD)
  const held = order.slice(0, cut).filter((row) => labels?.[row] !== 1)
  const left = new Set(held)
  const byNumber = (a: number, b: number) => a - b
  return { taught: order.filter((row) => !left.has(row)).sort(byNumber), held: held.sort(byNumber) }
}

/** The detector with its preparers. Throws `fit-impossible` where nothing helps. */
function suitedTo({ detector, preparers }: Chosen, sample: Sample, file: string) {
  // Missing values may come later, even where the rows to fit on have none.
  const found = suited(detector, sample.rows, true, preparers)
  if (!('obstacle' in found)) return found
  throw new CommandError(
    'fit-impossible',
    `${detector.id} cannot be fitted on ${file}: ${found.obstacle}`,
    'choose another detector',
  )
}

/** What a fit refuses is about the rows: it is told with the file's name. */
function explain(file: string, error: unknown): unknown {
  if (!(error instanceof HeedfulError)) return error
  if (error.code === 'fit-aborted') return new Interrupted()
  return new CommandError('fit-impossible', `${file}: ${error.message}`, 'change the file, or choose another detector')
}

/** Fits on a part of the rows and scores the rest. Throws `fit-impossible`, and `Interrupted` where the job is stopped. */
export async function fitSample(
  chosen: Chosen,
  sample: Sample,
  file: string,
  seed: number,
  job: Partial<Job>,
): Promise<Fitted> {
  const { rows, labels } = sample
  if (rows.count < LEAST_ROWS) {
    throw new CommandError(
      'fit-impossible',
      `${file} has ${rows.count} rows, too few to learn from`,
      `give at least ${LEAST_ROWS}`,
    )
  }
  const learner = [chosen.detector, ...chosen.preparers].find(({ learnsFrom }) => learnsFrom === 'labels')
  if (learner && !labels) {
    const what = `${learner.id} learns from labels, and no column of ${file} is named for them`
    throw new CommandError('fit-impossible', what, 'name it by --label COLUMN, or choose another detector')
  }
  const whole = suitedTo(chosen, sample, file)
  const { taught, held } = divide(sample, seed)
  try {
    const lesson = labels ? { labels: Float64Array.from(taught, (row) => labels[row]!) } : {}
    const params = paramsBehind(chosen.detector, whole.detector, chosen.params)
    const model = await whole.detector.fit(pickRows(rows, taught), { params, lesson, seed, job })
    const reference = freezeReference(model.score(pickRows(rows, held)))
    const { detector, preparation } = { detector: chosen.detector.id, preparation: whole.preparation }
    const source = { file, rows: sample.offered, taken: rows.count, held: held.length }
    return { model, detector, preparation, reference, source, seed }
  } catch (error) {
    throw explain(file, error)
  }
}

/** p of each score: how likely a row like those it was fitted on scores at least so high. */
export const pValuesOf = ({ reference }: Fitted, scores: Float64Array): Float64Array =>
  scores.map((score) => pValue(reference, score))

/** The composed detector that a saved model was fitted by. Throws `model-unreadable` where a part is not known here. */
export function composed(detector: string, preparation: readonly string[]): Detector {
  const found = detectors.find(({ id }) => id === detector)
  const before = preparation.map((name) => preparers.find(({ id }) => id === name))
  const known = before.filter((preparer) => preparer !== undefined)
  if (found !== undefined && known.length === before.length) return wrap(found, known)
  const what = [...preparation, detector].join(' + ')
  throw new CommandError(
    'model-unreadable',
    `the model was fitted by ${what}, which this build does not have`,
    'use the build that wrote it',
  )
}
