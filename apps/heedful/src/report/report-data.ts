/** What the report of a scan brings along, in outward names; the page reads it as `contract/report.ts` says. */
import type { Alert, EntityRef, Portrait, Summary } from '@heedful/stream'
import { alertOut, contextOf, feedbackOut, iso, isoOrNull } from '../api/alert-out.ts'
import { placeWords } from '../api/place.ts'
import type { Configuration } from '../config/configuration.ts'
import { detailOf } from '../intake/refusal-words.ts'
import type { Witness } from '../replay/find-alert.ts'
import type { Tally } from '../scoring/tally.ts'
import type { Feedback } from '../store/feedback-table.ts'
import { refusedByCount } from '../terminal/report.ts'

export interface ReportedFile {
  name: string
  /** In words; null where it is not known. */
  format: string | null
  /** Where its stamps carry none. */
  timezone: string | null
}

/** What is reported of, by a scan or a replay. */
export interface Reported {
  alerts: readonly Alert[]
  tally: Tally
  summary: Summary
  configuration: Configuration
  files: readonly ReportedFile[]
  notes: readonly string[]
  stopped: boolean
  portrait(entity: EntityRef): Portrait | undefined
  /** The lines behind an alert, in the order of the log. */
  lines(alert: Alert): readonly Witness[]
  /** What analysts said of an alert. */
  feedback(id: string): readonly Feedback[]
}

const FILES = 500
const NOTES = 200
/** Digits of shares: their bars are some hundred pixels long. */
const fine = (share: number): number => Number(share.toPrecision(3))

/** What is usual for an entity, shares in few digits. */
export function usualOf(portrait: Portrait | undefined) {
  const { hours, ...lists } = contextOf(portrait)
  const shorter = (values: typeof lists.places) => values.map(({ value, share }) => ({ value, share: fine(share) }))
  return {
    hours: hours?.map(fine) ?? null,
    places: shorter(lists.places),
    networks: shorter(lists.networks),
    devices: shorter(lists.devices),
    services: shorter(lists.services),
  }
}

/** `context`: where in the list of contexts its entity's habits stand. */
export function alertInReport(alert: Alert, lines: readonly Witness[], feedback: readonly Feedback[], context: number) {
  const said = feedbackOut(feedback)
  return {
    ...alertOut({ alert, label: said.at(-1)?.label ?? null }),
    context,
    feedback: said,
    raw: lines.map(({ event, time, file, number, text }) => ({
      event_id: event,
      time: isoOrNull(time),
      door: file,
      place: placeWords(file, number, ''),
      line: text,
      cited: true,
    })),
  }
}

export function logInReport({ alerts, tally, summary, configuration, files, notes, stopped }: Reported) {
  const { users, hosts, addresses, strangers } = summary
  return {
    first: Number.isFinite(tally.first) ? iso(tally.first) : null,
    last: Number.isFinite(tally.last) ? iso(tally.last) : null,
    lines: tally.lines,
    events: tally.events,
    absorbed: tally.absorbedTotal,
    refused: tally.refusedTotal,
    stopped,
    files: files.slice(0, FILES),
    files_total: files.length,
    reasons: refusedByCount(tally).map((refused) => ({
      reason: refused.reason,
      detail: detailOf({ reason: refused.reason, detail: refused.example.detail }),
      count: refused.count,
      example: { place: placeWords(refused.example.file, refused.example.line, ''), line: refused.example.text },
    })),
    absorbed_reasons: [...tally.absorbed].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count),
    learned: { users, hosts, addresses, strangers },
    warmup: { from: configuration.warmup_from, until: configuration.warmup_until },
    budget_per_day: configuration.budget_per_day,
    over_budget: alerts.filter(({ state }) => state === 'over_budget').length,
    notes: [...new Set(notes)].slice(0, NOTES),
  }
}
