/** A small simulated log as records, in the order and with the ticks that the intake writes. */
import { simulate, toEcs } from '@heedful/simulate'
import type { LogRecord } from '@heedful/stream'
import type { Settings } from '@heedful/stream/settings'

const MINUTE = 60_000

export interface GoldenLog {
  records: LogRecord[]
  settings: Settings
  /** Lines of the simulation, before those that no source reads. */
  lines: number
}

/** Lines that must be refused, wherever they stand: what is damaged is part of what has to stay the same. */
const DAMAGED = ['', '{"@timestamp":', '{"@timestamp":"2026-13-40T00:00:00Z"}', '[]', 'null', '\u0000']

export function writeGoldenLog(options: { users: number; days: number; seed: number }): GoldenLog {
  const { events, span } = simulate(options)
  const door = { door: 1, name: 'ecs-ndjson', format: 'ecs-ndjson', timezone: 'UTC' }
  const records: LogRecord[] = [{ kind: 'activate', what: 'door', hash: '', content: JSON.stringify(door) }]
  let minute = Number.NEGATIVE_INFINITY
  let lines = 0
  for (const { event } of events) {
    const now = Math.floor(event.time / MINUTE)
    if (now > minute) records.push({ kind: 'tick', time: now * MINUTE })
    minute = Math.max(minute, now)
    records.push({ kind: 'raw', door: 1, line: toEcs(event), time: event.time, occurrence: 0 })
    if (lines % 500 === 0) {
      const line = DAMAGED[(lines / 500) % DAMAGED.length] as string
      records.push({ kind: 'raw', door: 1, line, time: Number.NaN, occurrence: lines })
    }
    lines++
  }
  records.push({ kind: 'tick', time: (minute + 2) * MINUTE })
  const settings: Settings = {
    tenant: 'golden',
    // A small organisation and a large appetite: else too few alerts would be pinned.
    budgetPerDay: 200,
    warmupUntil: span.teachUntil,
    collectFrom: span.from + (span.teachUntil - span.from) / 2,
    seed: 1,
    shards: 1,
  }
  return { records, settings, lines }
}
