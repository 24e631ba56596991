/** What a scan says at its end: alerts worth reading, what was read and refused, and what was learned from. */
import type { Alert } from '@heedful/stream'
import { describeDuration } from '../config/durations.ts'
import { detailOf } from '../intake/refusal-words.ts'
import type { ScanResult } from '../scoring/scan.ts'
import type { Refused, Tally } from '../scoring/tally.ts'
import { alertsTable, byRisk, minuteOf } from './alerts-table.ts'
import { colours } from './colours.ts'
import { plainText, shorten } from './plain-text.ts'
import { plural } from './plural.ts'
import { shortIds } from './short-id.ts'
import { wrapText } from './wrap-text.ts'

export interface ReportOptions {
  width: number
  /** The data folder, as typed. */
  folder?: string
  /** The person named the zone or the year. */
  timezoneGiven: boolean
  /** The files that were written. */
  written: readonly string[]
  /** What a person types to run this program. */
  typed: string
}

const LABEL = 10

const number = (n: number) => n.toLocaleString('en')

/** `Label     text`, wrapped under its own column. */
function entry(label: string, text: string, width: number): string {
  const lines = wrapText(plainText(text), Math.max(30, width - LABEL))
  return lines.map((line, i) => (i === 0 ? colours.bold(label.padEnd(LABEL)) : ' '.repeat(LABEL)) + line).join('\n')
}

function headline(raised: readonly Alert[], over: number, budget: number, lines: number): string {
  if (lines === 0) return 'Nothing new since the last scan'
  const alerts = raised.length === 0 ? 'No alert worth reading' : `${plural(raised.length, 'alert')}, strongest first`
  return over === 0 ? alerts : `${alerts}; ${number(over)} more over the budget of ${budget} a day`
}

function readEntry({ tally, files, seconds }: ScanResult): string {
  const rate = seconds > 0 ? ` in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s` : ''
  const span = Number.isFinite(tally.first) ? `, ${minuteOf(tally.first)} to ${minuteOf(tally.last)} UTC` : ''
  const absorbed =
    tally.absorbedTotal === 0 ? '' : `, ${number(tally.absorbedTotal)} understood but no event of their own`
  return `${plural(tally.lines, 'line')} of ${plural(files.length, 'file')}${rate}${span}: ${plural(tally.events, 'event')}${absorbed}, ${number(tally.refusedTotal)} refused`
}

function stoppedEntry({ tally }: ScanResult, { written }: ReportOptions): string {
  const until = Number.isFinite(tally.last) ? ` up to ${minuteOf(tally.last)} UTC` : ' so far'
  const where = written.length === 0 ? '' : ` and in ${written.join(' and ')}`
  return `before the end of the log; what stands above${where} is all that there is${until}`
}

/** The most frequent first. */
export const refusedByCount = ({ refused }: Tally): Refused[] =>
  [...refused.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))

function* refusedEntries({ tally }: ScanResult, width: number): Generator<string> {
  for (const { reason, count, example } of refusedByCount(tally)) {
    const words = detailOf({ reason, detail: example.detail })
    const place = example.line === 0 ? '' : `; the first is ${example.file}, line ${example.line}`
    yield entry('Refused', `${number(count)} × ${reason}${words === '' ? '' : ` (${words})`}${place}`, width)
    if (example.text !== '') yield `${' '.repeat(LABEL)}${colours.dim(shorten(plainText(example.text), width - LABEL))}`
  }
}

function learnedEntry({ summary, configuration }: ScanResult): string {
  const { users, hosts, addresses, strangers } = summary
  const from = Date.parse(configuration.warmup_from)
  const until = Date.parse(configuration.warmup_until)
  const warmup =
    until > from
      ? `warm-up ${describeDuration(until - from)}, until ${minuteOf(until)} UTC, only teaches`
      : 'no warm-up'
  const names = strangers === 0 ? '' : `, ${plural(strangers, 'name')} that never logged in (kept hashed)`
  return `${plural(users, 'person', 'people')}, ${plural(hosts, 'host')}, ${plural(addresses, 'address', 'addresses')}${names}; ${warmup}`
}

function* formatEntries({ files }: ScanResult, { timezoneGiven }: ReportOptions): Generator<string> {
  const groups = new Map<string, typeof files>()
  for (const file of files) {
    const key = `${file.source.id}, ${file.timezone}, ${file.source.mapping ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  for (const group of groups.values()) {
    const [{ source, timezone }] = group as [(typeof files)[0]]
    const zone = !source.stamp.zone
      ? ''
      : timezoneGiven
        ? `; zone ${timezone}`
        : `; zone ${timezone}, this machine's (--timezone says another)`
    const years = group.flatMap(({ years }) => (years === undefined ? [] : [years.first, years.last]))
    const [from, to] = [Math.min(...years), Math.max(...years)]
    const range = from === to ? `${from}` : `${from} to ${to}`
    const year = years.length === 0 ? '' : `; year ${range}, from when the file was last written (--year says another)`
    yield `${source.title} (${source.id}) in ${plural(group.length, 'file')}${zone}${year}`
  }
}

/** What could not be judged for want of data on places and networks. */
export function describeGeography({
  geography: { location, autonomousSystem },
  tally,
}: Pick<ScanResult, 'geography' | 'tally'>): string | undefined {
  if (location && autonomousSystem) return undefined
  if (tally.events === 0) return undefined
  if (location) return 'no data on networks (--geoip-asn FILE): networks are told apart by their addresses alone'
  if (tally.located > 0)
    return `places are those that ${plural(tally.located, 'event brings itself', 'events bring themselves')}; no other data was found`
  return 'no data on places was found, so travel is left out (--geoip-city FILE.mmdb brings it in)'
}

function nextEntry([strongest]: readonly Alert[], { folder, typed }: ReportOptions, short: (id: string) => string) {
  if (folder === undefined) return `${typed} scan FILE --data FOLDER keeps all this, and explains alerts`
  if (strongest === undefined) return `kept in ${folder}; the next scan with --data ${folder} goes on here`
  return `${typed} explain ${short(strongest.id)} --data ${folder}`
}

export function report(result: ScanResult, options: ReportOptions): string {
  const { width } = options
  const mine = result.alerts.filter(({ id }) => result.touched.has(id))
  const raised = mine.filter(({ state }) => state === 'raised').sort(byRisk)
  const lines = [
    colours.bold(
      headline(raised, mine.length - raised.length, result.configuration.budget_per_day, result.tally.lines),
    ),
    '',
  ]
  // Told apart from all that the folder holds, so that explain finds them.
  const short = shortIds(result.alerts.map(({ id }) => id))
  if (raised.length > 0) lines.push(alertsTable(raised, width, short), '')
  if (result.stopped) lines.push(entry('Stopped', stoppedEntry(result, options), width))
  lines.push(entry('Read', readEntry(result), width))
  lines.push(...refusedEntries(result, width))
  for (const note of result.notes) lines.push(entry('Note', note, width))
  for (const format of formatEntries(result, options)) lines.push(entry('Format', format, width))
  lines.push(entry('Learned', learnedEntry(result), width))
  const travel = describeGeography(result)
  if (travel !== undefined) lines.push(entry('Geography', travel, width))
  if (options.written.length > 0) lines.push(entry('Written', options.written.join(', '), width))
  lines.push(entry('Next', nextEntry(raised, options, short), width))
  return `${lines.join('\n')}\n`
}
