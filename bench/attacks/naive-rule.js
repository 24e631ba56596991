/**
 * The rule that everybody writes first: "a new country or five failures". Its hits become incidents as ours do: under one
 * entity, joined while fewer than 24 hours are quiet; failures against three accounts or more are the address's.
 */
const HOUR = 3_600_000
const QUIET = 24 * HOUR
const FAILURES = 5
const LISTED = 50

export function openNaiveRule() {
  const countries = new Map()
  const failures = new Map()
  const open = new Map()
  const incidents = []

  function hit(type, id, time, events) {
    const key = `${type} ${id}`
    let incident = open.get(key)
    if (incident === undefined || time > incident.last + QUIET) {
      incident = { entity: { type, id }, time, last: time, hits: 0, events: [] }
      open.set(key, incident)
      incidents.push(incident)
    }
    incident.last = time
    incident.hits++
    for (const event of events)
      if (incident.events.length < LISTED && !incident.events.includes(event)) incident.events.push(event)
  }

  function noteFailure(key, event, user) {
    const recent = (failures.get(key) ?? []).filter(({ time }) => time > event.time - HOUR)
    recent.push({ id: event.id, time: event.time, user })
    failures.set(key, recent.slice(-200))
    return recent
  }

  function judge(event) {
    const name = event.actor?.name ?? event.user?.name
    const ip = event.srcEndpoint?.ip
    if (name === undefined) return
    if (event.status === 'failure') {
      const byUser = noteFailure(`user ${name}`, event, name)
      const byAddress = ip === undefined ? [] : noteFailure(`address ${ip}`, event, name)
      const wide = new Set(byAddress.map(({ user }) => user)).size >= 3
      if (byAddress.length >= FAILURES && wide)
        hit(
          'address',
          ip,
          event.time,
          byAddress.map(({ id }) => id),
        )
      else if (byUser.length >= FAILURES)
        hit(
          'user',
          name,
          event.time,
          byUser.map(({ id }) => id),
        )
      return
    }
    const country = event.srcEndpoint?.location?.country
    if (event.class !== 'authentication' || country === undefined) return
    const seen = countries.get(name) ?? new Set()
    countries.set(name, seen)
    if (seen.size > 0 && !seen.has(country)) hit('user', name, event.time, [event.id])
    seen.add(country)
  }

  return {
    judge,
    /** Incidents that opened from `from` on; the `count` with most hits, as a person would sort them. */
    alerts(from, count) {
      const scored = incidents.filter(({ time }) => time >= from)
      scored.sort((a, b) => b.hits - a.hits || a.time - b.time)
      return { all: scored.length, kept: scored.slice(0, count) }
    },
  }
}
