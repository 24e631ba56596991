/** One detector on one labelled table: fitted, asked, measured. */
import { pickLesson } from '../contracts/check-lesson.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { type Job, quietJob } from '../contracts/job.ts'
import type { Detector, Model } from '../contracts/model.ts'
import type { ParamTable, SomeValues } from '../contracts/params.ts'
import { createRandom } from '../contracts/random.ts'
import { pickRows, type Rows, sliceRows } from '../contracts/rows.ts'
import { averagePrecision } from '../metrics/average-precision.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import { type Known, type Protocol, splitRows } from './split.ts'
import { suited } from './suited.ts'

export interface EvaluateOptions {
  readonly protocol?: Protocol
  /** Parameters of the detector, by its own names. */
  readonly params?: SomeValues<ParamTable>
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

/** The parameters as they are called where preparers stand before the detector. */
function inWhole(detector: Detector, whole: Detector, params: SomeValues<ParamTable>): SomeValues<ParamTable> {
  if (whole === detector) return params
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [`${detector.id}.${name}`, value]))
}

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

/**
 * Fits a detector on one part of a labelled table and measures how well its scores find the anomalies of the other
 * (unsupervised: of the same) rows. A detector that rejects missing values or categories gets an imputer or an encoder
 * before it, which the answer names; one that cannot read the rows at all is not applicable, with the obstacle.
 *
 * @param known labels of the rows, and times and groups where the protocol needs them.
 * Errors: `split-impossible`, `fit-aborted`, those of `Detector.fit`.
 * @example `await evaluate(isolationForest, rows, { labels }, { protocol: 'supervised', seed: 7 })`
 */
export async function evaluate(
  detector: Detector,
  rows: Rows,
  known: Known,
  options: EvaluateOptions = {},
): Promise<Evaluation | NotApplicable> {
  const { protocol = 'unsupervised', params = {}, seed = 0, clock = () => Number.NaN } = options
  const job = quietJob(options.job)
  const { fitted, scored, labelled } = splitRows(protocol, known, createRandom(seed).split('evaluate').split(protocol))
  if (detector.learnsFrom === 'labels' && !labelled)
    return { detector: detector.id, obstacle: `it learns from labels, and protocol ${protocol} gives it none` }
  const found = suited(detector, rows)
  if ('obstacle' in found) return { detector: detector.id, obstacle: found.obstacle }
  const training = taken(rows, fitted)
  const lesson = labelled ? pickLesson({ labels: known.labels }, fitted) : {}
  return unlessObstacle(detector, async () => {
    const started = clock()
    const given = inWhole(detector, found.detector, params)
    const model = await found.detector.fit(training, { params: given, seed, lesson, job })
    const between = clock()
    const asked = taken(rows, scored)
    const begun = clock()
    const scores = await scoreInBlocks(model, asked, job)
    const ended = clock()
    model.close()
    const labels = Float64Array.from(scored, (row) => known.labels[row]!)
    return {
      detector: detector.id,
      preparation: found.preparation,
      fitted: fitted.length,
      ...{ scores, labels },
      rocAuc: rocAuc(scores, labels),
      averagePrecision: averagePrecision(scores, labels),
      ...{ fitMs: between - started, scoreMs: ended - begun },
    }
  })
}
