/** `heedful serve`: takes events over HTTP, judges them as they come, shows what it found. */
import { once } from 'node:events'
import { Command, Option } from 'commander'
import { type Keys, openKeys } from '../api/keys.ts'
import { buildServer, closeServer, isLoopback, type LogTarget, listen } from '../api/server.ts'
import { readBudget, readDuration, readInteger, readTimezone } from '../config/durations.ts'
import { ExitCode } from '../exit-codes.ts'
import { FollowedFiles } from '../serving/follow-files.ts'
import { Service } from '../serving/service.ts'
import { plainText } from '../terminal/plain-text.ts'
import { VERSION } from '../version.ts'
import { planServe, type ServePlan } from './serve-plan.ts'
import type { Terminal } from './terminal.ts'

export interface ServeArguments {
  config?: string
  data?: string
  host?: string
  port?: number
  budget?: number
  warmup?: number
  seed?: number
  timezone?: string
  geoipCity?: string
  geoipAsn?: string
  logLevel?: LogTarget['level']
}

const EXAMPLES = `
Examples:
  $ heedful serve                                    http://localhost:8787, data in ./heedful-data
  $ heedful serve --data /var/lib/heedful --port 9000
  $ heedful serve --config heedful.yaml              also follows the log files that it names
  $ curl -H 'Content-Type: application/x-ndjson' --data-binary @events.ndjson http://localhost:8787/v1/events

An event that was answered stands in the log on disk. Ctrl-C stops cleanly; the next start goes on.`

export function serveCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('serve')
    .summary('take events over HTTP and judge them as they come')
    .description('Takes events over HTTP, judges them as they come, and shows the alerts with their reasons.')
    .option('--config <file>', 'settings as YAML; what is typed here counts more (heedful config --example)')
    .option('--data <folder>', 'the data folder; it is made, or gone on with (default: ./heedful-data)')
    .option(
      '--host <address>',
      'the address to serve; on others than this machine a key is asked for (default: 127.0.0.1)',
    )
    .option('--port <n>', 'the port to serve (default: 8787)', (value) => readInteger(value, '--port', 0, 65_535))
    .option('--budget <n/day>', 'at most so many alerts a day (default: 20/day)', (value) =>
      readBudget(value, '--budget'),
    )
    .option('--warmup <time>', 'how long to learn before judging by habits (default: 14d)', (value) =>
      readDuration(value, '--warmup'),
    )
    .option('--seed <n>', 'seed of everything that draws (default: 1)', (value) =>
      readInteger(value, '--seed', 0, 4294967295),
    )
    .option('--timezone <zone>', "zone of stamps that carry none (default: this machine's)", (value) =>
      readTimezone(value, '--timezone'),
    )
    .option('--geoip-city <file>', 'places of addresses (.mmdb)')
    .option('--geoip-asn <file>', 'networks of addresses (.mmdb or CSV)')
    .addOption(
      new Option('--log-level <level>', 'what is told on standard output, a JSON object a line').choices([
        'error',
        'warn',
        'info',
        'debug',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeArguments) => done(await runServe(options, terminal)))
}

export async function runServe(options: ServeArguments, terminal: Terminal): Promise<number> {
  const say = (line: string) => terminal.err.write(`${plainText(line)}\n`)
  const plan = planServe(options, terminal)
  const service = await Service.open(plan.service)
  for (const note of service.notes) say(`note: ${note}`)
  try {
    await serve(service, plan, terminal, say)
    return ExitCode.ok
  } finally {
    const told = await service.stop()
    if (told !== undefined) say(`note: ${told}`)
  }
}

async function serve(service: Service, plan: ServePlan, terminal: Terminal, say: (line: string) => void) {
  const { now, signal } = terminal
  const keys = isLoopback(plan.server.host) ? undefined : keysOf(plan.service.folder, terminal)
  const where = { ...plan.server, ...(keys !== undefined && { keys }) }
  const app = await buildServer({ service, started: now(), version: VERSION }, where)
  const ended = new AbortController()
  service.events.on('failed', (error) => ended.abort(error))
  service.events.on('failed', (error) => app.log.fatal({ err: error }, 'events are no longer judged'))
  service.events.on('stalled', (error) => {
    say(`waiting: ${error.message}; ${error.wayOut}`)
    app.log.error({ code: error.code }, error.message)
  })
  let files: FollowedFiles | undefined
  try {
    const address = await listen(app, where)
    files = new FollowedFiles(plan.files, { service, now, say })
    say(`Serving ${address.replace('127.0.0.1', 'localhost')}, data in ${plan.service.folder}. Ctrl-C stops.`)
    await Promise.race([aborted(signal), aborted(ended.signal)])
    say('Stopping …')
  } finally {
    await files?.stop()
    await closeServer(app)
  }
  if (ended.signal.aborted) throw ended.signal.reason
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort')
}

/** A key that was made is shown here and nowhere else; standard output is for logs, which are kept. */
function keysOf(folder: string, { now, err }: Terminal): Keys {
  const { keys, made } = openKeys(folder, now())
  if (made !== undefined) {
    err.write(
      `Key of this server, shown once: ${made}\nSend it as "Authorization: Bearer ${made}", and only through TLS or a network that you trust.\n`,
    )
  }
  return keys
}
