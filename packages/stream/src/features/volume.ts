import { learnMoments, type Moments, standardised, startMoments } from '../memory/moments.ts'
import { ALIKE, isAlike, keepLargest, learnDay, type Records, startRecords } from '../memory/records.ts'
import type { Feature, Seen, Surroundings } from './feature.ts'

/** Moments of ln bytes of single events and of the recent sum, fading by the event. */
interface VolumeMemory {
  events: Moments
  sums: Moments
  /** Bytes moved lately, fading within hours. */
  recent: number
  /** ms UTC of the last event with bytes. */
  time: number
  /** ln bytes of the largest events learned, and of the largest sums of days. */
  largest: number[]
  days: Records
}

export type VolumeValues = {
  /** How many standard deviations this event's ln bytes lie above the habit. */
  readonly event: number
  /** The same for what was moved within the last hours, this event included. */
  readonly sum: number
  /** −ln of the share of events that were about as large or larger. */
  readonly rank: number
  /** 1 where none of the largest was about as large. */
  readonly record: number
  /** The same for the sum of hours, among the sums of days. */
  readonly recordSum: number
}

const HOURS_KEPT = 6
/** An event that is a smaller part of the recent sum does not speak for it. */
const PART_OF_SUM = 0.02

/** ln bytes are added up in the organisation as whole numbers of this fraction. */
const SCALE = 256

const bytesOf = ({ event }: Seen): number => (event.bytesOut ?? 0) + (event.bytesIn ?? 0)
const recentBytes = (memory: VolumeMemory, time: number): number =>
  memory.recent * Math.exp(-Math.max(0, time - memory.time) / (HOURS_KEPT * 3_600_000))

/** What the organisation moves with this application; where nothing is known, somebody with very mixed habits. */
const NOTHING_SHARED = { lent: 0.5, mean: undefined, variance: 4 }

function sharedMoments({ around }: Surroundings, { event }: Seen) {
  const [n, sum, squares] = around.vector(`volume\n${event.service ?? ''}`) ?? []
  if (n === undefined || n < 1) return NOTHING_SHARED
  const mean = (sum as number) / SCALE / n
  return { lent: 4, mean, variance: n > 1 ? Math.max(1, (squares as number) / SCALE / SCALE / n - mean * mean) : 4 }
}

export const volume: Feature<VolumeMemory, VolumeValues> = {
  id: 'volume',
  version: 1,
  about: 'user',
  summary: 'How much a person moves at once, and within some hours.',
  start: () => ({
    events: startMoments(),
    sums: startMoments(),
    recent: 0,
    time: 0,
    largest: [],
    days: startRecords(),
  }),
  read(memory, seen, surroundings) {
    const bytes = bytesOf(seen)
    if (bytes <= 0) return undefined
    const sum = Math.log(bytes + recentBytes(memory, seen.event.time))
    const x = Math.log(bytes)
    return {
      event: standardised(memory.events, x, sharedMoments(surroundings, seen)),
      // A small thing after a large one is not the large one again.
      sum:
        bytes < PART_OF_SUM * recentBytes(memory, seen.event.time) ? 0 : standardised(memory.sums, sum, NOTHING_SHARED),
      rank: Math.log((1 + memory.events.weight) / (1 + memory.largest.filter((held) => held > x - ALIKE).length)),
      record: memory.largest.some((held) => held > x - ALIKE) ? 0 : 1,
      recordSum: isAlike(memory.days, sum) ? 0 : 1,
    }
  },
  tell(memory, seen) {
    const bytes = bytesOf(seen)
    return {
      observed: `${size(bytes)} (${size(bytes + recentBytes(memory, seen.event.time))} within hours)`,
      expected:
        memory.events.weight < 1
          ? 'not known yet'
          : `about ${size(Math.exp(memory.events.mean))}, ${size(Math.exp(memory.sums.mean))} within hours`,
    }
  },
  maturity: (memory) => memory.events.weight,
  capture: (memory, seen) =>
    bytesOf(seen) > 0 ? Math.log(bytesOf(seen) + recentBytes(memory, seen.event.time)) : undefined,
  note(memory, seen) {
    const bytes = bytesOf(seen)
    if (bytes <= 0 || seen.event.status !== 'success') return
    memory.recent = Math.fround(recentBytes(memory, seen.event.time) + bytes)
    memory.time = Math.max(memory.time, seen.event.time)
  },
  learn(memory, seen, { around }, captured) {
    const bytes = bytesOf(seen)
    if (bytes <= 0 || typeof captured !== 'number') return
    learnMoments(memory.events, Math.log(bytes))
    memory.largest = keepLargest(memory.largest, Math.log(bytes))
    learnMoments(memory.sums, captured)
    learnDay(memory.days, Math.floor(seen.hour / 24), captured)
    const x = Math.round(SCALE * Math.log(bytes))
    const table = `volume\n${seen.event.service ?? ''}`
    around.addTo(table, 3, 0, 1)
    around.addTo(table, 3, 1, x)
    around.addTo(table, 3, 2, x * x)
  },
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
