/** One entity in full. */
import type { EntityRef, Portrait } from '@heedful/stream'
import type { Static } from 'typebox'
import { outward } from '../exports/numbers.ts'
import { timeOf, type View } from '../serving/view.ts'
import type { Labelled } from '../store/alerts-table.ts'
import type { KnownEntity } from '../store/entities-table.ts'
import { alertSummary, iso } from './alert-out.ts'
import type { EntityOut } from './schemas/entities.ts'

const HOUR = 3_600_000
const RISK_DAYS = 28
const ALERTS = 50
const MEMBERS = 20

/** The bands that scores are compared in. */
function maturityOf(lessons: number): string {
  if (lessons < 3) return 'new'
  if (lessons < 10) return 'hardly known'
  return lessons < 30 ? 'known a little' : 'well known'
}

function contributionsOf(alerts: readonly Labelled[]): Static<typeof EntityOut>['contributions'] {
  const sums = new Map<string, { behaviour: string; title: string; family: string; weight: number }>()
  for (const { behaviour, title, family, weight } of alerts.flatMap(({ alert }) => alert.reasons)) {
    const known = sums.get(behaviour)
    if (known === undefined) sums.set(behaviour, { behaviour, title, family, weight })
    else known.weight += weight
  }
  return [...sums.values()]
    .sort((a, b) => b.weight - a.weight || (a.behaviour < b.behaviour ? -1 : 1))
    .map((one) => ({ ...one, weight: outward(one.weight) ?? 0 }))
}

function habitsOf(portrait: Portrait | undefined): Static<typeof EntityOut>['habits'] {
  return (portrait?.habits ?? []).map(({ feature, summary, values }) => ({
    feature,
    summary,
    values: values.map(({ value, share, peersShare }) => ({
      value,
      share: outward(share) ?? 0,
      peers_share: outward(peersShare),
    })),
  }))
}

function spanOf(
  known: KnownEntity | undefined,
  portrait: Portrait | undefined,
  alerts: readonly Labelled[],
  now: number,
) {
  const times = alerts.flatMap(({ alert }) => [alert.time, alert.lastTime])
  return {
    first: known?.first ?? portrait?.first ?? Math.min(now, ...times),
    last: known?.last ?? portrait?.last ?? Math.max(...times),
  }
}

/** Undefined where nothing is known of it. */
export function entityOut(view: View, asked: EntityRef): Static<typeof EntityOut> | undefined {
  const now = timeOf(view)
  const { entities, alerts } = view.space.store.tables
  const portrait = view.runner.portrait(asked)
  const known = entities.find(asked, now) ?? (portrait && entities.find(portrait.entity, now))
  const { found } = alerts.list({ entity: asked, limit: ALERTS })
  if (portrait === undefined && known === undefined && found.length === 0) return undefined
  const group = portrait?.group || known?.peers || ''
  const { size, members } = entities.peers(group, now, MEMBERS)
  const { first, last } = spanOf(known, portrait, found, now)
  const recent = found.filter(({ alert }) => alert.time > now - RISK_DAYS * 24 * HOUR)
  const lessons = portrait?.lessons ?? 0
  return {
    entity: asked,
    first: iso(first),
    last: iso(last),
    events: known?.events ?? 0,
    maturity: { events: lessons, label: maturityOf(lessons) },
    peers: { group: group || null, size, members: members.map(({ id, risk }) => ({ id, risk: outward(risk) ?? 0 })) },
    risk_now: outward(known?.risk ?? 0) ?? 0,
    risk: entities
      .risks(asked)
      .filter(({ hour }) => hour * HOUR > now - RISK_DAYS * 24 * HOUR)
      .map(({ hour, risk }) => ({ time: iso(hour * HOUR), risk: outward(risk) ?? 0 })),
    contributions: contributionsOf(recent),
    hours: portrait?.hours === undefined ? null : portrait.hours.map((share) => outward(share) ?? 0),
    habits: habitsOf(portrait),
    alerts: found.map(alertSummary),
  }
}
