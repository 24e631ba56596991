import { keptUntil, usualAtMost } from '../memory/active-hours.ts'
import type { Feature, Seen } from './feature.ts'
import { count, usually } from './in-words.ts'

export interface AttemptsMemory {
  /** Names that failed lately, the newest last, with the time of their last failure (ms UTC). */
  names: string[]
  times: number[]
  /** Failures of the last hour, fading. */
  recent: number
  time: number
  /** Habit: pairs of name and hour that failed, hours with any activity. */
  pairs: number
  failures: number
  hours: number
  /** Active hours of the last day, fading. */
  hoursOfDay: number
  hour: number
}

export type AttemptsValues = {
  readonly failed: number
  /** Different names that failed within the hour, this event's included. */
  readonly names: number
  /** The same within a day. */
  readonly namesOfDay: number
  /** Failures within the hour, fading. */
  readonly failures: number
  /** Habit: Gamma posterior of failing names an active hour, and of failures. */
  readonly shape: number
  readonly rate: number
  readonly failuresShape: number
  /** Active hours within a day. */
  readonly hoursOfDay: number
  /** How many people the source is a habit of. */
  readonly holders: number
}

const HOUR_MS = 3_600_000
const NAMES = 48
const PRIOR_SHAPE = 0.4
const PRIOR_RATE = 2
/** Of the people who share an address, how many fail in an hour. */
const EACH_FAILS = 0.05

const concerns = ({ event }: Seen): boolean =>
  event.class === 'authentication' && event.activity === 'logon' && event.status !== 'unknown'

function namesSince(memory: AttemptsMemory, since: number, except: string): number {
  let count = 0
  for (let i = 0; i < memory.names.length; i++) {
    if ((memory.times[i] as number) > since && memory.names[i] !== except) count++
  }
  return count
}

function read(memory: AttemptsMemory, seen: Seen, holders: number): AttemptsValues | undefined {
  if (!concerns(seen)) return undefined
  const { event, account } = seen
  const failed = event.status === 'failure' ? 1 : 0
  const byHolders = EACH_FAILS * holders * (PRIOR_RATE + memory.hours)
  return {
    failed,
    names: namesSince(memory, event.time - HOUR_MS, account) + failed,
    namesOfDay: namesSince(memory, event.time - 24 * HOUR_MS, account) + failed,
    failures: memory.recent * Math.exp(-Math.max(0, event.time - memory.time) / HOUR_MS) + failed * event.count,
    shape: PRIOR_SHAPE + memory.pairs + byHolders,
    rate: PRIOR_RATE + memory.hours,
    failuresShape: PRIOR_SHAPE + memory.failures + 2 * byHolders,
    hoursOfDay: Math.max(1, memory.hoursOfDay),
    holders,
  }
}

/** No more than NAMES are told apart. */
const countNames = (names: number): string => `${names > NAMES ? 'at least ' : ''}${count(names, 'name')}`

/** A source of log-ins: whose memory it is, and how many people have it for a habit. */
interface Source extends Pick<Feature, 'id' | 'about' | 'summary'> {
  holders(seen: Seen): number
}

/** Who failed from a source lately. One that many share has a habit of failures of its own. */
export const attemptsFrom = ({ holders, ...spec }: Source): Feature<AttemptsMemory, AttemptsValues> => ({
  ...spec,
  version: 1,
  start: () => ({ names: [], times: [], recent: 0, time: 0, pairs: 0, failures: 0, hours: 0, hoursOfDay: 0, hour: -1 }),
  read: (memory, seen) => read(memory, seen, holders(seen)),
  tell(memory, seen) {
    const values = read(memory, seen, holders(seen))
    if (values === undefined) return { observed: 'nothing', expected: 'nothing' }
    const { failures, names, namesOfDay, failuresShape, shape, rate } = values
    return {
      observed: `${count(failures, 'failure')} within an hour, of ${countNames(names)}; ${countNames(namesOfDay)} within a day`,
      expected: `${usually(failuresShape / rate, 'failure')}; ${usually(shape / rate, 'name')}`,
    }
  },
  maturity: (memory) => memory.hours,
  note(memory, seen) {
    if (!concerns(seen)) return
    const { event, account } = seen
    const values = read(memory, seen, holders(seen)) as AttemptsValues
    memory.recent = Math.fround(values.failures)
    memory.time = Math.max(memory.time, event.time)
    countHabit(memory, seen, values)
    if (event.status === 'failure') noteName(memory, account, event.time)
  },
})

export const attempts = attemptsFrom({
  id: 'attempts',
  about: 'address',
  summary: 'Which names failed from an address, against what is usual there.',
  holders: ({ addressHolders }) => addressHolders,
})

function noteName(memory: AttemptsMemory, name: string, time: number): void {
  const at = memory.names.indexOf(name)
  if (at >= 0) {
    memory.names.splice(at, 1)
    memory.times.splice(at, 1)
  } else if (memory.names.length >= NAMES) {
    memory.names.shift()
    memory.times.shift()
  }
  memory.names.push(name)
  memory.times.push(time)
}

function failedWithinHour({ names, times }: AttemptsMemory, name: string, time: number): boolean {
  const at = names.indexOf(name)
  return at >= 0 && (times[at] as number) > time - HOUR_MS
}

function countHabit(memory: AttemptsMemory, { event, hour, account }: Seen, values: AttemptsValues): void {
  if (hour > memory.hour) {
    const keep = keptUntil(hour, memory.hour)
    memory.pairs = Math.fround(memory.pairs * keep)
    memory.failures = Math.fround(memory.failures * keep)
    memory.hours = Math.fround(memory.hours * keep + 1)
    const ofDay = memory.hour < 0 ? 0 : Math.exp((memory.hour - hour) / 24)
    memory.hoursOfDay = Math.fround(memory.hoursOfDay * ofDay + 1)
    memory.hour = hour
  }
  if (event.status !== 'failure') return
  if (!failedWithinHour(memory, account, event.time) && values.names <= usualAtMost(values.shape / values.rate))
    memory.pairs += 1
  if (values.failures <= usualAtMost(values.failuresShape / values.rate)) memory.failures += Math.min(3, event.count)
}
