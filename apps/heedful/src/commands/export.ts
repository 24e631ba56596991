/** `heedful export MODEL`: a model in a form that other programs read. */
import { Command, Option } from 'commander'
import { ExitCode } from '../exit-codes.ts'
import { readModel, writeModel } from '../models/model-file.ts'
import { fittedText } from './fit.ts'
import type { Terminal } from './terminal.ts'

interface ExportArguments {
  out: string
  as: 'json' | 'bytes'
}

const EXAMPLES = `
Examples:
  $ heedful export january.model --out january.json
  $ heedful score february.csv --model january.json --out scores.csv

json is plain data with a SHA-256 checksum: numbers in a row stand in base64, little-endian, as {"$":"Float64Array",
"base64":…}; bytes is what heedful fit keeps. Either is refused when it is cut short or one byte of it is changed, and
neither can hold anything that runs.`

export function exportCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('export')
    .summary('write a model as a checked file of plain data')
    .description('Reads a model, checks it, and writes it as a file of plain data with a checksum.')
    .argument('<model>', 'a model that heedful fit kept, or that was exported')
    .requiredOption('--out <file>', 'where to write')
    .addOption(new Option('--as <form>', 'how').choices(['json', 'bytes']).default('json'))
    .addHelpText('after', EXAMPLES)
    .action((model: string, { out, as }: ExportArguments) => {
      const fitted = readModel(model)
      writeModel(out, fitted, as)
      terminal.out.write(`${fittedText(fitted)}\nwritten: ${out}\n`)
      done(ExitCode.ok)
    })
}
