import type { Feature } from './feature.ts'

interface SilenceMemory {
  /** The first and the last day that somebody was active, days since 1970; −1 before the first. */
  first: number
  last: number
  /** Active days, fading with a half-life of 60 days, and all days, fading alike. */
  active: number
  days: number
}

export type SilenceValues = {
  /** Whole days without any activity before this event. */
  readonly silent: number
  /** −ln of the probability of that many silent days, by the share of days that were active. */
  readonly surprise: number
}

const FADE = Math.exp(-Math.LN2 / 60)

function read(memory: SilenceMemory, hour: number): SilenceValues | undefined {
  if (memory.last < 0) return undefined
  const silent = Math.max(0, Math.floor(hour / 24) - memory.last - 1)
  const share = Math.min(0.9, (memory.active + 0.5) / (memory.days + 1))
  return { silent, surprise: -silent * Math.log(1 - share) }
}

export const silence: Feature<SilenceMemory, SilenceValues> = {
  id: 'silence',
  version: 1,
  about: 'user',
  summary: 'How long a person has been silent, against how often they are active.',
  start: () => ({ first: -1, last: -1, active: 0, days: 0 }),
  read: (memory, { hour }) => read(memory, hour),
  tell(memory, { hour }) {
    const days = read(memory, hour)?.silent ?? 0
    const every = memory.active > 0 ? memory.days / memory.active : 1
    return { observed: `active after ${days} silent days`, expected: `active about every ${every.toFixed(1)} days` }
  },
  maturity: (memory) => memory.days,
  note(memory, { event, hour }) {
    if (event.status !== 'success') return
    const day = Math.floor(hour / 24)
    if (memory.first < 0) memory.first = day
    if (day <= memory.last) return
    // A long silence is forgotten at the first sign of life, else an account would seem dormant for weeks after.
    const passed = memory.last < 0 ? 1 : Math.min(14, day - memory.last)
    for (let i = 0; i < passed; i++) {
      memory.active *= FADE
      memory.days = memory.days * FADE + 1
    }
    memory.active += 1
    memory.last = day
  },
}
