/** Detectors × files as text: ROC-AUC of each, the best mean first. */
import { basename } from 'node:path'
import type { Plan, Refused, Result } from '../evaluate/evaluate-files.ts'
import { isMeasured } from '../evaluate/result-lines.ts'
import { colours } from '../terminal/colours.ts'
import { plainText, shorten } from '../terminal/plain-text.ts'

/** Files named in the table; the mean is over all of them. */
const SHOWN = 8
const WIDTH = 14

interface Row {
  readonly detector: string
  readonly values: readonly (number | undefined)[]
  readonly mean: number
}

function rowOf(detector: string, files: readonly string[], results: readonly (Result | Refused)[]): Row {
  const values = files.map((file) => {
    const found = results.find(
      (one) => 'evaluation' in one && one.file === file && one.evaluation.detector === detector,
    )
    return found !== undefined && 'evaluation' in found && isMeasured(found.evaluation)
      ? found.evaluation.rocAuc
      : undefined
  })
  const known = values.filter((value) => value !== undefined)
  return { detector, values, mean: known.reduce((sum, value) => sum + value, 0) / known.length }
}

/** A table, and below it how many files it does not show. */
export function sideBySide({ files, chosen }: Plan, results: readonly (Result | Refused)[]): string {
  const rows = chosen
    .map(({ detector }) => rowOf(detector.id, files, results))
    .filter(({ mean }) => !Number.isNaN(mean))
  if (rows.length === 0) return ''
  rows.sort((a, b) => b.mean - a.mean)
  const name = Math.max(8, ...rows.map(({ detector }) => detector.length))
  const shown = files.slice(0, SHOWN)
  const cell = (text: string) => shorten(text, WIDTH).padStart(WIDTH)
  const titles = ['mean', ...shown.map((file) => plainText(basename(file)))].map(cell)
  const lines = rows.map(({ detector, values, mean }) =>
    [detector.padEnd(name), ...[mean, ...values.slice(0, SHOWN)].map((value) => cell(value?.toFixed(4) ?? 'n/a'))].join(
      ' ',
    ),
  )
  const left = files.length - shown.length
  const more = left > 0 ? [colours.dim(`and ${left} more files, which count in the mean`)] : []
  return `\n${colours.bold(['ROC-AUC'.padEnd(name), ...titles].join(' '))}\n${[...lines, ...more].join('\n')}\n`
}
