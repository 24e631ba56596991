/** `heedful score FILE`: a score, a p-value and a flag for every row of a table. */
import { statSync } from 'node:fs'
import { Command } from 'commander'
import { readShare } from '../config/durations.ts'
import { CommandError } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { refuseInput } from '../exports/refuse-input.ts'
import { inputOf } from '../intake/bytes.ts'
import type { Fitted } from '../models/fitted.ts'
import { readModel } from '../models/model-file.ts'
import { scoreTable } from '../models/score-table.ts'
import { openScores } from '../models/scores-file.ts'
import { plural } from '../terminal/plural.ts'
import { openProgress } from '../terminal/progress.ts'
import { type FitArguments, fitAs, fitOptions, fittedText } from './fit.ts'
import type { Terminal } from './terminal.ts'

interface ScoreArguments extends FitArguments {
  model?: string
  out: string
  keep: string[]
  level: number
}

const EXAMPLES = `
Examples:
  $ heedful score payments.csv.gz --detector isolation-forest --out scores.csv
  $ heedful score february.csv --model january.model --keep payment_id --out scores.csv.gz
  $ heedful score sensors.csv --model normal.model --level 0.001 --out scores.csv

Columns of the output: row (from 1), those of --keep, score (higher is stranger), p_value (how likely an ordinary row scores
at least so high) and flag (1 where p_value is at most the level). A table of any size is read as a stream. With --detector
the detector is fitted on the same file first, on rows that are drawn of it; heedful fit --help says how.`

const gather = (value: string, before: string[]) => [...before, value]

export function scoreCommand(terminal: Terminal, done: (code: number) => void): Command {
  const command = new Command('score')
    .summary('score every row of a table, of any size')
    .description('Scores every row of a table (CSV, gzip, Parquet or Arrow, of any size): score, p-value, flag.')
    .argument('<file>', 'the table; its first line names its columns')
    .option('--model <file>', 'score by a model that heedful fit kept')
    .option('--detector <id>', 'or fit this detector on the file first')
    .requiredOption(
      '--out <file>',
      'where the scores are written: CSV, or by its ending .csv.gz, .parquet, .arrow or .feather',
    )
    .option('--keep <column>', 'a column to hand on; may be given several times', gather, [])
    .option(
      '--level <share>',
      'share of ordinary rows that may be flagged',
      (value) => readShare(value, '--level'),
      0.01,
    )
  return fitOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: ScoreArguments) => done(await runScore(file, options, terminal)))
}

async function fittedOf(file: string, options: ScoreArguments, terminal: Terminal): Promise<Fitted> {
  const { model, detector } = options
  if ((model === undefined) === (detector === undefined)) {
    const what = model === undefined ? 'neither a model nor a detector is named' : 'a model and a detector are named'
    throw new CommandError('usage-invalid', what, 'name one of the two: --model FILE or --detector ID')
  }
  if (model !== undefined) return readModel(model)
  return fitAs(file, detector as string, options, terminal)
}

async function runScore(file: string, options: ScoreArguments, terminal: Terminal): Promise<number> {
  const { out, level, keep } = options
  const { err, signal, now } = terminal
  refuseInput(out, [file, options.model])
  const scores = await openScores(out, level)
  const progress = openProgress(err, false)
  const started = now()
  try {
    const fitted = await fittedOf(file, options, terminal)
    let flagged = 0
    progress.begin(sizeOf(file), 'bytes', 'rows')
    const { rows, stopped } = await scoreTable(inputOf(file), fitted, {
      ...{ signal, keep },
      onBegin: scores.begin,
      onProgress: (taken, rows) => progress.update(taken, rows),
      onBlock(block) {
        for (const p of block.pValues) if (p <= level) flagged++
        return scores.write(block)
      },
    })
    progress.end()
    await scores.commit()
    const told = fittedText(fitted)
    fitted.model.close()
    const seconds = ((now() - started) / 1000).toFixed(1)
    terminal.out.write(
      `${told}\n${plural(rows, 'row')} scored, ${flagged.toLocaleString('en')} flagged at ${level}, in ${seconds} s\nwritten: ${out}\n`,
    )
    if (!stopped) return ExitCode.ok
    err.write(`Stopped. The ${plural(rows, 'row')} scored until then are kept in ${out}.\n`)
    return ExitCode.interrupted
  } finally {
    progress.end()
    scores.abandon()
  }
}

/** Bytes of a file; where it is not there, opening it says so. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
