/** The command line: reads arguments, runs a command, and turns what went wrong into a message and an exit code. */
import { setImmediate } from 'node:timers/promises'
import { SourceError } from '@heedful/stream/sources/source-error'
import { Command, CommanderError } from 'commander'
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

type MakeCommand = (terminal: Terminal, done: (code: number) => void) => Command

/** What a scan is made of, innermost first. All at once, it would hold the event loop for too long. */
const roomsOfScan = [
  () => import('@heedful/stream/sources/time-zone'),
  () => import('@heedful/stream'),
  () => import('./scoring/scan.ts'),
]

/** Loads each in a turn of the event loop of its own: what is in already costs the next one nothing. */
async function inTurns(rooms: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const room of rooms) {
    await room()
    await setImmediate()
  }
}

/** In the order of the help. Each is loaded when it is named: a web server is much to load for who scans. */
const COMMANDS = new Map<string, () => Promise<MakeCommand>>([
  [
    'scan',
    async () => {
      await inTurns(roomsOfScan)
      return (await import('./commands/scan.ts')).scanCommand
    },
  ],
  ['map', async () => (await import('./commands/map.ts')).mapCommand],
  ['serve', async () => (await import('./commands/serve.ts')).serveCommand],
  ['tail', async () => (await import('./commands/tail.ts')).tailCommand],
  ['explain', async () => (await import('./commands/explain.ts')).explainCommand],
  ['replay', async () => (await import('./commands/replay.ts')).replayCommand],
  ['simulate', async () => (await import('./commands/simulate.ts')).simulateCommand],
  ['demo', async () => (await import('./commands/demo.ts')).demoCommand],
  ['scan-demo', async () => (await import('./commands/scan-demo.ts')).scanDemoCommand],
  ['evaluate', async () => (await import('./commands/evaluate.ts')).evaluateCommand],
  ['compare', async () => (await import('./commands/compare.ts')).compareCommand],
  ['fit', async () => (await import('./commands/fit.ts')).fitCommand],
  ['score', async () => (await import('./commands/score.ts')).scoreCommand],
  ['export', async () => (await import('./commands/export.ts')).exportCommand],
  ['config', async () => (await import('./commands/config.ts')).configCommand],
])

const NAMES = [...COMMANDS.keys()]

/** The command that is named; all of them for help, and where none is. */
function load(name: string | undefined): Promise<MakeCommand[]> {
  const named = COMMANDS.get(name ?? '')
  return Promise.all((named === undefined ? [...COMMANDS.values()] : [named]).map((one) => one()))
}

const said = (text: string, { typed }: Terminal) => asTyped(text, typed, NAMES)

function program(commands: readonly MakeCommand[], terminal: Terminal, done: (code: number) => void): Command {
  const root = new Command(terminal.typed)
    .description(
      'Learns how everybody normally behaves, and tells you, with reasons, when somebody stops behaving like themselves.',
    )
    .version(VERSION)
    .addHelpText('after', EPILOGUE)
    .showSuggestionAfterError()
  for (const command of commands) root.addCommand(command(terminal, done))
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
    const root = program(await load(args[0]), terminal, (ended) => {
      code = ended
    })
    await root.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return explainError(error, terminal)
  }
}
