/** Lines → the records that intake would write → the fold; and what it concluded, beside the truth. */
import { openFold } from '@heedful/stream'
import { sources } from '@heedful/stream/sources/registry'

const MINUTE = 60_000
const DAY = 86_400_000
const FORMAT = 'ecs-ndjson'

/** The whole log's records, one after the other, as `[record, position, line]`; line −1 where it is none. */
export function* recordsOf(lines) {
  const source = sources.get(FORMAT)
  if (source === undefined)
    throw new Error(`no source is called "${FORMAT}": known are ${[...sources.keys()].join(', ') || 'none'}`)
  const clock = source.clock({ timezone: 'UTC', year: 0, last: Number.NaN })
  const door = { door: 1, name: 'bench', format: FORMAT, timezone: 'UTC' }
  let position = 0
  yield [{ kind: 'activate', what: 'door', hash: '', content: JSON.stringify(door) }, position++, -1]
  let minute = Number.NEGATIVE_INFINITY
  for (let i = 0; i < lines.length; i++) {
    const time = clock.read(lines[i])
    if (Math.floor(time / MINUTE) > minute) {
      minute = Math.floor(time / MINUTE)
      yield [{ kind: 'tick', time: minute * MINUTE }, position++, -1]
    }
    yield [{ kind: 'raw', door: 1, line: lines[i], time, occurrence: 0 }, position++, i]
  }
  yield [{ kind: 'tick', time: (minute + 1) * MINUTE }, position++, -1]
  yield [{ kind: 'tick', time: (Math.floor(minute / (24 * 60)) + 1) * DAY }, position++, -1]
}

/** As the app sets them: the second half of the warm-up is what later events are compared with. */
export function settingsFor({ start, teachUntil }, { budget = 20, seed = 1, shards = 1 } = {}) {
  return {
    tenant: 'default',
    budgetPerDay: budget,
    warmupUntil: teachUntil,
    collectFrom: (start + teachUntil) / 2,
    seed,
    shards,
  }
}

const pause = () => new Promise((resolve) => setImmediate(resolve))

/**
 * Runs the fold over a labelled log.
 * @returns p and risk, line by line (NaN where no p was concluded); alerts with the moment they were first said; letters by reason
 */
export async function concludeLog(log, { budget, seed, onEvent, onAlert, onProgress, stopped }) {
  const p = new Float64Array(log.lines.length).fill(Number.NaN)
  const risk = new Float64Array(log.lines.length)
  const lineOfEvent = new Map()
  const alerts = new Map()
  const letters = new Map()
  const absorbed = new Map()
  let now = 0
  let line = -1
  const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1)
  const lineAt = new Map()
  const conclusions = {
    verdict(verdict, event) {
      const at = lineAt.get(verdict.position) ?? line
      p[at] = Number.isNaN(p[at]) ? verdict.pValue : Math.min(p[at], verdict.pValue)
      risk[at] = Math.max(risk[at], verdict.risk)
      lineOfEvent.set(verdict.event, at)
      onEvent?.(event, at, verdict)
    },
    alert(alert) {
      const known = alerts.get(alert.id)
      const raisedAt = known?.raisedAt ?? (alert.state === 'raised' ? Math.max(now, alert.time) : undefined)
      alerts.set(alert.id, { alert: structuredClone(alert), raisedAt })
      onAlert?.(alert, fold)
    },
    deadLetter: ({ reason }) => count(letters, reason),
    absorbed: (why) => count(absorbed, why),
  }
  const times = new Float64Array(log.lines.length)
  const fold = openFold(settingsFor(log, { budget, seed }), { hash: 'none' }, conclusions)
  const started = performance.now()
  for (const [record, position, at] of recordsOf(log.lines)) {
    line = at
    if (record.kind === 'raw') {
      lineAt.set(position, at)
      times[at] = record.time
      if (record.time > now) now = record.time
    } else if (record.kind === 'tick') now = Math.max(now, record.time)
    fold.step(record, position)
    if (position % 4096 === 0) {
      onProgress?.(Math.max(0, at) / log.lines.length)
      await pause()
      if (stopped?.()) return undefined
    }
  }
  const seconds = (performance.now() - started) / 1000
  return {
    p,
    risk,
    times,
    lineOfEvent,
    alerts: [...alerts.values()],
    letters,
    absorbed,
    seconds,
    summary: fold.summary(),
  }
}
