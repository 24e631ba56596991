/** What "finds attacks" means, exactly as it was agreed. */
import { averagePrecision } from './statistics.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The campaign that at least half of the cited events belong to, if the entity is one that it used or attacked. */
export function truthOf({ entity, events }, log, lineOfEvent, storyOf) {
  const counts = new Map()
  for (const id of events) {
    const campaign = log.campaign[lineOfEvent.get(id)]
    if (campaign !== undefined) counts.set(campaign, (counts.get(campaign) ?? 0) + 1)
  }
  for (const [campaign, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    if (2 * count < events.length) break
    const story = storyOf.get(campaign)
    if (story?.entities.has(`${entity.type} ${entity.id}`)) return story
  }
  return undefined
}

/**
 * Judges alerts, each `{ entity, events, raisedAt }`, in the order they were raised.
 * kind: `found` (the first true one in time), `further` (true, of a campaign already found), `late` (true, after the campaign's
 * last event plus an hour), `false`.
 */
export function judge(alerts, log, lineOfEvent) {
  const storyOf = new Map(log.campaigns.map((c) => [c.id, { ...c, entities: new Set(c.entities) }]))
  const found = new Map()
  const judged = []
  for (const alert of [...alerts].sort((a, b) => a.raisedAt - b.raisedAt)) {
    const story = truthOf(alert, log, lineOfEvent, storyOf)
    let kind = 'false'
    if (story !== undefined) {
      if (found.has(story.id)) kind = 'further'
      else if (alert.raisedAt <= story.last + HOUR) {
        kind = 'found'
        found.set(story.id, alert.raisedAt)
      } else kind = 'late'
    }
    judged.push({ ...alert, kind, campaign: story?.id })
  }
  return { judged, found }
}

/** Alerts of each scored day, also of days without any. */
export function perDay(alerts, from, until) {
  const days = new Array(Math.max(1, Math.round((until - from) / DAY))).fill(0)
  for (const { raisedAt } of alerts) {
    const day = Math.floor((raisedAt - from) / DAY)
    days[Math.min(days.length - 1, Math.max(0, day))]++
  }
  return days
}

const scoredAlerts = (concluded, log) =>
  concluded.alerts
    .filter(({ alert, raisedAt }) => raisedAt !== undefined && alert.time >= log.teachUntil)
    .map(({ alert, raisedAt }) => ({ entity: alert.entity, events: alert.events, raisedAt, alert }))

/** Event-level average precision, ordered by `strangeness` of a line. */
function eventPrecision(concluded, log, strangeness) {
  const scores = []
  const labels = []
  for (let i = 0; i < log.lines.length; i++) {
    if (concluded.times[i] < log.teachUntil) continue
    scores.push(strangeness(i))
    labels.push(log.campaign[i] !== undefined)
  }
  return averagePrecision(scores, labels)
}

/** How many benign events of each week after the warm-up lie below p = 0.01 and 0.001. */
export function calibrationOf({ p, times }, log) {
  const weeks = []
  for (let i = 0; i < p.length; i++) {
    if (times[i] < log.teachUntil || log.campaign[i] !== undefined || Number.isNaN(p[i])) continue
    const week = Math.floor((times[i] - log.teachUntil) / (7 * DAY))
    weeks[week] ??= { events: 0, hundredth: 0, thousandth: 0 }
    weeks[week].events++
    if (p[i] <= 0.01) weeks[week].hundredth++
    if (p[i] <= 0.001) weeks[week].thousandth++
  }
  return weeks
}

/** Everything that is reported of one log at one budget. */
export function measureLog(concluded, log, naive) {
  const until = log.start + DAY * Math.ceil((concluded.times[concluded.times.length - 1] - log.start) / DAY)
  const alerts = scoredAlerts(concluded, log)
  const { judged, found } = judge(alerts, log, concluded.lineOfEvent)
  const of = (kind) => judged.filter((one) => one.kind === kind)
  const campaigns = log.campaigns.map((c) => ({
    id: c.id,
    kind: c.kind,
    difficulty: c.difficulty,
    found: found.has(c.id),
    minutes: found.has(c.id) ? (found.get(c.id) - c.first) / 60_000 : undefined,
  }))
  const ruled = naive.alerts(log.teachUntil, alerts.length)
  const rule = judge(
    ruled.kept.map((one) => ({ ...one, raisedAt: one.time })),
    log,
    concluded.lineOfEvent,
  )
  return {
    judged,
    result: {
      campaigns,
      alerts: {
        raised: alerts.length,
        found: of('found').length,
        further: of('further').length,
        late: of('late').length,
        false: of('false').length,
      },
      overBudget: concluded.alerts.filter(
        ({ alert, raisedAt }) => raisedAt === undefined && alert.time >= log.teachUntil,
      ).length,
      falsePerDay: perDay(of('false'), log.teachUntil, until),
      alertsPerDay: perDay(alerts, log.teachUntil, until),
      averagePrecision: {
        byRisk: eventPrecision(concluded, log, (i) => concluded.risk[i]),
        // An event that nothing was concluded of counts as the least strange.
        byP: eventPrecision(concluded, log, (i) => (Number.isNaN(concluded.p[i]) ? -1 : -Math.log(concluded.p[i]))),
      },
      weeks: calibrationOf(concluded, log),
      naive: {
        hits: ruled.all,
        kept: ruled.kept.length,
        found: rule.found.size,
        false: rule.judged.filter((one) => one.kind === 'false').length,
      },
      letters: Object.fromEntries(concluded.letters),
      absorbed: Object.fromEntries(concluded.absorbed),
      seconds: concluded.seconds,
    },
  }
}

/** With the attacks left out every alert is one too many. */
export function measureQuiet(concluded, log) {
  const until = log.start + DAY * Math.ceil((concluded.times[concluded.times.length - 1] - log.start) / DAY)
  return {
    alertsPerDay: perDay(scoredAlerts(concluded, log), log.teachUntil, until),
    weeks: calibrationOf(concluded, log),
    seconds: concluded.seconds,
  }
}
