/** Results of an evaluation as a table that grows line by line, and as JSON lines. */
import { basename } from 'node:path'
import type { CommandError } from '../errors.ts'
import { safeJson } from '../exports/alerts.ts'
import { outward } from '../exports/numbers.ts'
import { colours } from '../terminal/colours.ts'
import { plainText, shorten } from '../terminal/plain-text.ts'
import type { Plan, Refused, Result } from './evaluate-files.ts'

export interface ResultLines {
  /** Before the first result. */
  readonly head: string
  line(result: Result | Refused): string
}

type Outcome = Result['evaluation']
export type Measured = Exclude<Outcome, { readonly obstacle: string } | { readonly failure: string }>

export const isMeasured = (outcome: Outcome): outcome is Measured => !('obstacle' in outcome || 'failure' in outcome)

export const whyNot = (outcome: Exclude<Outcome, Measured>): string =>
  'obstacle' in outcome ? `not applicable: ${outcome.obstacle}` : `failed: ${outcome.failure}`

export function jsonLines({ protocol, seed }: Pick<Plan, 'protocol' | 'seed'>): ResultLines {
  return {
    head: '',
    line(result) {
      if ('refusal' in result) return `${safeJson(refusedObject(result))}\n`
      const { file, rows, columns, anomalies, evaluation } = result
      const measured = isMeasured(evaluation) ? evaluation : undefined
      return `${safeJson({
        ...{ file, detector: evaluation.detector, rows, columns, anomalies },
        roc_auc: outward(measured?.rocAuc ?? Number.NaN),
        average_precision: outward(measured?.averagePrecision ?? Number.NaN),
        fit_ms: outward(measured?.fitMs ?? Number.NaN),
        score_ms: outward(measured?.scoreMs ?? Number.NaN),
        ...{ protocol, seed },
        ...(measured && {
          rows_fitted: measured.fitted,
          rows_scored: measured.scores.length,
          prepared_by: measured.preparation,
          ...(measured.notes.length > 0 && { notes: measured.notes }),
        }),
        ...('obstacle' in evaluation && { not_applicable: evaluation.obstacle }),
        ...('failure' in evaluation && { failed: evaluation.failure }),
      })}\n`
    },
  }
}

function refusedObject({ file, refusal }: Refused): object {
  return { file, error: refusal.code, message: refusal.message, way_out: refusal.wayOut }
}

const NUMBERS = [
  ['rows', 9],
  ['columns', 8],
  ['anomalies', 10],
  ['roc_auc', 8],
  ['average_precision', 18],
  ['fit_ms', 10],
  ['score_ms', 10],
] as const
/** Longest name of a file that is shown whole. */
const LONGEST_NAME = 32

const milliseconds = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0))

/** @param files and @param detectors all that will come: the width of their columns. */
export function tableLines(files: readonly string[], detectors: readonly string[]): ResultLines {
  const widest = (names: readonly string[]) => Math.max(8, ...names.map(({ length }) => length))
  const nameOf = (file: string) => shorten(plainText(basename(file)), LONGEST_NAME)
  const [first, second] = [widest(files.map(nameOf)), widest(detectors)]
  const row = (file: string, detector: string, cells: readonly string[]) =>
    [file.padEnd(first), detector.padEnd(second), ...cells.map((cell, i) => cell.padStart(NUMBERS[i]![1]))]
      .join(' ')
      .trimEnd()
  const names = NUMBERS.map(([name]) => name)
  return {
    head: `${colours.bold(row('file', 'detector', names))}\n`,
    line(result) {
      if ('refusal' in result) return refusalText(result.refusal)
      const { file, rows, columns, anomalies, evaluation } = result
      const sizes = [rows, columns, anomalies].map((size) => size.toLocaleString('en'))
      if (!isMeasured(evaluation)) {
        const why = plainText(whyNot(evaluation))
        return `${row(nameOf(file), evaluation.detector, sizes)}  ${colours.dim(why)}\n`
      }
      const { rocAuc, averagePrecision, fitMs, scoreMs, preparation, notes } = evaluation
      const cells = [...sizes, rocAuc.toFixed(4), averagePrecision.toFixed(4), ...[fitMs, scoreMs].map(milliseconds)]
      const after = preparation.length === 0 ? [] : [`after ${preparation.join(', ')}`]
      const told = [...after, ...notes].map((text) => colours.dim(`  ${plainText(text)}`)).join(colours.dim(';'))
      return `${row(nameOf(file), evaluation.detector, cells)}${told}\n`
    },
  }
}

/** What is wrong with a file, as the command itself would end with it. */
export function refusalText({ code, message, wayOut }: CommandError): string {
  return `${colours.red('error')} ${code}: ${plainText(message)}\n${colours.bold('what to do')}: ${plainText(wayOut)}\n`
}
