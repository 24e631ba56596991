/** Detectors on labelled tables, one file and one detector after the other. */
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { HeedfulError, type Job, pickRows } from '@heedful/detect'
import { createRandom } from '@heedful/detect/contracts/random'
import {
  type Evaluation,
  evaluate,
  evaluateParts,
  type NotApplicable,
  type Parts,
} from '@heedful/detect/evaluate/evaluate'
import type { Protocol } from '@heedful/detect/evaluate/split'
import { createSampler } from '@heedful/detect/numerics/sample-rows'
import { CommandError, Interrupted } from '../errors.ts'
import { inputOf } from '../intake/bytes.ts'
import { readTable, type Table } from '../table/read-table.ts'
import type { NamedColumns } from '../table/roles.ts'
import type { Progress } from '../terminal/progress.ts'
import type { Chosen } from './choose-detectors.ts'

export interface Plan {
  readonly files: readonly string[]
  readonly columns: NamedColumns & { readonly label: string }
  readonly chosen: readonly Chosen[]
  /** `test`: fitted on the file with labels, measured on `test`. */
  readonly protocol: Protocol | 'test'
  /** A table of its own to measure on. */
  readonly test?: string | undefined
  readonly seed: number
  /** At most so many rows of each file, drawn by the seed. */
  readonly most: number
}

/** One detector on one file. */
export interface Result {
  readonly file: string
  /** Of the table that is measured. */
  readonly rows: number
  readonly columns: number
  readonly anomalies: number
  readonly evaluation: Evaluation | NotApplicable | Failed
}

/** A detector that broke off, and why: the others go on. */
export interface Failed {
  readonly detector: string
  readonly failure: string
}

/** A file that could not be taken, and why. */
export interface Refused {
  readonly file: string
  readonly refusal: CommandError
}

export interface LabelledTable extends Table {
  readonly labels: Float64Array
}

function cut(table: LabelledTable, most: number, seed: number): LabelledTable {
  const { rows, labels, time, group } = table
  if (rows.count <= most) return table
  const kept = createSampler(rows.count, most, undefined)(createRandom(seed).split('rows')).sort()
  return {
    rows: pickRows(rows, kept),
    labels: Float64Array.from(kept, (row) => labels[row]!),
    ...(time && { time: Float64Array.from(kept, (row) => time[row]!) }),
    ...(group && { group: Int32Array.from(kept, (row) => group[row]!) }),
  }
}

const count = (labels: Float64Array, wanted: number) =>
  labels.reduce((sum, label) => sum + (label === wanted ? 1 : 0), 0)

/** Throws `labels-missing` where one of the two kinds does not occur. */
function checkLabels(file: string, column: string, labels: Float64Array): void {
  const refuse = (what: string, wayOut: string) => {
    throw new CommandError('labels-missing', `${file}: column "${column}" ${what}`, wayOut)
  }
  if (count(labels, 1) === 0) refuse('names no anomaly: no row has label 1', 'a measure needs at least one anomaly')
  if (count(labels, 0) === 0)
    refuse('names no normal row: no row has label 0', 'a measure needs at least one normal row')
}

/** How long a fit may go on before it lets a signal in, ms. */
const TURN = 50

/** The surroundings of one fit: progress is told, and Ctrl-C is heard. */
export function openJob(signal: AbortSignal, say: (done: number, of: number, note?: string) => void): Partial<Job> {
  let last = performance.now()
  return {
    signal,
    memoryBytes: 8 * 1024 ** 3,
    due: () => performance.now() - last >= TURN,
    async tick(done, of, note) {
      say(done, of, note)
      await setImmediate()
      last = performance.now()
    },
  }
}

/** Refusals of the table, not of the detector: they name the way out themselves. */
function asRefusal(file: string, error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error
  if (!(error instanceof HeedfulError)) return undefined
  return new CommandError('table-invalid', `${file}: ${error.message}`, 'change the file, or the detectors')
}

/** What is told as it becomes known. Throws `Interrupted` where the signal ends it. */
export async function* evaluateFiles(
  plan: Plan,
  signal: AbortSignal,
  progress: Progress,
): AsyncGenerator<Result | Refused> {
  for (const [i, file] of plan.files.entries()) {
    progress.say(`${basename(file)} (${i + 1} of ${plan.files.length}): reading`)
    try {
      yield* evaluateFile(file, plan, signal, progress)
    } catch (error) {
      if (error instanceof HeedfulError && error.code === 'fit-aborted') throw new Interrupted()
      const refusal = asRefusal(file, error)
      if (refusal === undefined) throw error
      yield { file, refusal }
    }
  }
}

/** @param measured whether its rows are measured: then it needs rows of both kinds */
async function readLabelled(
  file: string,
  columns: Plan['columns'],
  signal: AbortSignal,
  measured: boolean,
): Promise<LabelledTable> {
  const { labels, ...table } = await readTable(inputOf(file), columns, { signal })
  if (labels === undefined) throw new Error('the label column was read without labels')
  if (measured) checkLabels(file, columns.label, labels)
  return { ...table, labels }
}

async function* evaluateFile(
  file: string,
  plan: Plan,
  signal: AbortSignal,
  progress: Progress,
): AsyncGenerator<Result> {
  const { columns, chosen, protocol, seed, most } = plan
  const known = cut(await readLabelled(file, columns, signal, plan.test === undefined), most, seed)
  const { rows } = known
  const test =
    plan.test === undefined ? undefined : cut(await readLabelled(plan.test, columns, signal, true), most, seed)
  const measured = test ?? known
  const sizes = { rows: measured.rows.count, anomalies: count(measured.labels, 1) }
  const told = { file, columns: rows.columns.length, ...sizes }
  for (const { detector, preparers, params } of chosen) {
    const what = `${basename(file)}, ${detector.id}`
    const say = (done: number, of: number, note = 'fitting') =>
      progress.say(`${what}: ${note}, ${Math.round((100 * done) / Math.max(of, 1))} %`)
    progress.say(`${what}: fitting`)
    await setImmediate()
    if (signal.aborted) throw new Interrupted()
    const options = { params, preparers, seed, job: openJob(signal, say), clock: () => performance.now() }
    const work =
      test === undefined
        ? evaluate(detector, rows, known, { ...options, protocol: protocol as Protocol })
        : evaluateParts(detector, partsOf(known, test), options)
    yield { ...told, evaluation: await work.catch((error: unknown) => asFailure(detector.id, error)) }
  }
}

const partsOf = (known: LabelledTable, test: LabelledTable): Parts => ({
  fitted: known.rows,
  lesson: { labels: known.labels },
  scored: test.rows,
  labels: test.labels,
})

/** Errors that are the same for every detector, or a person's wish. */
const OF_ALL: ReadonlySet<string> = new Set(['split-impossible', 'fit-aborted', 'rows-shape'])

function asFailure(detector: string, error: unknown): Failed {
  if (!(error instanceof HeedfulError) || OF_ALL.has(error.code)) throw error
  return { detector, failure: `${error.code}: ${error.message}` }
}
