/** `heedful compare FILE…`: detectors side by side on labelled tables, with a report for the browser. */
import { Command } from 'commander'
import { type ComparisonFile, openComparison } from '../comparison/comparison-file.ts'
import { sideBySide } from '../comparison/side-by-side.ts'
import type { Refused, Result } from '../evaluate/evaluate-files.ts'
import { tellResults } from '../evaluate/tell-results.ts'
import { ExitCode } from '../exit-codes.ts'
import { refuseInput } from '../exports/refuse-input.ts'
import { type EvaluateArguments, planOf, tableOptions } from './evaluate.ts'
import type { Terminal } from './terminal.ts'

interface CompareArguments extends EvaluateArguments {
  report?: string
}

const EXAMPLES = `
Examples:
  $ heedful compare cards.csv.gz --label fraud --report report.html
  $ heedful compare a.csv b.csv --label label --detectors isolation-forest,ecod,rarity --protocol novelty

The report is one file that asks nothing of anybody: a map of detectors and files, ROC and precision-recall curves,
distributions of scores, the confusion matrix at any threshold, and times. heedful evaluate --help explains protocols,
detectors and tables.`

export function compareCommand(terminal: Terminal, done: (code: number) => void): Command {
  return tableOptions(new Command('compare'))
    .summary('compare detectors on labelled tables, with a report for the browser')
    .description('Compares detectors on labelled tables, side by side.')
    .option('--report <file>', 'write the comparison there as one page for the browser (.html)')
    .option('--json', 'print a JSON object a line instead of the table')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: CompareArguments) => done(await runCompare(files, options, terminal)))
}

async function runCompare(files: readonly string[], options: CompareArguments, terminal: Terminal): Promise<number> {
  const { out, err } = terminal
  const plan = planOf(files, options)
  if (options.report !== undefined) refuseInput(options.report, [...files, options.test])
  const report: ComparisonFile | undefined =
    options.report === undefined ? undefined : openComparison(options.report, plan)
  const results: (Result | Refused)[] = []
  try {
    const code = await tellResults(plan, options.json === true, terminal, (result) => {
      report?.add(result)
      results.push(withoutScores(result))
    })
    if (!options.json) out.write(sideBySide(plan, results))
    if (options.report !== undefined && results.length > 0) {
      report?.write(terminal.now(), code === ExitCode.interrupted)
      err.write(`written: ${options.report}\n`)
    }
    return code
  } finally {
    report?.abandon()
  }
}

/** Only the report needs the scores, file by file; all of them together may not fit. */
function withoutScores(result: Result | Refused): Result | Refused {
  if ('refusal' in result || !('scores' in result.evaluation)) return result
  const none = new Float64Array(0)
  return { ...result, evaluation: { ...result.evaluation, scores: none, labels: none } }
}
