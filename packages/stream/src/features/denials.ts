import { keptUntil } from '../memory/active-hours.ts'
import type { Feature, Seen } from './feature.ts'
import { count, usually } from './in-words.ts'

interface DenialsMemory {
  /** Refused accesses of the last hour, fading. */
  recent: number
  /** ms UTC of the last one. */
  time: number
  /** Habit: refused accesses, and hours with any access. */
  denied: number
  hours: number
  hour: number
}

export type DenialsValues = {
  readonly recent: number
  /** Habit: Gamma posterior of refusals an active hour. */
  readonly shape: number
  readonly rate: number
}

const HOUR_MS = 3_600_000
const PRIOR_SHAPE = 0.3
const PRIOR_RATE = 6
/** More than this an hour teaches nothing: trying every door must not become usual. */
const TAUGHT = 3

/** Log-ins have features of their own. */
const concerns = ({ event }: Seen): boolean => event.class !== 'authentication' && event.status !== 'unknown'

function read(memory: DenialsMemory, { event }: Seen): DenialsValues | undefined {
  if (event.status !== 'failure') return undefined
  const recent = memory.recent * Math.exp(-Math.max(0, event.time - memory.time) / HOUR_MS) + event.count
  return { recent, shape: PRIOR_SHAPE + memory.denied, rate: PRIOR_RATE + memory.hours }
}

export const denials: Feature<DenialsMemory, DenialsValues> = {
  id: 'denials',
  version: 1,
  about: 'user',
  summary: 'How often a person is refused what they reach for.',
  start: () => ({ recent: 0, time: 0, denied: 0, hours: 0, hour: -1 }),
  read: (memory, seen) => (concerns(seen) ? read(memory, seen) : undefined),
  tell(memory, seen) {
    const rate = (PRIOR_SHAPE + memory.denied) / (PRIOR_RATE + memory.hours)
    return {
      observed: `${count(read(memory, seen)?.recent ?? 0, 'access', 'accesses')} refused within an hour`,
      expected: usually(rate, 'refusal'),
    }
  },
  maturity: (memory) => memory.hours,
  note(memory, seen) {
    if (!concerns(seen)) return
    const { event, hour } = seen
    if (hour > memory.hour) {
      const keep = keptUntil(hour, memory.hour)
      memory.denied = Math.fround(memory.denied * keep)
      memory.hours = Math.fround(memory.hours * keep + 1)
      memory.hour = hour
    }
    const values = read(memory, seen)
    if (values === undefined) return
    memory.recent = Math.fround(values.recent)
    memory.time = Math.max(memory.time, event.time)
    if (values.recent <= TAUGHT) memory.denied += event.count
  },
}
