/** How things stand in a space. */
import type { Static } from 'typebox'
import { outward } from '../exports/numbers.ts'
import { configurationOf } from '../log/activations.ts'
import { timeOf, type View } from '../serving/view.ts'
import { iso } from './alert-out.ts'
import type { DemoOut, NowOut } from './schemas/now.ts'

const DAY = 86_400_000
const RISKIEST = 10

function riskiestOf({ space }: View, now: number): Static<typeof NowOut>['riskiest'] {
  const { entities, alerts } = space.store.tables
  const risky = entities.list({ order: 'risk', limit: RISKIEST, now }).filter(({ risk }) => risk > 0)
  return risky.map(({ type, id, risk, last }) => {
    const [alert] = alerts.list({ entity: { type, id }, state: 'raised', from: now - DAY, limit: 1 }).found
    return {
      type,
      id,
      risk: outward(risk) ?? 0,
      last: iso(last),
      title: alert?.alert.title ?? null,
      alert: alert?.alert.id ?? null,
    }
  })
}

/** `rate`: events a second. */
export function nowOut(view: View, demo: Static<typeof DemoOut> | null, rate = 0): Static<typeof NowOut> {
  const now = timeOf(view)
  const { runner, lag, lagSeconds, space } = view
  const { alerts, doors } = space.store.tables
  const { users, hosts, addresses, events } = runner.summary()
  const configuration = configurationOf(space.log)
  const until = configuration === undefined ? 0 : Date.parse(configuration.warmup_until)
  return {
    time: iso(now),
    events_total: events,
    events_per_second: rate,
    lag_records: lag,
    lag_seconds: outward(lagSeconds) ?? 0,
    alerts_today: alerts.countRaised(Math.floor(now / DAY) * DAY),
    budget_per_day: view.budget,
    level: outward(runner.level) ?? 0,
    users,
    hosts,
    addresses,
    refused_total: doors.all().reduce((sum, { refused }) => sum + refused, 0),
    warmup_until: until > now ? iso(until) : null,
    riskiest: riskiestOf(view, now),
    demo,
  }
}
