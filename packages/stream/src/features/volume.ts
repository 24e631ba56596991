import { centreOf, learnMoments, type Moments, standardised, startMoments } from '../memory/moments.ts'
import { ALIKE, isAlike, keepLargest, learnDay, type Records, startRecords } from '../memory/records.ts'
import type { Feature, Seen, Surroundings } from './feature.ts'

/** Sizes of single events are told in deviations from what the organisation moves in this way; moments fade by the event. */
interface VolumeMemory {
  events: Moments
  /** Of ln bytes of the recent sum. */
  sums: Moments
  /** Bytes moved lately, fading within hours. */
  recent: number
  /** ms UTC of the last event with bytes. */
  time: number
  /** The largest events learned, and ln bytes of the largest sums of days. */
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

/** A session's total tells again what was moved in it. */
const addsUp = ({ event }: Seen): boolean => event.class !== 'authentication'
const recentOf = (memory: VolumeMemory, seen: Seen): number => (addsUp(seen) ? recentBytes(memory, seen.event.time) : 0)

/** Of sums nobody else's habit is lent: somebody with very mixed habits. */
const MIXED = { lent: 0.5, mean: undefined, variance: 4 }
/** Who is new is like the others. */
const LIKE_OTHERS = { lent: 4, mean: 0, variance: 1 }

/** A chat message and a file from a share differ in size, whoever moves them: what is moved in one way is compared. */
const wayOf = ({ event }: Seen): string => `volume\n${event.class}\n${event.service ?? ''}`

/** Until anybody knows better: about 20 kB, and widely spread. */
const PRIOR = { weight: 10, mean: 10, variance: 4 }

/** Mean and standard deviation of ln bytes that the organisation moves in this way. */
function usualOf({ around }: Surroundings, way: string): { mean: number; deviation: number } {
  const [n = 0, sum = 0, squares = 0] = around.vector(way) ?? []
  const weight = PRIOR.weight + n
  const mean = (PRIOR.weight * PRIOR.mean + sum / SCALE) / weight
  const meanSquare = (PRIOR.weight * (PRIOR.variance + PRIOR.mean * PRIOR.mean) + squares / SCALE / SCALE) / weight
  return { mean, deviation: Math.sqrt(Math.max(LEAST_VARIANCE, meanSquare - mean * mean)) }
}
const LEAST_VARIANCE = 0.36

export const volume: Feature<VolumeMemory, VolumeValues> = {
  id: 'volume',
  version: 2,
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
    const { mean, deviation } = usualOf(surroundings, wayOf(seen))
    const size = (Math.log(bytes) - mean) / deviation
    const least = size - ALIKE / deviation
    const recent = recentOf(memory, seen)
    const sum = Math.log(bytes + recent)
    return {
      event: standardised(memory.events, size, LIKE_OTHERS),
      // A small thing after a large one is not the large one again.
      sum: addsUp(seen) && bytes >= PART_OF_SUM * recent ? standardised(memory.sums, sum, MIXED) : 0,
      rank: Math.log((1 + memory.events.weight) / (1 + memory.largest.filter((held) => held > least).length)),
      record: memory.largest.some((held) => held > least) ? 0 : 1,
      recordSum: isAlike(memory.days, sum) ? 0 : 1,
    }
  },
  tell(memory, seen, surroundings) {
    const bytes = bytesOf(seen)
    const { mean, deviation } = usualOf(surroundings, wayOf(seen))
    const atOnce = sizeOf(Math.exp(mean + deviation * centreOf(memory.events, LIKE_OTHERS)))
    return {
      observed: `${sizeOf(bytes)} (${sizeOf(bytes + recentOf(memory, seen))} within hours)`,
      expected:
        memory.sums.weight < 1
          ? `about ${atOnce} at a time`
          : `about ${atOnce} at a time, and ${sizeOf(Math.exp(memory.sums.mean))} within hours`,
    }
  },
  maturity: (memory) => memory.events.weight,
  capture: (memory, seen) =>
    bytesOf(seen) > 0 ? Math.log(bytesOf(seen) + recentBytes(memory, seen.event.time)) : undefined,
  note(memory, seen) {
    const bytes = bytesOf(seen)
    if (bytes <= 0 || seen.event.status !== 'success' || !addsUp(seen)) return
    memory.recent = Math.fround(recentBytes(memory, seen.event.time) + bytes)
    memory.time = Math.max(memory.time, seen.event.time)
  },
  learn(memory, seen, surroundings, sum) {
    const bytes = bytesOf(seen)
    if (bytes <= 0 || typeof sum !== 'number') return
    const { around } = surroundings
    const way = wayOf(seen)
    const { mean, deviation } = usualOf(surroundings, way)
    const size = (Math.log(bytes) - mean) / deviation
    learnMoments(memory.events, size)
    memory.largest = keepLargest(memory.largest, size)
    if (addsUp(seen)) {
      learnMoments(memory.sums, sum)
      learnDay(memory.days, Math.floor(seen.hour / 24), sum)
    }
    const x = Math.round(SCALE * Math.log(bytes))
    around.addTo(way, 3, 0, 1)
    around.addTo(way, 3, 1, x)
    around.addTo(way, 3, 2, x * x)
  },
}

function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
