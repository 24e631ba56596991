/** `heedful serve`: takes events over HTTP, judges them as they come, shows what it found. */
import { once } from 'node:events'
import { Command } from 'commander'
import { type Keys, openKeys } from '../api/keys.ts'
import { buildServer, isLoopback, listen } from '../api/server.ts'
import { readBudget, readDuration, readInteger, readTimezone } from '../config/durations.ts'
import { ExitCode } from '../exit-codes.ts'
import { Service } from '../serving/service.ts'
import { plainText } from '../terminal/plain-text.ts'
import { VERSION } from '../version.ts'
import type { Terminal } from './terminal.ts'

export interface ServeArguments {
  data: string
  host: string
  port: number
  budget: number
  warmup: number
  seed: number
  timezone?: string
  geoipCity?: string
  geoipAsn?: string
}

const DAY = 86_400_000

const EXAMPLES = `
Examples:
  $ heedful serve                                    http://localhost:8787, data in ./heedful-data
  $ heedful serve --data /var/lib/heedful --port 9000
  $ curl -H 'Content-Type: application/x-ndjson' --data-binary @events.ndjson http://localhost:8787/v1/events

An event that was answered stands in the log on disk. Ctrl-C stops cleanly; the next start goes on.`

export function serveCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('serve')
    .summary('take events over HTTP and judge them as they come')
    .description('Takes events over HTTP, judges them as they come, and shows the alerts with their reasons.')
    .option('--data <folder>', 'the data folder; it is made, or gone on with', './heedful-data')
    .option('--host <address>', 'the address to serve', '127.0.0.1')
    .option('--port <n>', 'the port to serve', (value) => readInteger(value, '--port', 0, 65_535), 8787)
    .option('--budget <n/day>', 'at most so many alerts a day', (value) => readBudget(value, '--budget'), 20)
    .option(
      '--warmup <time>',
      'how long to learn before judging by habits',
      (value) => readDuration(value, '--warmup'),
      14 * DAY,
    )
    .option('--seed <n>', 'seed of everything that draws', (value) => readInteger(value, '--seed', 0, 4294967295), 1)
    .option('--timezone <zone>', "zone of stamps that carry none (default: this machine's)", (value) =>
      readTimezone(value, '--timezone'),
    )
    .option('--geoip-city <file>', 'places of addresses (.mmdb)')
    .option('--geoip-asn <file>', 'networks of addresses (.mmdb or CSV)')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeArguments) => done(await runServe(options, terminal)))
}

export async function runServe(options: ServeArguments, terminal: Terminal): Promise<number> {
  const { geoipCity: city, geoipAsn: asn } = options
  const service = await Service.open({
    folder: options.data,
    timezone: options.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    budget: options.budget,
    warmup: options.warmup,
    seed: options.seed,
    now: terminal.now,
    ...(city !== undefined && { city }),
    ...(asn !== undefined && { asn }),
  })
  const say = (line: string) => terminal.err.write(`${plainText(line)}\n`)
  for (const note of service.notes) say(`note: ${note}`)
  try {
    const keys = isLoopback(options.host) ? undefined : keysOf(options, terminal)
    const where = { ...options, ...(keys !== undefined && { keys }) }
    const app = await buildServer({ service, started: terminal.now(), version: VERSION }, where)
    try {
      const address = await listen(app, options)
      say(`Serving ${address.replace('127.0.0.1', 'localhost')}, data in ${options.data}. Ctrl-C stops.`)
      if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
      say('Stopping …')
    } finally {
      await app.close()
    }
    return ExitCode.ok
  } finally {
    const told = await service.stop()
    if (told !== undefined) say(`note: ${told}`)
  }
}

/** A key that was made is shown here and nowhere else. */
function keysOf({ data }: ServeArguments, { now, out }: Terminal): Keys {
  const { keys, made } = openKeys(data, now())
  if (made !== undefined) {
    out.write(
      `Key of this server, shown once: ${made}\nSend it as "Authorization: Bearer ${made}", and only through TLS or a network that you trust.\n`,
    )
  }
  return keys
}
