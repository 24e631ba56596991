/** `heedful replay`: what would have been alerted, from the log that a data folder keeps. */
import type { Alert } from '@heedful/stream'
import { Command } from 'commander'
import { readTime } from '../config/durations.ts'
import { readOverrides } from '../config/overrides.ts'
import { ExitCode } from '../exit-codes.ts'
import { alertLines } from '../exports/alerts.ts'
import { writeAtomically } from '../exports/atomic-file.ts'
import { replay } from '../replay/replay.ts'
import { openReport } from '../report/report-file.ts'
import { reportOfReplay } from '../report/report-of.ts'
import { type FolderSpace, openFolder } from '../store/space.ts'
import { alertsTable, byRisk } from '../terminal/alerts-table.ts'
import { plural } from '../terminal/plural.ts'
import { openProgress } from '../terminal/progress.ts'
import { shortIds } from '../terminal/short-id.ts'
import { type Terminal, widthOf } from './terminal.ts'

interface ReplayArguments {
  data: string
  from?: number
  to?: number
  config?: string
  alerts?: string
  report?: string
}

const EXAMPLES = `
Folds the kept log again from its start, in memory; the data folder stays as it is. With the configuration of the scan
the alerts are the same, byte for byte. With another one they show what it would have changed:

  $ heedful replay --data ./heedful --alerts again.ndjson
  $ heedful replay --data ./heedful --config other.yaml --from 2026-03-01 --to 2026-04-01 --alerts march.ndjson

other.yaml, every key may be left out (JSON is read as well):
  budget: 5/day
  warmup: 7d
  seed: 1`

export function replayCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('replay')
    .summary('fold a kept log again, as it was or under other settings')
    .description('Folds the log of a data folder again from its start and prints or writes the alerts.')
    .requiredOption('--data <folder>', 'the data folder of a scan')
    .option('--from <time>', 'write alerts from this moment on (all of the log is folded)', (value) =>
      readTime(value, '--from'),
    )
    .option('--to <time>', 'write alerts before this moment', (value) => readTime(value, '--to'))
    .option('--config <file>', 'other settings: budget, warmup, seed')
    .option('--alerts <file>', 'write the alerts there, one JSON object a line')
    .option('--report <file>', 'write the alerts with their reasons there as one page for the browser (.html)')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReplayArguments) => done(await runReplay(options, terminal)))
}

async function runReplay(options: ReplayArguments, terminal: Terminal): Promise<number> {
  const configure = options.config === undefined ? undefined : readOverrides(options.config)
  const report = options.report === undefined ? undefined : openReport(options.report)
  let space: FolderSpace | undefined
  const progress = openProgress(terminal.err, false)
  try {
    space = openFolder(options.data, true)
    progress.begin(space.log.end.position, 'records')
    const replayed = await replay(space, {
      signal: terminal.signal,
      onProgress: (done, events) => progress.update(done, events),
      ...(configure !== undefined && { configure }),
    }).finally(() => progress.end())
    const { alerts, tally, interrupted } = replayed
    if (interrupted) {
      terminal.err.write('\nStopped. Nothing was written.\n')
      return ExitCode.interrupted
    }
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = options
    const chosen = alerts.filter(({ time }) => time >= from && time < to)
    report?.write(reportOfReplay({ ...replayed, alerts: chosen }, space), terminal.now())
    if (options.alerts !== undefined) writeAtomically(options.alerts, alertLines(chosen))
    terminal.out.write(describe(chosen, tally.events, options, terminal))
    return ExitCode.ok
  } finally {
    report?.abandon()
    space?.close()
  }
}

function describe(
  alerts: Alert[],
  events: number,
  { alerts: file, report }: ReplayArguments,
  { out }: Terminal,
): string {
  const raised = alerts.filter(({ state }) => state === 'raised').sort(byRisk)
  const short = shortIds(alerts.map(({ id }) => id))
  const table = raised.length === 0 ? '' : `${alertsTable(raised, widthOf(out), short)}\n\n`
  const places = [file, report].filter((place) => place !== undefined)
  const where = places.length === 0 ? '' : `, written to ${places.join(' and ')}`
  const over = alerts.length - raised.length
  return `${table}${plural(raised.length, 'alert')} (${over} more over budget) of ${plural(events, 'event')}${where}\n`
}
