import type { Feature, Seen, Surroundings } from './feature.ts'

/** Moments of ln bytes of single events and of the recent sum, fading by the event. */
interface VolumeMemory {
  events: Moments
  sums: Moments
  /** Bytes moved lately, fading within hours. */
  recent: number
  /** ms UTC of the last event with bytes. */
  time: number
  /** ln bytes of the largest events learned, and of the largest sums of a day; at most LARGEST. */
  largest: number[]
  largestSums: number[]
  /** The day and ln bytes of the largest sum that is not among them yet. */
  day: number
  sumOfDay: number
}
interface Moments {
  weight: number
  mean: number
  /** Weighted sum of squared deviations. */
  spread: number
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
const PART_OF_SUM = 0.1
const LARGEST = 4
/** Sizes within this difference of ln bytes are alike: a factor of 1.6. */
const ALIKE = 0.5
const FADE = 0.985
/** Events of the organisation's habit that a newcomer is lent. */
const LENT = 4
/** A habit is never narrower than this, in ln bytes: a factor of 1.8. */
const LEAST_SPREAD = 0.6
/** ln bytes are added up in the organisation as whole numbers of this fraction. */
const SCALE = 256

const startMoments = (): Moments => ({ weight: 0, mean: 0, spread: 0 })

/** West 1979, "Updating mean and variance estimates", with fading weights. */
function learnMoments(moments: Moments, x: number): void {
  moments.weight = moments.weight * FADE + 1
  const before = x - moments.mean
  moments.mean += before / moments.weight
  moments.spread = moments.spread * FADE + before * (x - moments.mean)
}

const bytesOf = ({ event }: Seen): number => (event.bytesOut ?? 0) + (event.bytesIn ?? 0)
const recentBytes = (memory: VolumeMemory, time: number): number =>
  memory.recent * Math.exp(-Math.max(0, time - memory.time) / (HOURS_KEPT * 3_600_000))

/** Posterior mean and deviation of a normal under what others do (Gelman, Bayesian Data Analysis, section 3.3). */
function excess(own: Moments, x: number, shared: readonly number[] | undefined): number {
  const n = shared?.[0] ?? 0
  const mean = n > 0 ? (shared?.[1] as number) / SCALE / n : own.mean
  const variance = n > 1 ? Math.max(1, (shared?.[2] as number) / SCALE / SCALE / n - mean * mean) : 4
  const lent = n > 0 ? LENT : 0.5
  const centre = (lent * mean + own.weight * own.mean) / (lent + own.weight)
  const between = (lent * own.weight * (own.mean - mean) * (own.mean - mean)) / (lent + own.weight)
  const spread = Math.sqrt((lent * variance + own.spread + between) / (lent + own.weight))
  return (x - centre) / Math.max(LEAST_SPREAD, spread)
}

function sharedMoments({ around }: Surroundings, { event }: Seen): readonly number[] | undefined {
  return around.vector(`volume\n${event.service ?? ''}`)
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
    largestSums: [],
    day: 0,
    sumOfDay: 0,
  }),
  read(memory, seen, surroundings) {
    const bytes = bytesOf(seen)
    if (bytes <= 0) return undefined
    const sum = Math.log(bytes + recentBytes(memory, seen.event.time))
    const x = Math.log(bytes)
    return {
      event: excess(memory.events, x, sharedMoments(surroundings, seen)),
      // A small thing after a large one is not the large one again.
      sum: bytes < PART_OF_SUM * recentBytes(memory, seen.event.time) ? 0 : excess(memory.sums, sum, undefined),
      rank: Math.log((1 + memory.events.weight) / (1 + memory.largest.filter((held) => held > x - ALIKE).length)),
      record: memory.largest.some((held) => held > x - ALIKE) ? 0 : 1,
      recordSum: memory.largestSums.some((held) => held > sum - ALIKE) ? 0 : 1,
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
    memory.recent = recentBytes(memory, seen.event.time) + bytes
    memory.time = Math.max(memory.time, seen.event.time)
  },
  learn(memory, seen, { around }, captured) {
    const bytes = bytesOf(seen)
    if (bytes <= 0 || typeof captured !== 'number') return
    learnMoments(memory.events, Math.log(bytes))
    memory.largest = [...memory.largest, Math.log(bytes)].sort((a, b) => b - a).slice(0, LARGEST)
    learnMoments(memory.sums, captured)
    learnDay(memory, Math.floor(seen.hour / 24), captured)
    const x = Math.round(SCALE * Math.log(bytes))
    const table = `volume\n${seen.event.service ?? ''}`
    around.addTo(table, 3, 0, 1)
    around.addTo(table, 3, 1, x)
    around.addTo(table, 3, 2, x * x)
  },
}

/** A day gives its largest sum, once it is over: else a sum would grow out of itself. */
function learnDay(memory: VolumeMemory, day: number, sum: number): void {
  if (day > memory.day) {
    if (memory.day > 0)
      memory.largestSums = [...memory.largestSums, memory.sumOfDay].sort((a, b) => b - a).slice(0, LARGEST)
    memory.day = day
    memory.sumOfDay = sum
  } else memory.sumOfDay = Math.max(memory.sumOfDay, sum)
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
