/** `heedful demo`: a simulated organisation, live in the browser; what `npm start` runs. */
import { Command } from 'commander'
import { buildServer, closeServer, listen } from '../api/server.ts'
import { readDuration, readInteger } from '../config/durations.ts'
import { Life } from '../demo/life.ts'
import { DemoClock, PACE, Player } from '../demo/player.ts'
import { CommandError } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { Service } from '../serving/service.ts'
import { plainText } from '../terminal/plain-text.ts'
import { plural } from '../terminal/plural.ts'
import { VERSION } from '../version.ts'
import { clearDemoFolder, openDemoFolder } from './demo-folder.ts'
import type { Terminal } from './terminal.ts'

export interface DemoArguments {
  data: string
  port: number
  pace: number
  /** ms */
  for?: number
}

const ORGANISATION = { users: 60, days: 365, seed: 7 } as const
const DAY = 86_400_000
/** Ports that are tried where one is taken. */
const PORTS = 10

const EXAMPLES = `
Examples:
  $ heedful demo                      http://localhost:8787, data in ./heedful-demo
  $ heedful demo --pace 600           a day of its life in two and a half minutes
  $ heedful demo --for 30s            ends by itself

Six weeks of the life of ${ORGANISATION.users} people are judged in seconds, then life goes on at ${PACE} times its pace. Attacks
are in it; Heedful is told nothing of them. Ctrl-C stops; the next start goes on.`

export function demoCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('demo')
    .summary('watch a simulated organisation, live in the browser')
    .description('Simulates an organisation, attacks and all, judges its events as they come, and serves the page.')
    .option('--data <folder>', 'where it is kept', './heedful-demo')
    .option('--port <n>', 'the port to serve', (value) => readInteger(value, '--port', 0, 65_535), 8787)
    .option('--pace <n>', 'seconds of its life in one second', (value) => readInteger(value, '--pace', 1, 3600), PACE)
    .option('--for <time>', 'end after so long', (value) => readDuration(value, '--for'))
    .addHelpText('after', EXAMPLES)
    .action(async (options: DemoArguments) => done(await runDemo(options, terminal)))
}

async function openService(folder: string, clock: DemoClock, say: (line: string) => void): Promise<Service> {
  const options = {
    folder,
    timezone: 'UTC',
    budget: 20,
    warmup: 14 * DAY,
    seed: 1,
    now: () => clock.now,
  }
  openDemoFolder(folder, ORGANISATION)
  try {
    return await Service.open(options)
  } catch (error) {
    const again =
      error instanceof CommandError && ['folder-older', 'folder-newer', 'folder-damaged'].includes(error.code)
    if (!again) throw error
    say(`note: ${error.message}; this demonstration begins anew`)
    clearDemoFolder(folder, ORGANISATION)
    return Service.open(options)
  }
}

type App = Awaited<ReturnType<typeof buildServer>>

/** The port that was asked for, or the next one that is free. */
async function listenSomewhere(app: App, port: number, say: (line: string) => void): Promise<string> {
  for (let tried = port; ; tried++) {
    try {
      const address = await listen(app, { host: '127.0.0.1', port: tried })
      if (tried !== port) say(`Port ${port} is taken, so this is on ${tried}.`)
      return address.replace('127.0.0.1', 'localhost')
    } catch (error) {
      const taken = error instanceof CommandError && error.code === 'port-in-use'
      if (!taken || tried >= port + PORTS || port === 0) throw error
    }
  }
}

/** One line that changes, on a terminal; elsewhere a line where something new is said. */
class StatusLine {
  private readonly err: NodeJS.WriteStream
  private shown = ''

  constructor(err: NodeJS.WriteStream) {
    this.err = err
  }

  say(line: string): void {
    this.err.write(`${this.err.isTTY && this.shown !== '' ? '\r\x1b[2K' : ''}${plainText(line)}\n`)
    this.shown = ''
  }

  /** Only a terminal can take it back. */
  show(line: string): void {
    if (!this.err.isTTY || line === this.shown) return
    this.err.write(`\r\x1b[2K${plainText(line)}`)
    this.shown = line
  }

  end(): void {
    if (this.shown !== '') this.err.write('\n')
    this.shown = ''
  }
}

function statusOf(service: Service, player: Player): string {
  const { phase, progress, simulated_time, pace } = player.state()
  const time = simulated_time.slice(0, 16).replace('T', ' ')
  const events = plural(service.runner.summary().events, 'event')
  if (player.trouble !== undefined) return `waiting: ${player.trouble}`
  if (phase === 'history') return `six weeks of history: ${Math.round(100 * progress)} % · ${events} judged`
  return player.over
    ? `its life is over · ${events} judged`
    : `live, ${time} UTC, ${pace} times its pace · ${events} judged`
}

export async function runDemo({ data, port, pace, for: lasting }: DemoArguments, terminal: Terminal): Promise<number> {
  const line = new StatusLine(terminal.err)
  const say = (text: string) => line.say(text)
  const life = new Life(ORGANISATION)
  const clock = new DemoClock(life.liveFrom)
  clock.changePace(pace)
  const service = await openService(data, clock, say)
  const player = new Player(service, life, clock)
  try {
    const app = await buildServer(
      { service, started: terminal.now(), version: VERSION, demo: player },
      { host: '127.0.0.1', port },
    )
    try {
      const address = await listenSomewhere(app, port, say)
      say(
        `A demonstration: ${ORGANISATION.users} people who do not exist. Open ${address} · Ctrl-C stops, the next start goes on.`,
      )
      await watch(service, player, line, terminal.signal, lasting)
      line.end()
      say(`Stopping. ${statusOf(service, player)}; kept in ${data}`)
    } finally {
      await player.stop()
      await closeServer(app)
    }
    return ExitCode.ok
  } finally {
    const told = await service.stop()
    if (told !== undefined) say(`note: ${told}`)
  }
}

/** Plays until somebody stops it, it lasted long enough, or nothing more can be judged. */
function watch(
  service: Service,
  player: Player,
  line: StatusLine,
  signal: AbortSignal,
  lasting: number | undefined,
): Promise<void> {
  const told = new Set<string>()
  const onFolded: Parameters<typeof service.events.on<'folded'>>[1] = ({ concluded }) => {
    for (const { id, severity, entity, title, state } of concluded.alerts.values()) {
      if (player.state().phase !== 'live' || state !== 'raised' || told.has(id)) continue
      told.add(id)
      line.say(`alert: ${severity.padEnd(8)} ${entity.type} ${entity.id}: ${title}`)
    }
  }
  service.events.on('folded', onFolded)
  const beat = setInterval(() => line.show(statusOf(service, player)), 500)
  return new Promise<void>((resolve, reject) => {
    const timer = lasting === undefined ? undefined : setTimeout(resolve, lasting)
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
    service.events.on('failed', reject)
    player.play().catch(reject)
  }).finally(() => {
    clearInterval(beat)
    service.events.off('folded', onFolded)
  })
}
