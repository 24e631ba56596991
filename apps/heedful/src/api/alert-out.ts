/** An alert in outward names. */
import type { Alert, Portrait } from '@heedful/stream'
import type { Static } from 'typebox'
import { outward } from '../exports/numbers.ts'
import { doorsOf } from '../log/activations.ts'
import { findLines } from '../replay/find-alert.ts'
import type { View } from '../serving/view.ts'
import type { Label, Labelled } from '../store/alerts-table.ts'
import type { Feedback } from '../store/feedback-table.ts'
import { placeWords } from './place.ts'
import type { AlertDetail, AlertOut, AlertSummary } from './schemas/alerts.ts'

export const iso = (time: number): string => new Date(time).toISOString()
/** Null where a line has no time. */
export const isoOrNull = (time: number | null): string | null =>
  time === null || !Number.isFinite(time) ? null : iso(time)

export function alertSummary({ alert, label }: Labelled): Static<typeof AlertSummary> {
  return {
    id: alert.id,
    time: iso(alert.time),
    last_time: iso(alert.lastTime),
    entity: alert.entity,
    severity: alert.severity,
    risk: outward(alert.risk) ?? 0,
    p_value: outward(alert.pValue),
    modelled: alert.modelled,
    title: alert.title,
    state: alert.state,
    label,
    reasons: alert.reasons.map(({ normal, weight, ...reason }) => ({
      ...reason,
      normal: normal ?? null,
      weight: outward(weight) ?? 0,
    })),
    events_total: alert.eventsTotal,
    techniques: alert.techniques,
    victims: alert.victims,
    victims_total: alert.victimsTotal,
  }
}

export const alertOut = (labelled: Labelled): Static<typeof AlertOut> => ({
  ...alertSummary(labelled),
  events: labelled.alert.events,
})

export const labelOut = (label: string): Label | null => (label === 'benign' || label === 'malicious' ? label : null)

/** What is usual for an entity. */
export function contextOf(portrait: Portrait | undefined): Static<typeof AlertDetail>['context'] {
  const values = (feature: string) =>
    (portrait?.habits.find((habit) => habit.feature === feature)?.values ?? []).map(({ value, share }) => ({
      value,
      share,
    }))
  return {
    hours: portrait?.hours === undefined ? null : [...portrait.hours],
    places: values('country'),
    networks: values('network'),
    devices: values('agent'),
    services: values('service'),
  }
}

export const feedbackOut = (feedback: readonly Feedback[]): Static<typeof AlertDetail>['feedback'] =>
  feedback.map(({ time, label, note }) => ({ time: iso(time), label: labelOut(label), note: note ?? null }))

function rawOf(view: View, alert: Alert): Static<typeof AlertDetail>['raw'] {
  const { space } = view
  const names = new Map(doorsOf(space.log).map(({ door, name }) => [door, name]))
  return findLines(space, alert).map(({ event, time, door, file, number, text }) => ({
    event_id: event,
    time: isoOrNull(time),
    door: names.get(door) ?? String(door),
    place: placeWords(file === '' ? '' : (view.dropped ?? file), number, names.get(door) ?? `door ${door}`),
    line: text,
    cited: true,
  }))
}

/** With what analysts said, what is usual for its entity, and its lines. */
export function alertDetail(view: View, labelled: Labelled): Static<typeof AlertDetail> {
  const { alert } = labelled
  return {
    ...alertOut(labelled),
    feedback: feedbackOut(view.space.store.tables.feedback.of(alert.id)),
    context: contextOf(view.runner.portrait(alert.entity)),
    raw: rawOf(view, alert),
  }
}
