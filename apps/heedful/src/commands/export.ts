/** `heedful export MODEL`: a model in a form that other programs read. */
import { Command, Option } from 'commander'
import { CommandError } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { refuseInput } from '../exports/refuse-input.ts'
import { FORMS, type ModelForm, readModel, writeModel } from '../models/model-file.ts'
import { fittedText } from './fit.ts'
import type { Terminal } from './terminal.ts'

interface ExportArguments {
  out: string
  to?: ModelForm
}

const EXAMPLES = `
Examples:
  $ heedful export january.model --out january.json
  $ heedful score february.csv --model january.json --out scores.csv
  $ heedful export january.model --out january.onnx

json is plain data with a SHA-256 checksum: numbers in a row stand in base64, little-endian, as {"$":"Float64Array",
"base64":…}; bytes is what heedful fit keeps. Either is refused when it is cut short or one byte of it is changed, and
neither can hold anything that runs. onnx is for isolation-forest, extended-isolation-forest, random-forest and
gradient-boosting, and holds their scores alone: no p-values, and heedful does not read it.`

const ENDINGS: readonly (readonly [string, ModelForm])[] = [
  ['.json', 'json'],
  ['.model', 'bytes'],
  ['.onnx', 'onnx'],
]

/** By the ending of the file, where nothing else is said. Throws `usage-invalid` where that says nothing. */
function formOf(path: string): ModelForm {
  const found = ENDINGS.find(([ending]) => path.endsWith(ending))
  if (found !== undefined) return found[1]
  const what = `the ending of ${path} says no form of a model`
  throw new CommandError(
    'usage-invalid',
    what,
    `end it in ${ENDINGS.map(([ending]) => ending).join(', ')}, or say --to`,
  )
}

export function exportCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('export')
    .summary('write a model as a checked file of plain data, or a forest as ONNX')
    .description(
      'Reads a model, checks it, and writes it as a file of plain data with a checksum, or a forest as ONNX.',
    )
    .argument('<model>', 'a model that heedful fit kept, or that was exported')
    .requiredOption('--out <file>', 'where to write')
    .addOption(new Option('--to <form>', 'how; if absent, the ending of the file says it').choices(FORMS))
    .addHelpText('after', EXAMPLES)
    .action((model: string, { out, to = formOf(out) }: ExportArguments) => {
      refuseInput(out, [model])
      const fitted = readModel(model)
      writeModel(out, fitted, to)
      terminal.out.write(`${fittedText(fitted)}\nwritten: ${out}\n`)
      done(ExitCode.ok)
    })
}
