/** Misses and false alerts in words: what was seen of a missed campaign, what made a false alert. */
const stamp = (t) => new Date(t).toISOString().slice(5, 16).replace('T', ' ')
const top = (counts, n) => [...counts].sort((a, b) => b[1] - a[1]).slice(0, n)

function tally(values) {
  const counts = new Map()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** A line as one reads it: who did what, from where, on what. */
export function brief(line) {
  const e = JSON.parse(line)
  const get = (path) => e[path] ?? path.split('.').reduce((value, key) => value?.[key], e)
  const parts = [
    get('event.action'),
    get('event.outcome') === 'failure' ? `FAILED ${get('event.reason') ?? ''}` : '',
    get('user.name'),
    get('source.ip'),
    get('source.geo.country_iso_code'),
    get('source.geo.city_name'),
    get('source.as.organization.name'),
    get('host.name'),
    get('service.name'),
    get('file.path'),
    get('url.path'),
    get('process.command_line'),
    get('destination.bytes') ? `${(get('destination.bytes') / 1e6).toFixed(1)} MB` : '',
    (get('user_agent.original') ?? '').replace(/^Mozilla\/5\.0 /, '').slice(0, 60),
  ]
  return parts.filter(Boolean).join(' · ')
}

export function explainMiss(campaign, log, concluded, judged) {
  const lines = log.campaign.flatMap((id, i) => (id === campaign.id ? [i] : []))
  const order = lines.filter((i) => !Number.isNaN(concluded.p[i])).sort((a, b) => concluded.p[a] - concluded.p[b])
  const text = [
    `MISSED  ${campaign.id} ${campaign.kind} (${campaign.difficulty}), ${lines.length} events, ${stamp(campaign.first)} to ${stamp(campaign.last)}`,
  ]
  if (order.length === 0) text.push('        nothing was concluded of any of its events')
  for (const i of order.slice(0, 4)) {
    const p = concluded.p[i]
    text.push(
      `        ${stamp(concluded.times[i])}  p ${p.toExponential(1)} (surprise ${(-Math.log(p)).toFixed(1)})  ${brief(log.lines[i])}`,
    )
  }
  const cited = new Set(lines)
  for (const { alert, raisedAt } of concluded.alerts) {
    const own = alert.events.filter((id) => cited.has(concluded.lineOfEvent.get(id))).length
    if (own === 0) continue
    const verdict =
      judged.find((one) => one.alert.id === alert.id)?.kind ?? (raisedAt === undefined ? alert.state : 'not scored')
    text.push(
      `        → cited ${own} of ${alert.events.length} in ${verdict} alert of ${alert.entity.type} ${alert.entity.id}: ${alert.title} (${stamp(alert.time)})`,
    )
  }
  return text.join('\n')
}

export function explainFalse({ alert, kind, raisedAt }, log, concluded) {
  const at = alert.events.map((id) => concluded.lineOfEvent.get(id))
  const looks = top(
    tally(at.map((i) => log.lookAlike[i] ?? (log.campaign[i] ? `attack ${log.campaign[i]}` : 'ordinary'))),
    3,
  )
  const text = [
    `${kind.toUpperCase().padEnd(7)} ${stamp(raisedAt)}  ${alert.entity.type} ${alert.entity.id}: ${alert.title}; risk ${alert.risk.toFixed(1)}, p ${alert.pValue.toExponential(1)}, ${alert.eventsTotal} events`,
    `        events are: ${looks.map(([name, n]) => `${name} ×${n}`).join(', ')}`,
  ]
  for (const reason of alert.reasons.slice(0, 4))
    text.push(`        ${reason.weight.toFixed(1).padStart(5)}  ${reason.behaviour}: ${reason.text}`)
  const strange = at.filter((i) => i !== undefined).sort((a, b) => concluded.p[a] - concluded.p[b])
  for (const i of strange.slice(0, 2)) text.push(`               ${brief(log.lines[i])}`)
  return text.join('\n')
}

/** Which look-alikes and which behaviours the false alerts came from: where to look first. */
export function summariseFalse(judged, log, concluded) {
  const wrong = judged.filter(({ kind }) => kind === 'false')
  const look = tally(
    wrong.map(
      ({ alert }) =>
        top(tally(alert.events.map((id) => log.lookAlike[concluded.lineOfEvent.get(id)] ?? 'ordinary')), 1)[0]?.[0],
    ),
  )
  const first = tally(wrong.map(({ alert }) => alert.reasons[0]?.behaviour ?? '(none)'))
  return { look: Object.fromEntries(look), first: Object.fromEntries(first) }
}
