/** Fits a detector on rows that are drawn of a file. */
import { basename } from 'node:path'
import { createRandom } from '@heedful/detect'
import type { Chosen } from '../evaluate/choose-detectors.ts'
import { openJob } from '../evaluate/evaluate-files.ts'
import { inputOf } from '../intake/bytes.ts'
import type { NamedColumns } from '../table/roles.ts'
import { type Sample, sampleTable } from '../table/sample-table.ts'
import type { Progress } from '../terminal/progress.ts'
import { type Fitted, fitSample } from './fitted.ts'

export interface FitPlan {
  readonly columns: NamedColumns
  /** At most so many rows are fitted on. */
  readonly most: number
  readonly seed: number
}

const LABEL_NAME = /^(?:labels?|class|target|y|outlier|anomaly|attack|fraud|is_?(?:outlier|anomaly|attack|fraud))$/i

/** What a person may have meant otherwise: a column that looks like labels, and is learned as any other. */
function notesOn({ rows }: Sample, { label }: NamedColumns): string[] {
  if (label !== undefined) return []
  const width = rows.columns.length
  const isBinary = (column: number) => {
    for (let at = column; at < rows.data.length; at += width)
      if (!(rows.data[at] === 0 || rows.data[at] === 1)) return false
    return true
  }
  return rows.columns.flatMap(({ name, type }, i) =>
    type === 'number' && LABEL_NAME.test(name) && isBinary(i)
      ? [
          `column "${name}" looks like labels and is learned as any other: name it by --label, or leave it out by --without`,
        ]
      : [],
  )
}

/** Throws what a table and a fit refuse, and `Interrupted` where the signal ends it. */
export async function fitFile(
  file: string,
  chosen: Chosen,
  { columns, most, seed }: FitPlan,
  signal: AbortSignal,
  progress: Progress,
  onNote: (note: string) => void,
): Promise<Fitted> {
  progress.say(`${basename(file)}: reading`)
  const sample = await sampleTable(inputOf(file), columns, most, createRandom(seed).split('fit'), { signal })
  const say = (done: number, of: number, note = 'fitting') =>
    progress.say(`${chosen.detector.id}: ${note}, ${Math.round((100 * done) / Math.max(of, 1))} %`)
  for (const note of notesOn(sample, columns)) onNote(note)
  progress.say(`${chosen.detector.id}: fitting`)
  return fitSample(chosen, sample, file, seed, openJob(signal, say))
}
