/** The command line: reads arguments, runs a command, and turns what went wrong into a message and an exit code. */
import { SourceError } from '@heedful/stream/sources/source-error'
import { Command, CommanderError } from 'commander'
import { configCommand } from './commands/config.ts'
import { demoCommand } from './commands/demo.ts'
import { explainCommand } from './commands/explain.ts'
import { mapCommand } from './commands/map.ts'
import { replayCommand } from './commands/replay.ts'
import { scanCommand } from './commands/scan.ts'
import { scanDemoCommand } from './commands/scan-demo.ts'
import { serveCommand } from './commands/serve.ts'
import { simulateCommand } from './commands/simulate.ts'
import { tailCommand } from './commands/tail.ts'
import type { Terminal } from './commands/terminal.ts'
import { CommandError, Interrupted } from './errors.ts'
import { ExitCode } from './exit-codes.ts'
import { asTyped } from './terminal/as-typed.ts'
import { colours } from './terminal/colours.ts'
import { plainText } from './terminal/plain-text.ts'
import { VERSION } from './version.ts'

const EPILOGUE = `
Start here:
  $ heedful demo                          a simulated organisation, live in the browser
  $ heedful scan /var/log/auth.log*       your own log

Exit codes: 0 done · 1 a mistake of Heedful's own · 2 command line · 3 input files · 4 data folder · 5 output files ·
130 stopped by Ctrl-C · 143 stopped by SIGTERM. heedful COMMAND --help explains each command with examples.`

const COMMANDS = [
  scanCommand,
  mapCommand,
  serveCommand,
  tailCommand,
  explainCommand,
  replayCommand,
  simulateCommand,
  demoCommand,
  scanDemoCommand,
  configCommand,
]

const NAMES = ['scan', 'map', 'serve', 'tail', 'explain', 'replay', 'simulate', 'demo', 'scan-demo', 'config']

const said = (text: string, { typed }: Terminal) => asTyped(text, typed, NAMES)

function program(terminal: Terminal, done: (code: number) => void): Command {
  const root = new Command(terminal.typed)
    .description(
      'Learns how everybody normally behaves, and tells you, with reasons, when somebody stops behaving like themselves.',
    )
    .version(VERSION)
    .addHelpText('after', EPILOGUE)
    .showSuggestionAfterError()
  for (const command of COMMANDS) root.addCommand(command(terminal, done))
  for (const command of [root, ...root.commands]) {
    const help = command === root ? 'heedful --help' : `heedful ${command.name()} --help`
    command.showHelpAfterError(`what to do: ${help}`)
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.out.write(said(text, terminal)),
      writeErr: (text) => terminal.err.write(said(text, terminal)),
    })
  }
  return root
}

const plainLines = (text: string) => text.split('\n').map(plainText).join('\n')

function explainError(error: unknown, terminal: Terminal): number {
  const { err } = terminal
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage
  if (error instanceof CommandError) {
    err.write(
      `${colours.red('error')} ${error.code}: ${plainLines(error.message)}\n${colours.bold('what to do')}: ${plainText(said(error.wayOut, terminal))}\n`,
    )
    return error.exit
  }
  if (error instanceof SourceError) {
    err.write(`${colours.red('error')} ${error.code.replaceAll('_', '-')}: ${plainText(error.message)}\n`)
    return ExitCode.usage
  }
  if (error instanceof Interrupted) {
    err.write('\nStopped. Nothing was kept.\n')
    return ExitCode.interrupted
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  err.write(
    `error internal: this is a mistake of Heedful's own; please report it with these lines\n${plainLines(stack)}\n`,
  )
  return ExitCode.internal
}

/** Runs one command line (without the program's own name) and gives its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = ExitCode.ok
  try {
    const root = program(terminal, (ended) => {
      code = ended
    })
    await root.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return explainError(error, terminal)
  }
}
