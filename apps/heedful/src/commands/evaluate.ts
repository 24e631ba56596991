/** `heedful evaluate FILE…`: how well detectors find the labelled anomalies of tables. */
import { PROTOCOLS, type Protocol } from '@heedful/detect/evaluate/split'
import { Command, Option } from 'commander'
import { readInteger } from '../config/durations.ts'
import { CommandError } from '../errors.ts'
import { chooseDetectors, detectorIds, preparerIds } from '../evaluate/choose-detectors.ts'
import type { Plan } from '../evaluate/evaluate-files.ts'
import { tellResults } from '../evaluate/tell-results.ts'
import type { Terminal } from './terminal.ts'

export interface EvaluateArguments {
  label: string
  detectors: string
  param: string[]
  prepare?: string
  protocol: Protocol
  time?: string
  group?: string
  without: string[]
  test?: string
  rows: number
  seed: number
  json?: boolean
}

const MOST_ROWS = 100_000_000

const help = () => `
Protocols:
  unsupervised   fit on all rows without their labels, score the same rows
  novelty        fit on a random half of the normal rows, score the rest
  supervised     fit on 70 % with labels, as many of each kind, score the rest
  time           fit on the earliest 70 % with labels, score what came later (--time COLUMN)
  group          fit on about 70 % with labels, score the rest, no group on both sides (--group COLUMN)

Detectors: ${detectorIds().join(', ')}

Preparers: ${preparerIds().join(', ')}

Examples:
  $ heedful evaluate cards.csv.gz --label fraud
  $ heedful evaluate a.csv b.csv --label label --detectors isolation-forest,ecod --param trees=200 --json
  $ heedful evaluate cards.csv --label fraud --prepare signed-logarithm,robust-scaler --detectors k-nearest-neighbours
  $ heedful evaluate KDDTrain.csv.gz --test KDDTest.csv.gz --label label --without attack
  $ heedful evaluate visits.csv --label is_fraud --protocol group --group user --without visit_id

A table is CSV (also with semicolons, tabs or bars), plain or gzip, with the names of its columns in the first line, or a
Parquet or Arrow (Feather) file.
Columns of numbers (between semicolons also 1,5) are numbers; others are categories. Empty fields, NA, NaN, null, None and ? are missing values. Labels
are 1 (anomaly), 0 (normal), or empty where nothing is known. A table stands in memory: 8 bytes a value, two or three times.`

const gather = (value: string, before: string[]) => [...before, value]

/** Options that every command about labelled tables has. */
export function tableOptions(command: Command): Command {
  return command
    .argument('<file...>', 'tables with a column of labels')
    .requiredOption('--label <column>', 'the column of labels: 1 is an anomaly, 0 is normal')
    .option('--detectors <ids>', 'a,b or all', 'all')
    .option('--param <name=value>', 'a parameter of the detectors that have it, or owner.name=value', gather, [])
    .option('--prepare <ids>', 'what stands before the detectors, a,b: the first one first')
    .addOption(
      new Option('--protocol <name>', 'what is fitted on, and what is scored')
        .choices(PROTOCOLS)
        .default('unsupervised'),
    )
    .option('--test <file>', 'fit on FILE with labels, and measure on this table instead of a part of FILE')
    .option('--time <column>', 'when each row was; the detectors do not see it')
    .option('--group <column>', 'whose each row is; the detectors do not see it')
    .option('--without <column>', 'a column to leave out; may be given several times', gather, [])
    .option(
      '--rows <n>',
      'at most so many rows of each file, drawn by the seed',
      (value) => readInteger(value, '--rows', 2, MOST_ROWS),
      MOST_ROWS,
    )
    .option('--seed <n>', 'the same seed, the same numbers', (value) => readInteger(value, '--seed', 0, 4294967295), 0)
}

export function evaluateCommand(terminal: Terminal, done: (code: number) => void): Command {
  return tableOptions(new Command('evaluate'))
    .summary('measure how well detectors find the labelled anomalies of tables')
    .description('Measures how well detectors find the anomalies of labelled tables: a line a file and detector.')
    .option('--json', 'print a JSON object a line instead of the table')
    .addHelpText('after', help)
    .action(async (files: string[], options: EvaluateArguments) =>
      done(await tellResults(planOf(files, options), options.json === true, terminal)),
    )
}

/** Throws `usage-invalid` where the protocol needs a column that was not named. */
export function planOf(files: readonly string[], options: EvaluateArguments): Plan {
  const { label, time, group, without, seed, rows, test } = options
  const protocol = test === undefined ? options.protocol : 'test'
  if (test !== undefined && options.protocol !== 'unsupervised') {
    const what = `--test says what is measured on, and so does --protocol ${options.protocol}`
    throw new CommandError('usage-invalid', what, 'leave one of the two out')
  }
  for (const [name, column] of [
    ['time', time],
    ['group', group],
  ] as const) {
    if (protocol === name && column === undefined) {
      const wayOut = `name it: --${name} COLUMN`
      throw new CommandError(
        'usage-invalid',
        `protocol ${name} needs a column that says the ${name} of each row`,
        wayOut,
      )
    }
  }
  const chosen = chooseDetectors(options.detectors, options.param, options.prepare)
  return { files, columns: { label, time, group, without }, chosen, protocol, test, seed, most: rows }
}
