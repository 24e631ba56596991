/** One detector on one labelled table: fitted, asked, measured. */
import type { Lesson } from '../contracts/algorithm.ts'
import { checkLessonShape, pickLesson } from '../contracts/check-lesson.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { type Job, quietJob } from '../contracts/job.ts'
import type { Detector, Model } from '../contracts/model.ts'
import type { ParamTable, SomeValues } from '../contracts/params.ts'
import type { Preparer } from '../contracts/preparation.ts'
import { createRandom } from '../contracts/random.ts'
import { pickRows, type Rows, sliceRows } from '../contracts/rows.ts'
import { averagePrecision } from '../metrics/average-precision.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import { type Known, type Protocol, splitRows } from './split.ts'
import { hasMissing, paramsBehind, suited } from './suited.ts'

export interface EvaluateOptions {
  readonly protocol?: Protocol
  /** Parameters of the detector, by its own names; of preparers, as `preparer.name`. */
  readonly params?: SomeValues<ParamTable>
  /** What is put before the detector, the first one first, beside what it needs to read the rows at all. */
  readonly preparers?: readonly Preparer[]
  /** Decides the parts and every random choice of the detector; 0 if absent. */
  readonly seed?: number
  readonly job?: Partial<Job>
  /** Milliseconds, of any origin. Without a clock the times are NaN. */
  readonly clock?: () => number
}

/** Where a detector cannot be measured, and why. */
export interface NotApplicable {
  readonly detector: string
  readonly obstacle: string
}

export interface Evaluation {
  readonly detector: string
  /** Ids of what was put before it. */
  readonly preparation: readonly string[]
  /** Rows that it was fitted on. */
  readonly fitted: number
  /** One a row that was scored, in the order of the rows. */
  readonly scores: Float64Array
  /** Those of the rows that were scored. */
  readonly labels: Float64Array
  readonly rocAuc: number
  readonly averagePrecision: number
  readonly fitMs: number
  readonly scoreMs: number
  /** What the model could not do as asked, as `Model.notes` says it. */
  readonly notes: readonly string[]
}

/** Rows scored at a time: a breath between them lets a stop be heard. */
const BLOCK = 16_384

async function scoreInBlocks(model: Model, rows: Rows, job: Job): Promise<Float64Array> {
  const scores = new Float64Array(rows.count)
  for (let from = 0; from < rows.count; from += BLOCK) {
    const to = Math.min(rows.count, from + BLOCK)
    scores.set(model.score(sliceRows(rows, from, to)), from)
    if (job.due()) await job.tick(to, rows.count, 'scoring')
    if (job.signal.aborted) throw new HeedfulError('fit-aborted', `${model.detector}: stopped while it was scoring`)
  }
  return scores
}

/** Rows named by ascending numbers; the rows themselves where all are. */
const taken = (rows: Rows, numbers: Int32Array): Rows =>
  numbers.length === rows.count ? rows : pickRows(rows, numbers)

/** Refusals that say that this detector cannot be had on these rows, and nothing is wrong with the question. */
const OBSTACLES: ReadonlySet<string> = new Set([
  'rows-too-few',
  'fit-impossible',
  'lesson-shape',
  'column-type',
  'memory-exceeded',
  'fit-takes-time',
])

/** What `work` gives, or the obstacle that it met. */
async function unlessObstacle<T>(detector: Detector, work: () => Promise<T>): Promise<T | NotApplicable> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof HeedfulError) || !OBSTACLES.has(error.code)) throw error
    return { detector: detector.id, obstacle: error.message }
  }
}

/** Rows to fit on, with or without labels, and rows to score, with theirs. */
export interface Parts {
  readonly fitted: Rows
  /** Without labels the detector is told none. */
  readonly lesson: Lesson
  /** May have a dictionary of its own, and its columns in another order. */
  readonly scored: Rows
  /** One a scored row: 1, 0, or NaN (not measured). */
  readonly labels: Float64Array
}

/** Fits on one part and measures on the other. Errors: `fit-aborted`, those of `Detector.fit` and `Model.score`. */
export async function evaluateParts(
  detector: Detector,
  { fitted, lesson, scored, labels }: Parts,
  options: EvaluateOptions = {},
): Promise<Evaluation | NotApplicable> {
  const { params = {}, preparers = [], seed = 0, clock = () => Number.NaN } = options
  const job = quietJob(options.job)
  const found = suited(detector, fitted, hasMissing(fitted) || hasMissing(scored), preparers)
  if ('obstacle' in found) return { detector: detector.id, obstacle: found.obstacle }
  return unlessObstacle(detector, async () => {
    const started = clock()
    const given = paramsBehind(detector, found.detector, params)
    const model = await found.detector.fit(fitted, { params: given, seed, lesson, job })
    const between = clock()
    const scores = await scoreInBlocks(model, scored, job)
    const ended = clock()
    const notes = model.notes()
    model.close()
    return {
      detector: detector.id,
      preparation: found.preparation,
      fitted: fitted.count,
      ...{ scores, labels },
      rocAuc: rocAuc(scores, labels),
      averagePrecision: averagePrecision(scores, labels),
      ...{ fitMs: between - started, scoreMs: ended - between },
      notes,
    }
  })
}

/**
 * Fits a detector on one part of a labelled table and measures how well its scores find the anomalies of the other
 * (unsupervised: of the same) rows. A detector that rejects missing values or categories gets an imputer or an encoder
 * before it, which the answer names; one that cannot read the rows at all is not applicable, with the obstacle.
 *
 * @param known labels of the rows, and times and groups where the protocol needs them.
 * Errors: `lesson-shape`, `lesson-value`, `split-impossible`, those of `evaluateParts`.
 * @example `await evaluate(isolationForest, rows, { labels }, { protocol: 'supervised', seed: 7 })`
 */
export async function evaluate(
  detector: Detector,
  rows: Rows,
  known: Known,
  options: EvaluateOptions = {},
): Promise<Evaluation | NotApplicable> {
  const { protocol = 'unsupervised', preparers = [], seed = 0 } = options
  checkLessonShape('evaluate', { labels: known.labels }, rows.count)
  const { fitted, scored, labelled } = splitRows(protocol, known, createRandom(seed).split('evaluate').split(protocol))
  const learner = [detector, ...preparers].find(({ learnsFrom }) => learnsFrom === 'labels')
  if (learner && !labelled) {
    const who = learner === detector ? 'it' : learner.id
    return { detector: detector.id, obstacle: `${who} learns from labels, and protocol ${protocol} gives it none` }
  }
  const parts: Parts = {
    fitted: taken(rows, fitted),
    lesson: labelled ? pickLesson({ labels: known.labels }, fitted) : {},
    scored: taken(rows, scored),
    labels: Float64Array.from(scored, (row) => known.labels[row]!),
  }
  return evaluateParts(detector, parts, options)
}
