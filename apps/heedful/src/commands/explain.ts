/** `heedful explain ALERT`: one alert in full. */
import { Command } from 'commander'
import { ExitCode } from '../exit-codes.ts'
import { alertObject, safeJson } from '../exports/alerts.ts'
import { findAlert, findLines } from '../replay/find-alert.ts'
import { openFolder } from '../store/space.ts'
import { explanation } from '../terminal/explanation.ts'
import { type Terminal, widthOf } from './terminal.ts'

interface ExplainArguments {
  data: string
  json?: boolean
}

const EXAMPLES = `
Examples:
  $ heedful explain 3f9c01ab --data ./heedful      an alert's id, or as much of it as tells it apart

Shows what was observed beside what was expected, how much each reason weighs, what would have made it normal, and
the raw lines with their file and number.`

export function explainCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('explain')
    .summary('show one alert in full, with its raw lines')
    .description('Shows one alert in full: its reasons, their weights, and the raw lines.')
    .argument('<alert>', "the alert's id, or its beginning")
    .requiredOption('--data <folder>', 'the data folder of the scan')
    .option('--json', 'print one JSON object instead')
    .addHelpText('after', EXAMPLES)
    .action((id: string, options: ExplainArguments) => done(runExplain(id, options, terminal)))
}

function runExplain(id: string, { data, json }: ExplainArguments, { out }: Terminal): number {
  const space = openFolder(data, true)
  try {
    const alert = findAlert(space, id)
    const lines = findLines(space, alert)
    if (json) {
      const normals = alert.reasons.map(({ normal }) => normal ?? null)
      out.write(
        `${safeJson({ ...alertObject(alert), state: alert.state, normal: normals, victims: alert.victims, lines }, 2)}\n`,
      )
    } else out.write(explanation(alert, lines, widthOf(out)))
    return ExitCode.ok
  } finally {
    space.close()
  }
}
