/** `heedful tail FILE --server URL`: follows a log file and sends it to a server that is elsewhere. */
import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { CommandError } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { Follower, type Place } from '../intake/follower.ts'
import { formatIds } from '../intake/formats.ts'
import type { Line } from '../intake/lines.ts'
import { Sender } from '../sending/sender.ts'
import { SentPlaces } from '../sending/sent-places.ts'
import { plainText } from '../terminal/plain-text.ts'
import type { Terminal } from './terminal.ts'

interface TailArguments {
  server: string
  format: string
  source?: string
  state?: string
}

const EXAMPLES = `
Example:
  $ HEEDFUL_KEY=hf_… heedful tail /var/log/auth.log --server https://heedful.example --source gateway

Begins at the file's start, follows it across rotation, and remembers how far it was sent: stopped and started again it
goes on there. Every line arrives once, also where a connection breaks while a batch is on its way.`

export function tailCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('tail')
    .summary('follow a log file and send it to a server')
    .description('Follows a log file and sends it to a server that is elsewhere.')
    .argument('<file>', 'the file')
    .requiredOption('--server <url>', 'the server, as in http://localhost:8787; its key in HEEDFUL_KEY')
    .addOption(
      new Option('--format <id>', 'how the lines are written').choices(['auto', ...formatIds()]).default('auto'),
    )
    .option('--source <name>', "what the server calls this source (default: the file's name)")
    .option(
      '--state <file>',
      'where it is noted how far was sent (default: a file here, named after FILE, server and source)',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: TailArguments) => done(await runTail(file, options, terminal)))
}

function readServer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new CommandError('usage-invalid', `--server "${text}" is no address`, 'write it as http://localhost:8787')
}

/** Names of doors are of few letters. */
const asSource = (path: string): string =>
  basename(path)
    .replaceAll(/[^A-Za-z0-9_.@-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64) || 'file'

/** The same lines at the same place have the same key. */
function keyOf(lines: readonly string[], { identity, offset }: Place): string {
  const hash = createHash('sha256').update(`${identity.hash}\n${offset}\n`)
  for (const line of lines) hash.update(line).update('\n')
  return `tail-${hash.digest('hex')}`
}

/** Of its own for each file, server and source: a place in one is none in another. */
export function stateOf(file: string, server: URL, source: string): string {
  const hash = createHash('sha256')
    .update(`${resolve(file)}\n${server.origin}\n${source}`)
    .digest('hex')
  return `${basename(file)}.${hash.slice(0, 8)}.heedful-sent`
}

export async function runTail(file: string, options: TailArguments, terminal: Terminal): Promise<number> {
  const { signal, err } = terminal
  const say = (note: string) => void err.write(`${plainText(note)}\n`)
  const failed = new AbortController()
  const ended = AbortSignal.any([signal, failed.signal])
  const key = process.env['HEEDFUL_KEY']
  const source = options.source ?? asSource(file)
  const server = readServer(options.server)
  const sender = new Sender({
    ...options,
    source,
    server,
    ...(key && { key }),
    say,
    signal: ended,
  })
  const sent = new SentPlaces(options.state ?? stateOf(file, server, source))
  let id = sent.places.reduce((most, place) => Math.max(most, place.id), sent.onItsWay?.place.id ?? 0)
  const finish = async () => {
    const { onItsWay } = sent
    if (onItsWay !== null) await sender.send(onItsWay.lines, onItsWay.key)
    sent.arrived()
  }
  const send = async (lines: readonly Line[], place: Place) => {
    const texts = lines.map(({ text }) => text)
    sent.begin({ key: keyOf(texts, place), lines: texts, place })
    try {
      await finish()
    } catch (error) {
      // It would be refused again for ever.
      if (error instanceof CommandError) failed.abort(error)
      throw error
    }
  }
  say(`Sending ${file} to ${options.server} as ${source}. Ctrl-C stops.`)
  try {
    await finish()
  } catch (error) {
    if (!signal.aborted) throw error
  }
  await new Follower({ path: file, known: () => sent.places, newId: () => ++id, send, say, signal: ended }).run()
  if (failed.signal.aborted) throw failed.signal.reason
  return ExitCode.ok
}
