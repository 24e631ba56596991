import { coarse } from '../memory/coarse.ts'
import type { Feature } from './feature.ts'
import { count } from './in-words.ts'

/** By day of the week: active days, and all days, fading. */
interface SilenceMemory {
  /** The last day that somebody was active, days since 1970; −1 before the first. */
  last: number
  active: number[]
  days: number[]
}

export type SilenceValues = {
  /** Whole days without any activity before this event. */
  readonly silent: number
  /** −ln of the probability of those silent days, by how often such days of the week were active. */
  readonly surprise: number
}

/** Each day of the week comes once in seven days: a half-life of about ten weeks. */
const FADE = Math.exp(-Math.LN2 / 10)
/** Beyond this a silence is only long. */
const MOST_DAYS = 120

const weekday = (day: number): number => (day + 3) % 7

/** The share of such days that were active; a newcomer is lent one working day in two. */
const share = ({ active, days }: SilenceMemory, at: number): number =>
  Math.min(0.9, ((active[at] as number) + 0.5) / ((days[at] as number) + 1))

function read(memory: SilenceMemory, hour: number): SilenceValues | undefined {
  if (memory.last < 0) return undefined
  const silent = Math.max(0, Math.floor(hour / 24) - memory.last - 1)
  let surprise = 0
  for (let i = 1; i <= Math.min(silent, MOST_DAYS); i++)
    surprise -= Math.log(1 - share(memory, weekday(memory.last + i)))
  return { silent, surprise }
}

export const silence: Feature<SilenceMemory, SilenceValues> = {
  id: 'silence',
  version: 1,
  about: 'user',
  summary: 'How long a person has been silent, against how often they are active on such days.',
  start: () => ({ last: -1, active: [0, 0, 0, 0, 0, 0, 0], days: [0, 0, 0, 0, 0, 0, 0] }),
  // A failed try wakes nobody.
  read: (memory, { hour, event }) => (event.status === 'success' ? read(memory, hour) : undefined),
  tell(memory, { hour }) {
    const active = memory.active.reduce((sum, days) => sum + days, 0)
    const days = memory.days.reduce((sum, all) => sum + all, 0)
    return {
      observed: `active after ${count(read(memory, hour)?.silent ?? 0, 'silent day')}`,
      expected:
        days < 1.05 * active || active === 0
          ? 'active about every day'
          : `active about every ${(days / active).toFixed(1)} days`,
    }
  },
  maturity: (memory) => memory.days.reduce((sum, days) => sum + days, 0),
  note(memory, { event, hour }) {
    if (event.status !== 'success') return
    const day = Math.floor(hour / 24)
    if (day <= memory.last) return
    // A long silence counts as two weeks: else an account would seem dormant for months after.
    const since = memory.last < 0 ? day - 1 : Math.max(memory.last, day - 14)
    for (let passed = since + 1; passed <= day; passed++) {
      const at = weekday(passed)
      memory.active[at] = coarse((memory.active[at] as number) * FADE + (passed === day ? 1 : 0))
      memory.days[at] = coarse((memory.days[at] as number) * FADE + 1)
    }
    memory.last = day
  },
}
