/** `heedful fit FILE`: fits a detector on a table and keeps the model. */
import { Command } from 'commander'
import { readInteger } from '../config/durations.ts'
import { CommandError } from '../errors.ts'
import { chooseDetectors, detectorIds, preparerIds } from '../evaluate/choose-detectors.ts'
import { ExitCode } from '../exit-codes.ts'
import { refuseInput } from '../exports/refuse-input.ts'
import { fitFile } from '../models/fit-file.ts'
import type { Fitted } from '../models/fitted.ts'
import { writeModel } from '../models/model-file.ts'
import { plainText } from '../terminal/plain-text.ts'
import { openProgress } from '../terminal/progress.ts'
import type { Terminal } from './terminal.ts'

/** What says how a detector is fitted, wherever that is asked. */
export interface FitArguments {
  detector?: string
  param: string[]
  prepare?: string
  label?: string
  without: string[]
  rows: number
  seed: number
}

interface OwnArguments extends FitArguments {
  detector: string
  out: string
}

const FIT_ROWS = 250_000
const MOST_ROWS = 100_000_000

const help = () => `
Detectors: ${detectorIds().join(', ')}

Preparers: ${preparerIds().join(', ')}

Examples:
  $ heedful fit january.csv.gz --detector isolation-forest --out january.model
  $ heedful score february.csv.gz --model january.model --out scores.csv
  $ heedful fit payments.csv --detector ecod --without payment_id --param largest=column --out payments.model

Of a larger table ${FIT_ROWS.toLocaleString('en')} rows are drawn by the seed (--rows says another number), fewer where rows are wide, so memory is
bounded; with them, 30 % of the rows are held out: their scores are what p-values are counted against.`

const gather = (value: string, before: string[]) => [...before, value]

/** Options that say how a detector is fitted. */
export function fitOptions(command: Command): Command {
  return command
    .option(
      '--param <name=value>',
      'a parameter of the detector, or preparer.name=value; may be given several times',
      gather,
      [],
    )
    .option('--prepare <ids>', 'what stands before the detector, a,b: the first one first')
    .option('--label <column>', 'the column of labels, for detectors that learn from them; others do not see it')
    .option('--without <column>', 'a column to leave out; may be given several times', gather, [])
    .option(
      '--rows <n>',
      'at most so many rows are fitted on',
      (value) => readInteger(value, '--rows', 4, MOST_ROWS),
      FIT_ROWS,
    )
    .option('--seed <n>', 'the same seed, the same model', (value) => readInteger(value, '--seed', 0, 4294967295), 0)
}

export function fitCommand(terminal: Terminal, done: (code: number) => void): Command {
  const command = new Command('fit')
    .summary('fit a detector on a table and keep the model')
    .description('Fits a detector on a table (CSV, gzip, Parquet or Arrow) and keeps the model in a file.')
    .argument('<file>', 'the table; its first line names its columns')
    .requiredOption('--detector <id>', 'which detector')
    .requiredOption('--out <file>', 'where the model is kept')
  return fitOptions(command)
    .addHelpText('after', help)
    .action(async (file: string, options: OwnArguments) => done(await runFit(file, options, terminal)))
}

/** Fits as the options say, with progress. Throws what `fitFile` does, and `usage-invalid`. */
export async function fitAs(
  file: string,
  detector: string,
  options: FitArguments,
  terminal: Terminal,
): Promise<Fitted> {
  if (detector === 'all' || detector.includes(','))
    throw new CommandError('usage-invalid', 'one detector is fitted at a time', `there are ${detectorIds().join(', ')}`)
  const [chosen] = chooseDetectors(detector, options.param, options.prepare)
  const { label, without, rows, seed } = options
  const progress = openProgress(terminal.err, false)
  try {
    const plan = { columns: { label, without }, most: rows, seed }
    return await fitFile(file, chosen!, plan, terminal.signal, progress, (note) => {
      progress.end()
      terminal.err.write(`note: ${plainText(note)}\n`)
    })
  } finally {
    progress.end()
  }
}

/** `isolation-forest after imputer, fitted on 1,200 of 4,000 rows and 12 columns of a.csv`, and what the model could not do. */
export function fittedText({ model, detector, preparation, source }: Fitted): string {
  const of = source.taken < source.rows ? ` of ${source.rows.toLocaleString('en')}` : ''
  const rows = `${(source.taken - source.held).toLocaleString('en')}${of} rows and ${model.columns.length} columns`
  const after = preparation.length > 0 ? ` after ${preparation.join(', ')}` : ''
  const told = `${detector}${after}, fitted on ${rows} of ${plainText(source.file)}; ${source.held.toLocaleString('en')} rows held out for p-values`
  return [told, ...model.notes().map((note) => `note: ${plainText(note)}`)].join('\n')
}

async function runFit(file: string, options: OwnArguments, terminal: Terminal): Promise<number> {
  refuseInput(options.out, [file])
  const fitted = await fitAs(file, options.detector, options, terminal)
  writeModel(options.out, fitted, 'bytes')
  const told = fittedText(fitted)
  fitted.model.close()
  terminal.out.write(
    `${told}\nwritten: ${options.out}\nnext: ${terminal.typed} score FILE --model ${options.out} --out scores.csv\n`,
  )
  return ExitCode.ok
}
