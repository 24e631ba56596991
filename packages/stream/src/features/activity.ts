import { centreOf, learnMoments, type Moments, standardised, startMoments } from '../memory/moments.ts'
import { isAlike, learnDay, type Records, startRecords } from '../memory/records.ts'
import type { Feature, Seen } from './feature.ts'
import { count } from './in-words.ts'

interface ActivityMemory {
  /** Successful actions of the last minutes, fading. */
  recent: number
  /** ms UTC of the last one. */
  time: number
  /** ln of `recent` as events found it. */
  usual: Moments
  days: Records
}

export type ActivityValues = {
  /** How many standard deviations ln of the recent actions lies above the habit. */
  readonly excess: number
  /** 1 where no day before had about as many at once. */
  readonly record: number
}

const WINDOW_MS = 20 * 60_000
/** Somebody of whom nothing is known does some things at a time, now and then many. */
const LENT = { lent: 3, mean: Math.log(3), variance: 1 }

const recentOf = (memory: ActivityMemory, { event }: Seen): number =>
  memory.recent * Math.exp(-Math.max(0, event.time - memory.time) / WINDOW_MS) + event.count

const concerns = ({ event }: Seen): boolean => event.status === 'success' && event.activity !== 'logoff'

export const activity: Feature<ActivityMemory, ActivityValues> = {
  id: 'activity',
  version: 1,
  about: 'user',
  summary: 'How much a person does within minutes.',
  start: () => ({ recent: 0, time: 0, usual: startMoments(), days: startRecords() }),
  read(memory, seen) {
    if (!concerns(seen)) return undefined
    const x = Math.log(recentOf(memory, seen))
    return { excess: standardised(memory.usual, x, LENT), record: isAlike(memory.days, x) ? 0 : 1 }
  },
  tell: (memory, seen) => ({
    observed: `${count(recentOf(memory, seen), 'action')} within minutes`,
    expected: `about ${Math.max(1, Math.round(Math.exp(centreOf(memory.usual, LENT))))}`,
  }),
  maturity: (memory) => memory.usual.weight,
  capture: (memory, seen) => (concerns(seen) ? Math.log(recentOf(memory, seen)) : undefined),
  note(memory, seen) {
    if (!concerns(seen)) return
    memory.recent = Math.fround(recentOf(memory, seen))
    memory.time = Math.max(memory.time, seen.event.time)
  },
  learn(memory, seen, _, captured) {
    if (typeof captured !== 'number') return
    learnMoments(memory.usual, captured)
    learnDay(memory.days, Math.floor(seen.hour / 24), captured)
  },
}
