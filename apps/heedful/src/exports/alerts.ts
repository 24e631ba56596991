/** Alerts as they leave the house: one JSON object a line, in snake_case. */
import type { Alert } from '@heedful/stream'
import { escapeInvisible } from '../terminal/plain-text.ts'
import { outward } from './numbers.ts'

const CITED = 50

export function alertObject(alert: Alert): object {
  return {
    id: alert.id,
    time: new Date(alert.time).toISOString(),
    entity: { type: alert.entity.type, id: alert.entity.id },
    severity: alert.severity,
    risk: outward(alert.risk),
    p_value: outward(alert.pValue),
    title: alert.title,
    reasons: alert.reasons.map(({ text, behaviour, observed, expected, weight }) => ({
      text,
      behaviour,
      observed,
      expected,
      weight: outward(weight),
    })),
    events: alert.events.slice(0, CITED),
    events_total: alert.eventsTotal,
    techniques: alert.techniques,
  }
}

/** JSON whose every character is safe to show: a user's name may hold escape sequences. */
export const safeJson = (value: unknown, indent?: number): string =>
  escapeInvisible(JSON.stringify(value, null, indent))

export function* alertLines(alerts: readonly Alert[]): Generator<string> {
  for (const alert of alerts) if (alert.state === 'raised') yield `${safeJson(alertObject(alert))}\n`
}
