/** `heedful simulate`: a labelled organisation to try things on. */
import { join } from 'node:path'
import {
  LABELS_HEADER,
  openAuthLog,
  type SimulateOptions,
  simulate,
  toCampaignsJson,
  toEcs,
  toLabelRow,
} from '@heedful/simulate'
import { Command, Option } from 'commander'
import { readInteger, readTime } from '../config/durations.ts'
import { CommandError, Interrupted, messageOf } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { openAtomicFile, writeAtomically } from '../exports/atomic-file.ts'
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
  labels.csv        event_id,campaign,look_alike: the truth about every event of the ECS form
  campaigns.json    the attacks, and the harmless stories that look like them

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
        const { log, events, campaigns, lookAlikes } = await writeSimulation(
          { ...options, attacks: withoutAttacks !== true },
          terminal.signal,
        )
        terminal.out.write(
          `${log}: ${plural(events, 'event')}, ${plural(campaigns, 'attack')} and ${likenesses(lookAlikes)}\n` +
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
  events: number
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
  const { events, campaigns, lookAlikes, summary } = begin(options)
  const log = join(options.out, options.as === 'ecs' ? 'events.ndjson' : 'auth.log')
  const file = openAtomicFile(log)
  const labels = openAtomicFile(join(options.out, 'labels.csv'))
  const authLog = openAuthLog()
  let written = 0
  try {
    labels.write(`${LABELS_HEADER}\n`)
    for (const labelled of events) {
      if (options.as === 'ecs') file.write(`${toEcs(labelled.event)}\n`)
      else for (const line of authLog.write(labelled.event)) file.write(`${line}\n`)
      labels.write(`${toLabelRow(labelled)}\n`)
      if (++written % BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
      if (signal?.aborted) throw new Interrupted()
    }
    for (const line of options.as === 'ecs' ? [] : authLog.end()) file.write(`${line}\n`)
    file.commit()
    labels.commit()
  } finally {
    file.abandon()
    labels.abandon()
  }
  writeAtomically(join(options.out, 'campaigns.json'), [toCampaignsJson(campaigns, lookAlikes)])
  const stories = lookAlikes.filter(({ events }) => events.length > 0).length
  return { log, events: summary.events, campaigns: campaigns.length, lookAlikes: stories }
}
