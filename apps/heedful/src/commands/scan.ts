/** `heedful scan FILE…`: from log files to alerts with their reasons. */
import type { Verdict } from '@heedful/stream'
import { Command, Option } from 'commander'
import { readBudget, readDuration, readInteger, readTimezone } from '../config/durations.ts'
import { CommandError, Interrupted } from '../errors.ts'
import { ExitCode } from '../exit-codes.ts'
import { alertLines, alertObject, safeJson } from '../exports/alerts.ts'
import { type AtomicFile, openAtomicFile } from '../exports/atomic-file.ts'
import { SCORES_HEADER, scoreLine } from '../exports/scores.ts'
import { type Input, inputOf } from '../intake/bytes.ts'
import { formatIds } from '../intake/formats.ts'
import { type Spool, spool } from '../intake/spool.ts'
import type { MappingFile } from '../mapping/bind-mapping.ts'
import { Witnesses } from '../replay/witnesses.ts'
import { openReport } from '../report/report-file.ts'
import { reportOfScan } from '../report/report-of.ts'
import { type ScanOptions, type ScanResult, scan } from '../scoring/scan.ts'
import { openFolder, openMemory, type Space } from '../store/space.ts'
import { plainText } from '../terminal/plain-text.ts'
import { openProgress, type Progress } from '../terminal/progress.ts'
import { report } from '../terminal/report.ts'
import { type Terminal, widthOf } from './terminal.ts'

export interface ScanArguments {
  format: string
  map?: string
  timezone?: string
  year?: number
  geoipCity?: string
  geoipAsn?: string
  budget?: number
  warmup?: number
  scores?: string
  alerts?: string
  report?: string
  seed?: number
  json?: boolean
  data?: string
  shards: number
}

const EXAMPLES = `
Examples:
  $ heedful scan /var/log/auth.log*              rotated and packed files too, in any order
  $ zcat old/*.gz | heedful scan -               standard input
  $ heedful scan events.ndjson --alerts alerts.ndjson --scores scores.csv
  $ heedful scan auth.log --report report.html   one page for the browser, with everything in it
  $ heedful scan auth.log --data ./heedful       keep the log and the memory: the next scan goes on
  $ heedful scan secure --timezone Europe/Berlin --year 2024
  $ heedful scan portal.csv --map portal.yaml    any CSV or JSON lines; heedful map portal.csv proposes the mapping
  $ heedful scan vpn.ndjson --geoip-city city.mmdb --geoip-asn asn.csv.gz

A scan reads files in time order, learns everybody's habits while it goes, and points at the few events worth
reading. During warm-up it only learns, but a burst of failures speaks at once. Nothing leaves this machine.`

export function scanCommand(terminal: Terminal, done: (code: number) => void): Command {
  return new Command('scan')
    .summary('read log files and print the alerts worth reading')
    .description('Reads log files (plain or gzip, in any order) and prints the few events worth reading, with reasons.')
    .argument('<file...>', 'log files; - is standard input')
    .addOption(
      new Option('--format <id>', 'how the lines are written').choices(['auto', ...formatIds()]).default('auto'),
    )
    .option('--map <file>', 'read CSV or JSON lines of any shape by this mapping (heedful map FILE proposes one)')
    .option('--timezone <zone>', "zone of stamps that carry none (default: this machine's)", (value) =>
      readTimezone(value, '--timezone'),
    )
    .option(
      '--year <year>',
      'year of the first line of each file, where stamps carry none (default: inferred)',
      (value) => readInteger(value, '--year', 1990, 9999),
    )
    .option('--geoip-city <file>', 'places of addresses (.mmdb)')
    .option(
      '--geoip-asn <file>',
      'networks of addresses (.mmdb, or CSV start,end,asn,name or cidr,asn,name; also .csv.gz)',
    )
    .option('--budget <n/day>', 'at most so many alerts a day (default: 20/day)', (value) =>
      readBudget(value, '--budget'),
    )
    .option(
      '--warmup <time>',
      'how long to learn before judging by habits (default: 14d or a third of the span)',
      (value) => readDuration(value, '--warmup'),
    )
    .option('--alerts <file>', 'write the alerts there, one JSON object a line')
    .option('--report <file>', 'write the alerts with their reasons there as one page for the browser (.html)')
    .option('--scores <file>', 'write every judged event there as CSV')
    .option('--data <folder>', 'keep the log and the memory there, and go on from there')
    .option('--seed <n>', 'seed of everything that draws (default: 1)', (value) =>
      readInteger(value, '--seed', 0, 4294967295),
    )
    .option('--json', 'print one JSON object instead of the table')
    .addOption(
      new Option('--shards <n>')
        .default(1)
        .argParser((value) => readInteger(value, '--shards', 1, 64))
        .hideHelp(),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: ScanArguments) => done(await runScan(files, options, terminal)))
}

/**
 * What `--map` names; what reads YAML is much to load for who has none. Throws `mapping-invalid`, or `usage-invalid` where a
 * format was named that needs none.
 */
async function readMapping({ format, map }: ScanArguments): Promise<MappingFile | undefined> {
  if (map === undefined) return undefined
  if (format === 'auto' || format === 'mapped') return (await import('../mapping/mapping-file.ts')).readMappingFile(map)
  const wayOut =
    'leave one of the two out; files of different formats can be scanned one after another with --data FOLDER'
  throw new CommandError('usage-invalid', `--map says how every file is read, and so does --format ${format}`, wayOut)
}

/** Opened before anything is read, so that a place that cannot be written is told at once. */
function openOutputs({ scores, alerts, report }: ScanArguments) {
  const opened: { abandon(): void }[] = []
  const open = <T extends { abandon(): void }>(path: string | undefined, how: (path: string) => T) => {
    if (path === undefined) return undefined
    const file = how(path)
    opened.push(file)
    return file
  }
  const abandon = () => {
    for (const file of opened) file.abandon()
  }
  try {
    return {
      scores: open(scores, openAtomicFile),
      alerts: open(alerts, openAtomicFile),
      report: open(report, openReport),
      abandon,
    }
  } catch (error) {
    abandon()
    throw error
  }
}

type Outputs = ReturnType<typeof openOutputs>

const writeScores = (file: AtomicFile | undefined, verdicts: readonly Verdict[]) =>
  file?.write(verdicts.map(scoreLine).join(''))

function writeOutputs({ scores, alerts }: Outputs, result: ScanResult, { folder, store }: Space): void {
  if (folder !== undefined && scores !== undefined) {
    for (const block of store.verdicts()) writeScores(scores, block)
  }
  for (const line of alertLines(result.alerts)) alerts?.write(line)
  scores?.commit()
  alerts?.commit()
}

export async function runScan(files: readonly string[], options: ScanArguments, terminal: Terminal): Promise<number> {
  const outputs = openOutputs(options)
  let spooled: Spool | undefined
  let space: Space | undefined
  try {
    outputs.scores?.write(SCORES_HEADER)
    if (files.includes('-')) spooled = await spool(terminal.in, terminal.signal)
    const inputs = files.map((path) => (path === '-' && spooled !== undefined ? spooled.input : inputOf(path)))
    const { data } = options
    const mapping = await readMapping(options)
    // Verdicts of a scan that keeps nothing are written as they come, those of a data folder from the folder.
    space = data === undefined ? openMemory((verdicts) => writeScores(outputs.scores, verdicts)) : openFolder(data)
    const witnesses = new Witnesses(space)
    const onAlert = options.report === undefined || data !== undefined ? {} : { onAlert: witnesses.see.bind(witnesses) }
    const progress = openProgress(terminal.err, options.json === true)
    const whole = { ...scanOptions(inputs, options, terminal, progress), ...(mapping && { mapping }), ...onAlert }
    const result = await scan(space, whole).finally(() => progress.end())
    writeOutputs(outputs, result, space)
    outputs.report?.write(reportOfScan(result, space, witnesses), terminal.now())
    terminal.out.write(options.json ? `${safeJson(jsonReport(result), 2)}\n` : textReport(result, options, terminal))
    const told = space.close()
    if (told !== undefined) terminal.err.write(`note: ${plainText(told)}\n`)
    return result.stopped ? sayStopped(terminal, options.data) : ExitCode.ok
  } catch (error) {
    if (error instanceof Interrupted) return sayInterrupted(terminal, options.data)
    throw error
  } finally {
    outputs.abandon()
    space?.close()
    spooled?.remove()
  }
}

function scanOptions(
  inputs: readonly Input[],
  options: ScanArguments,
  terminal: Terminal,
  progress: Progress,
): ScanOptions {
  const { geoipCity: city, geoipAsn: asn, year, budget, warmup, seed } = options
  return {
    inputs,
    format: options.format,
    timezone: options.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    shards: options.shards,
    now: terminal.now(),
    signal: terminal.signal,
    progress,
    ...(city !== undefined && { city }),
    ...(asn !== undefined && { asn }),
    ...(year !== undefined && { year }),
    ...(budget !== undefined && { budget }),
    ...(warmup !== undefined && { warmup }),
    ...(seed !== undefined && { seed }),
  }
}

function textReport(result: ScanResult, options: ScanArguments, terminal: Terminal): string {
  const { data, alerts, scores, report: page, timezone } = options
  return report(result, {
    width: widthOf(terminal.out),
    timezoneGiven: timezone !== undefined,
    ...(data !== undefined && { folder: data }),
    written: [alerts, scores, page].filter((path) => path !== undefined),
    typed: terminal.typed,
  })
}

function jsonReport(result: ScanResult): object {
  const { alerts, tally, summary, configuration, files, notes, geography, stopped } = result
  const states = (state: string) => alerts.filter((alert) => alert.state === state).map(alertObject)
  return {
    alerts: states('raised'),
    over_budget: states('over_budget'),
    read: { lines: tally.lines, events: tally.events, absorbed: tally.absorbedTotal, refused: tally.refusedTotal },
    refused: [...tally.refused.values()].map(({ reason, count, example }) => ({
      reason,
      count,
      file: example.file,
      line: example.line,
    })),
    absorbed: [...tally.absorbed].map(([why, count]) => ({ why, count })),
    stopped,
    learned: summary,
    configuration,
    files: files.map(({ input, source, timezone, years }) => ({
      path: input.name,
      format: source.id,
      timezone,
      years,
    })),
    geography: { location: geography.location, autonomous_system: geography.autonomousSystem },
    notes,
  }
}

/** The report above says up to when. */
function sayStopped({ err }: Terminal, data: string | undefined): number {
  err.write(
    data === undefined
      ? 'Stopped. What was read until then is judged to its end; with --data FOLDER a scan can go on where it was stopped.\n'
      : `Stopped. What was read until then is judged to its end, and kept in ${data}. Type the same line again to go on.\n`,
  )
  return ExitCode.interrupted
}

/** Before any line was read: outputs stay what they were. */
function sayInterrupted({ err }: Terminal, data: string | undefined): number {
  err.write(
    data === undefined
      ? '\nStopped. Nothing was kept: with --data FOLDER a scan can be stopped and go on.\n'
      : `\nStopped; everything read so far is kept in ${data}. Type the same line again to go on.\n`,
  )
  return ExitCode.interrupted
}
