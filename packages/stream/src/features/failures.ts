import { keptUntil, usualAtMost } from '../memory/active-hours.ts'
import type { Feature, Seen } from './feature.ts'
import { count, usually } from './in-words.ts'

interface FailuresMemory {
  /** ms UTC that the fading counts below were last faded to. */
  time: number
  /** Failures of the last minutes, and of the last hours. */
  burst: number
  slow: number
  /** Failures of the last hours from networks that never led to a success. */
  strange: number
  /** The last networks that failed, with fading counts. */
  failing: { network: string; count: number }[]
  /** Networks and neighbourhoods of addresses that led to a success; the last ones. */
  proven: string[]
  /** Habit: failures, those from networks never proven among them, and hours with any activity. */
  failures: number
  strangeFailures: number
  hours: number
  /** Active hours of the last hours, fading as the slow counts do. */
  lately: number
  hour: number
}

export type FailuresValues = {
  /** 1 for a failure, 0 for a success. */
  readonly failed: number
  /** Failures within minutes, this event included. */
  readonly burst: number
  /** Failures within hours, this event included. */
  readonly slow: number
  /** Failures within hours from networks that never led to a success, this event included. */
  readonly strange: number
  /** Failures within hours from the very network that now succeeds, or fails. */
  readonly before: number
  /** How well the person knows where this comes from: 2 the neighbourhood, 1 the network, 0 neither. */
  readonly known: number
  /** Habit: Gamma posterior of failures an active hour. */
  readonly shape: number
  readonly strangeShape: number
  readonly rate: number
  /** Active hours that the slow counts span. */
  readonly lately: number
}

const BURST_MS = 10 * 60_000
const SLOW_MS = 6 * 3_600_000
const NETWORKS = 8
const PROVEN = 16
/** A connection may try six times (MaxAuthTries of OpenSSH): repeated messages beyond teach nothing more. */
const TRIES = 6

/** One failure in about 20 active hours, worth as little as three hours' evidence. */
const PRIOR_SHAPE = 0.3
const PRIOR_RATE = 6

const concerns = ({ event }: Seen): boolean =>
  event.class === 'authentication' && event.activity === 'logon' && event.status !== 'unknown'
const networkOf = (seen: Seen): string => seen.network ?? 'here'

function faded(memory: FailuresMemory, time: number): { burst: number; slow: number; strange: number; keep: number } {
  const passed = Math.max(0, time - memory.time)
  const keep = Math.exp(-passed / SLOW_MS)
  return {
    burst: memory.burst * Math.exp(-passed / BURST_MS),
    slow: memory.slow * keep,
    strange: memory.strange * keep,
    keep,
  }
}

function knownOf({ proven }: FailuresMemory, seen: Seen): number {
  if (seen.prefix === undefined || proven.includes(seen.prefix)) return 2
  return proven.includes(networkOf(seen)) ? 1 : 0
}

function read(memory: FailuresMemory, seen: Seen): FailuresValues | undefined {
  if (!concerns(seen)) return undefined
  const { event } = seen
  const now = faded(memory, event.time)
  const failed = event.status === 'failure' ? event.count : 0
  const network = networkOf(seen)
  const known = knownOf(memory, seen)
  const before = (memory.failing.find((entry) => entry.network === network)?.count ?? 0) * now.keep
  return {
    failed: failed > 0 ? 1 : 0,
    burst: now.burst + failed,
    slow: now.slow + failed,
    strange: known > 0 ? 0 : now.strange + failed,
    before: before + failed,
    known,
    shape: PRIOR_SHAPE + memory.failures,
    strangeShape: PRIOR_SHAPE + memory.strangeFailures,
    lately: Math.max(1, memory.lately),
    rate: PRIOR_RATE + memory.hours,
  }
}

export const failures: Feature<FailuresMemory, FailuresValues> = {
  id: 'failures',
  version: 1,
  about: 'user',
  summary: 'Failed log-ins of a person: bursts, slow series, from networks never proven, and before a success.',
  start: () => ({
    time: 0,
    burst: 0,
    slow: 0,
    strange: 0,
    failing: [],
    proven: [],
    failures: 0,
    strangeFailures: 0,
    hours: 0,
    lately: 0,
    hour: -1,
  }),
  read,
  tell(memory, seen) {
    const values = read(memory, seen)
    const rate = (PRIOR_SHAPE + memory.failures) / (PRIOR_RATE + memory.hours)
    return {
      observed: `${count(values?.slow ?? 0, 'failure')} within hours, ${shareFrom(values, networkOf(seen))}`,
      expected: usually(rate, 'failure'),
    }
  },
  maturity: (memory) => memory.hours,
  note(memory, seen) {
    if (!concerns(seen)) return
    const { event } = seen
    const values = read(memory, seen) as FailuresValues
    const now = faded(memory, event.time)
    const network = networkOf(seen)
    memory.burst = Math.fround(values.burst)
    memory.slow = Math.fround(values.slow)
    memory.strange = Math.fround(now.strange + (event.status === 'failure' && values.known === 0 ? event.count : 0))
    for (const entry of memory.failing) entry.count = Math.fround(entry.count * now.keep)
    memory.failing = memory.failing.filter((entry) => entry.count > 0.05 && entry.network !== network)
    if (event.status === 'failure')
      memory.failing = [{ network, count: Math.fround(values.before) }, ...memory.failing].slice(0, NETWORKS)
    memory.time = Math.max(memory.time, event.time)
    countHabit(memory, seen, values)
  },
  learn(memory, seen) {
    if (!concerns(seen) || seen.event.status !== 'success') return
    for (const place of [networkOf(seen), seen.prefix]) {
      if (place === undefined) continue
      memory.proven = [place, ...memory.proven.filter((other) => other !== place)].slice(0, PROVEN)
    }
  },
}

function shareFrom(values: FailuresValues | undefined, network: string): string {
  const [all, here] = [Math.round(values?.slow ?? 0), Math.round(values?.before ?? 0)]
  if (here === 0) return `none of them from ${network}`
  if (here < all) return `${here} of them from ${network}`
  return all === 1 ? `from ${network}` : `all from ${network}`
}

function countHabit(memory: FailuresMemory, { event, hour }: Seen, values: FailuresValues): void {
  if (hour > memory.hour) {
    const keep = keptUntil(hour, memory.hour)
    memory.failures = Math.fround(memory.failures * keep)
    memory.strangeFailures = Math.fround(memory.strangeFailures * keep)
    memory.hours = Math.fround(memory.hours * keep + 1)
    const ago = memory.hour < 0 ? 0 : Math.exp((-3_600_000 * (hour - memory.hour)) / SLOW_MS)
    memory.lately = Math.fround(memory.lately * ago + 1)
    memory.hour = hour
  }
  if (event.status !== 'failure') return
  const taught = Math.min(TRIES, event.count)
  if (values.burst <= usualAtMost(values.shape / values.rate)) memory.failures += taught
  if (values.known === 0 && values.strange <= usualAtMost((values.lately * values.strangeShape) / values.rate)) {
    memory.strangeFailures += taught
  }
}
