/** The report of a scan as one HTML file: the built page with its data in it, which leaves nothing to ask of anybody. */
import type { Alert } from '@heedful/stream'
import { findReportPage } from '../page/find-page.ts'
import type { Witness } from '../replay/find-alert.ts'
import { byRisk } from '../terminal/alerts-table.ts'
import { VERSION } from '../version.ts'
import { embeddable, openGivenPage } from './given-page.ts'
import { alertInReport, logInReport, type Reported, usualOf } from './report-data.ts'

/** Alerts in one report, the strongest: what a browser still opens within seconds. */
export const MOST_ALERTS = 10_000
/** Raw lines of all alerts together, characters; beyond, weaker alerts show none. */
const MOST_RAW = 32 * 1024 * 1024

export interface ReportFile {
  write(reported: Reported, made: number): void
  abandon(): void
}

/** Opens the place of a report, before anything is read. Throws `not-built` or `output-unwritable`. */
export function openReport(path: string, built = findReportPage() ?? ''): ReportFile {
  const page = openGivenPage(path, built)
  return { write: (reported, made) => page.write(dataOf(reported, made)), abandon: page.abandon }
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
