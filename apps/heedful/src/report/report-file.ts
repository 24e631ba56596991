/** The report of a scan as one HTML file: the built page with its data in it, which leaves nothing to ask of anybody. */
import { readFileSync } from 'node:fs'
import type { Alert } from '@heedful/stream'
import { CommandError } from '../errors.ts'
import { type AtomicFile, openAtomicFile } from '../exports/atomic-file.ts'
import { findReportPage } from '../page/find-page.ts'
import type { Witness } from '../replay/find-alert.ts'
import { byRisk } from '../terminal/alerts-table.ts'
import { escapeInvisible } from '../terminal/plain-text.ts'
import { VERSION } from '../version.ts'
import { alertInReport, logInReport, type Reported, usualOf } from './report-data.ts'

/** Where the page takes its data from. It stands before any script of the page. */
const GIVEN = '<script type="application/json" id="given"></script>'
/** Alerts in one report, the strongest: what a browser still opens within seconds. */
export const MOST_ALERTS = 10_000
/** Raw lines of all alerts together, characters; beyond, weaker alerts show none. */
const MOST_RAW = 32 * 1024 * 1024

/** JSON inside a `<script>`: no name that a log brings can end the element, open a comment or hide. */
export const embeddable = (value: unknown): string =>
  escapeInvisible(JSON.stringify(value)).replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`)

export interface ReportFile {
  write(reported: Reported, made: number): void
  abandon(): void
}

/** `built`: the built file, empty where there is none. */
function readPage(built: string): [head: string, tail: string] {
  const page = built === '' ? '' : readFileSync(built, 'utf8')
  const at = page.indexOf(GIVEN)
  if (at < 0) throw new CommandError('not-built', 'the page that reports are made of is not built', 'npm run build')
  const split = at + GIVEN.length - '</script>'.length
  return [page.slice(0, split), page.slice(split)]
}

/** Opens the place of a report, before anything is read. Throws `not-built` or `output-unwritable`. */
export function openReport(path: string, built = findReportPage() ?? ''): ReportFile {
  const [head, tail] = readPage(built)
  const file: AtomicFile = openAtomicFile(path)
  return {
    write(reported, made) {
      file.write(head)
      for (const text of dataOf(reported, made)) file.write(text)
      file.write(tail)
      file.commit()
    },
    abandon: () => file.abandon(),
  }
}

/** The data, piece by piece. */
function* dataOf(reported: Reported, made: number): Generator<string> {
  const raised = reported.alerts.filter(({ state }) => state === 'raised').sort(byRisk)
  const shown = raised.slice(0, MOST_ALERTS)
  const contexts = new Map<string, { at: number; alert: Alert }>()
  const lines = boundLines(reported)
  yield `{"made":${embeddable(new Date(made).toISOString())},"version":${embeddable(VERSION)},"left_out":${raised.length - shown.length},"alerts":[`
  for (const [i, alert] of shown.entries()) {
    const whose = `${alert.entity.type} ${alert.entity.id}`
    const { at } = contexts.get(whose) ?? { at: contexts.size }
    contexts.set(whose, { at, alert })
    const full = alertInReport(alert, lines(alert), reported.feedback(alert.id), at)
    yield `${i === 0 ? '' : ','}${embeddable(full)}`
  }
  yield '],"contexts":['
  for (const { at, alert } of contexts.values())
    yield `${at === 0 ? '' : ','}${embeddable(usualOf(reported.portrait(alert.entity)))}`
  yield `],"log":${embeddable(logInReport(reported))}}`
}

/** Lines while there is room for them. */
function boundLines({ lines }: Reported): (alert: Alert) => readonly Witness[] {
  let room = MOST_RAW
  return (alert) => {
    const found = room > 0 ? lines(alert) : []
    for (const { text } of found) room -= text.length
    return found
  }
}
