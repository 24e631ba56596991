/** `heedful simulate`: a labelled organisation to try things on. */
import { join } from 'node:path'
import {
  type LabelledEvent,
  type LabelledLog,
  openEcsLog,
  openLabelledAuthLog,
  type SimulateOptions,
  simulate,
} from '@heedful/simulate'
import { Command, Option } from 'commander'
import { readInteger, readTime } from '../config/durations.ts'
import { CommandError, Interrupted, messageOf } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { type AtomicFile, openAtomicFile, writeAtomically } from '../exports/atomic-file.ts'
import { plural } from '../terminal/plural.ts'
import type { Terminal } from './terminal.ts'

export type LogForm = 'ecs' | 'authlog'

export interface SimulateArguments {
  out: string
  users: number
  days: number
  seed: number
  as: LogForm
  start?: number
  attacks: boolean
}

const EXAMPLES = `
Writes into the folder:
  events.ndjson     the log, one ECS document a line (auth.log with --as authlog)
  labels.csv        event_id,campaign,look_alike: the truth about every event; of auth.log, whose lines have no ids,
                    line,campaign,look_alike
  campaigns.json    the attacks, and the harmless stories that look like them, as far as the log shows them

Examples:
  $ heedful simulate --out ./play --users 300 --days 42 --seed 7
  $ heedful scan ./play/events.ndjson --alerts alerts.ndjson
  $ heedful simulate --out ./calm --users 300 --days 42 --seed 7 --without-attacks`

export function simulateCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('simulate')
    .summary('write a labelled log of an invented organisation')
    .description('Writes the log of an invented organisation, with attacks in it and the truth beside it.')
    .requiredOption('--out <folder>', 'where to write')
    .option('--users <n>', 'people (2 to 20000)', (value) => readInteger(value, '--users', 2, 20_000), 300)
    .option('--days <n>', 'days (1 to 3660)', (value) => readInteger(value, '--days', 1, 3660), 42)
    .option('--seed <n>', 'the same seed, the same log', (value) => readInteger(value, '--seed', 0, 4294967295), 1)
    .addOption(new Option('--as <form>', 'form of the log').choices(['ecs', 'authlog']).default('ecs'))
    .option('--start <date>', 'first day (default: 2026-02-23)', (value) => readTime(value, '--start'))
    .option('--without-attacks', 'leave the attacks out; everything else stays the same')
    .addHelpText('after', EXAMPLES)
    .action(
      async ({ withoutAttacks, ...options }: Omit<SimulateArguments, 'attacks'> & { withoutAttacks?: boolean }) => {
        const { log, entries, unit, campaigns, lookAlikes } = await writeSimulation(
          { ...options, attacks: withoutAttacks !== true },
          terminal.signal,
        )
        terminal.out.write(
          `${log}: ${plural(entries, unit)}, ${plural(campaigns, 'attack')} and ${likenesses(lookAlikes)}\n` +
            `next: ${terminal.typed} scan ${log}\n`,
        )
        done(ExitCode.ok)
      },
    )
}

/** Harmless stories beside the attacks, counted. */
export const likenesses = (count: number) =>
  plural(count, 'harmless story that looks like one', 'harmless stories that look like them')

export interface Written {
  /** Path of the log. */
  log: string
  /** Events, or lines where one event may take several. */
  entries: number
  unit: 'event' | 'line'
  /** Those that the log shows. */
  campaigns: number
  lookAlikes: number
}

function begin({ users, days, seed, start, attacks }: SimulateArguments) {
  const options: SimulateOptions = {
    users,
    days,
    seed,
    withoutAttacks: !attacks,
    ...(start !== undefined && { start }),
  }
  try {
    return simulate(options)
  } catch (error) {
    throw new CommandError('usage-invalid', messageOf(error), 'change --users, --days or --start')
  }
}

/** How many events are written before a signal is let in. */
const BREATH = 4096

/** Writes the log, its labels and its campaigns. Throws `output-unwritable`, and `Interrupted` where `signal` ends it. */
export async function writeSimulation(options: SimulateArguments, signal?: AbortSignal): Promise<Written> {
  const { events, campaigns, lookAlikes } = begin(options)
  const isEcs = options.as === 'ecs'
  const log = join(options.out, isEcs ? 'events.ndjson' : 'auth.log')
  const form = isEcs ? openEcsLog() : openLabelledAuthLog()
  const entries = await writeBoth(form, events, openBoth(log, join(options.out, 'labels.csv')), signal)
  writeAtomically(join(options.out, 'campaigns.json'), [form.campaigns(campaigns, lookAlikes)])
  const unit = isEcs ? 'event' : 'line'
  return { log, entries, unit, campaigns: form.count(campaigns), lookAlikes: form.count(lookAlikes) }
}

interface Outputs {
  log: AtomicFile
  labels: AtomicFile
}

function openBoth(log: string, labels: string): Outputs {
  const first = openAtomicFile(log)
  try {
    return { log: first, labels: openAtomicFile(labels) }
  } catch (error) {
    first.abandon()
    throw error
  }
}

/** @returns entries of the log */
async function writeBoth(
  form: LabelledLog,
  events: Iterable<LabelledEvent>,
  { log, labels }: Outputs,
  signal?: AbortSignal,
): Promise<number> {
  let entries = 0
  let told = 0
  const put = (written: { lines: string[]; labels: string[] }) => {
    for (const line of written.lines) log.write(`${line}\n`)
    for (const row of written.labels) labels.write(`${row}\n`)
    entries += written.lines.length
  }
  try {
    labels.write(`${form.labelsHeader}\n`)
    for (const labelled of events) {
      put(form.write(labelled))
      if (++told % BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
      if (signal?.aborted) throw new Interrupted()
    }
    put(form.end())
    log.commit()
    labels.commit()
    return entries
  } finally {
    log.abandon()
    labels.abandon()
  }
}
