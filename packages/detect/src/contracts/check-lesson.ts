import type { DetectorDescription, Lesson } from './algorithm.ts'
import { HeedfulError } from './errors.ts'
import type { ParamTable } from './params.ts'
import { pickRows, type Rows } from './rows.ts'

function checkLength(owner: string, what: string, given: number, count: number): void {
  if (given !== count)
    throw new HeedfulError('lesson-shape', `${owner}: ${given} ${what} for ${count} rows; give one a row`)
}

function checkLabels(owner: string, labels: Float64Array, count: number): void {
  checkLength(owner, 'labels', labels.length, count)
  const bad = labels.findIndex((label) => label !== 0 && label !== 1 && !Number.isNaN(label))
  if (bad >= 0) {
    const ways = '0 is normal, 1 an anomaly, NaN not labelled'
    throw new HeedfulError('lesson-value', `${owner}: the label of row ${bad} is ${labels[bad]}; ${ways}`)
  }
}

function checkWeights(owner: string, weights: Float64Array, count: number): void {
  checkLength(owner, 'weights', weights.length, count)
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY))
  if (bad >= 0) {
    throw new HeedfulError(
      'lesson-value',
      `${owner}: the weight of row ${bad} is ${weights[bad]}; give a finite number from 0`,
    )
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) throw new HeedfulError('lesson-value', `${owner}: all weights are 0; no row counts`)
  if (total === Number.POSITIVE_INFINITY)
    throw new HeedfulError('lesson-value', `${owner}: the weights add up to no finite number; make all of them smaller`)
}

/** The lesson of the rows named by `indices`. */
export function pickLesson({ labels, weights }: Lesson, indices: ArrayLike<number>): Lesson {
  return {
    ...(labels && { labels: Float64Array.from(indices, (row) => labels[row] as number) }),
    ...(weights && { weights: Float64Array.from(indices, (row) => weights[row] as number) }),
  }
}

/** Errors: `lesson-shape`, `lesson-value`. */
export function checkLessonShape(owner: string, { labels, weights }: Lesson, count: number): void {
  if (labels) checkLabels(owner, labels, count)
  if (weights) checkWeights(owner, weights, count)
}

/**
 * Checks what is known about training rows. Detectors that learn from normal rows never see those labelled as anomalies.
 * Errors: `lesson-shape`, `lesson-value`, `rows-too-few`.
 */
export function checkLesson(
  { id, learnsFrom, leastRows = 1 }: Pick<DetectorDescription<ParamTable>, 'id' | 'learnsFrom' | 'leastRows'>,
  rows: Rows,
  lesson: Lesson,
): { rows: Rows; lesson: Lesson } {
  checkLessonShape(id, lesson, rows.count)
  if (learnsFrom === 'labels' && !lesson.labels?.some((label) => label === 1)) {
    throw new HeedfulError(
      'lesson-shape',
      `${id} learns from labels: give lesson.labels with at least one 1 (others may be NaN)`,
    )
  }
  const checked = learnsFrom === 'normal' ? withoutAnomalies(rows, lesson) : { rows, lesson }
  if (checked.rows.count < leastRows) {
    throw new HeedfulError(
      'rows-too-few',
      `${id} needs at least ${leastRows} rows to learn from; there are ${checked.rows.count}`,
    )
  }
  return checked
}

function withoutAnomalies(rows: Rows, lesson: Lesson): { rows: Rows; lesson: Lesson } {
  const { labels } = lesson
  if (!labels?.includes(1)) return { rows, lesson }
  const kept = Array.from(labels.keys()).filter((row) => labels[row] !== 1)
  return { rows: pickRows(rows, kept), lesson: pickLesson(lesson, kept) }
}

/** One trust a row. Error: `trust-invalid`. */
export function spreadTrust(owner: string, trust: number | Float64Array, count: number): Float64Array {
  const values = typeof trust === 'number' ? new Float64Array(count).fill(trust) : trust
  if (values.length !== count) {
    throw new HeedfulError(
      'trust-invalid',
      `${owner}: ${values.length} values of trust for ${count} rows; give one a row, or one for all`,
    )
  }
  const bad = values.findIndex((value) => !(value >= 0 && value <= 1))
  if (bad >= 0)
    throw new HeedfulError('trust-invalid', `${owner}: the trust of row ${bad} is ${values[bad]}; give 0 to 1`)
  return values
}
