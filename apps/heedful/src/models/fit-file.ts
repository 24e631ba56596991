/** Fits a detector on rows that are drawn of a file. */
import { basename } from 'node:path'
import { createRandom } from '@heedful/detect'
import type { Chosen } from '../evaluate/choose-detectors.ts'
import { openJob } from '../evaluate/evaluate-files.ts'
import { inputOf } from '../intake/bytes.ts'
import type { NamedColumns } from '../table/roles.ts'
import { sampleTable } from '../table/sample-table.ts'
import type { Progress } from '../terminal/progress.ts'
import { type Fitted, fitSample } from './fitted.ts'

export interface FitPlan {
  readonly columns: NamedColumns
  /** At most so many rows are fitted on. */
  readonly most: number
  readonly seed: number
}

/** Throws what a table and a fit refuse, and `Interrupted` where the signal ends it. */
export async function fitFile(
  file: string,
  chosen: Chosen,
  { columns, most, seed }: FitPlan,
  signal: AbortSignal,
  progress: Progress,
): Promise<Fitted> {
  progress.say(`${basename(file)}: reading`)
  const sample = await sampleTable(inputOf(file), columns, most, createRandom(seed).split('fit'), { signal })
  const say = (done: number, of: number, note = 'fitting') =>
    progress.say(`${chosen.detector.id}: ${note}, ${Math.round((100 * done) / Math.max(of, 1))} %`)
  progress.say(`${chosen.detector.id}: fitting`)
  return fitSample(chosen, sample, file, seed, openJob(signal, say))
}
