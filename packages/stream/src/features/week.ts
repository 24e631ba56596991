import { coarse } from '../memory/coarse.ts'
import type { Feature, Seen, Surroundings } from './feature.ts'

/** Active hours by hour of the day, on weekdays (0 … 23) and at weekends (24 … 47), and by day of the week (48 … 54). UTC. */
type WeekMemory = { bins: number[]; total: number; hour: number; day: number }

export type WeekValues = {
  /** Share of the habit that lies in hours no busier than this one. */
  readonly tail: number
}

const BINS = 55
const HALF_LIFE_DAYS = 45
/** Active hours of peers' habit that a newcomer is lent. */
const LENT = 6

const weekday = (hour: number): number => (Math.floor(hour / 24) + 3) % 7
const hourBin = (hour: number): number => (weekday(hour) >= 5 ? 24 : 0) + (hour % 24)

/** Written anew for every event that is read: nothing stays in them. */
const days = new Float64Array(7)
const workdays = new Float64Array(24)
const weekend = new Float64Array(24)
const unsmoothed = new Float64Array(24)

/** Habit from bin `from` on and what peers lend to it, each bin at least a little. */
function blend(out: Float64Array, bins: readonly number[], around: readonly number[] | undefined, from: number): void {
  const { length } = out
  let lent = 0
  if (around !== undefined) for (let i = from; i < from + length; i++) lent += around[i] ?? 0
  for (let i = 0; i < length; i++) {
    const others = lent > 0 && around !== undefined ? (around[from + i] ?? 0) / lent : 1 / length
    out[i] = (bins[from + i] as number) + LENT * others + 0.02
  }
}

/** People are not punctual: an hour lends a quarter of itself to each neighbour, around midnight too. */
function smooth(out: Float64Array, hours: Float64Array): void {
  for (let i = 0; i < 24; i++) {
    out[i] =
      0.5 * (hours[i] as number) + 0.25 * (hours[(i + 23) % 24] as number) + 0.25 * (hours[(i + 1) % 24] as number)
  }
}

function toShares(values: Float64Array): void {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i] as number
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / total
}

/** How probable each of the 168 hours of a week is for the owner: day of the week × hour of such a day. */
function writeDensity(memory: WeekMemory, { around, group }: Surroundings): void {
  const peers = around.vector(`week\n${group}`) ?? around.vector('week\n')
  blend(days, memory.bins, peers, 48)
  toShares(days)
  blend(unsmoothed, memory.bins, peers, 0)
  smooth(workdays, unsmoothed)
  toShares(workdays)
  blend(unsmoothed, memory.bins, peers, 24)
  smooth(weekend, unsmoothed)
  toShares(weekend)
}

function tail(memory: WeekMemory, seen: Seen, surroundings: Surroundings): number {
  writeDensity(memory, surroundings)
  const day = weekday(seen.hour)
  const at = (days[day] as number) * ((day >= 5 ? weekend : workdays)[seen.hour % 24] as number) + 1e-12
  let mass = 0
  for (let d = 0; d < 7; d++) {
    const hours = d >= 5 ? weekend : workdays
    const ofDay = days[d] as number
    for (let h = 0; h < 24; h++) {
      const here = ofDay * (hours[h] as number)
      if (here <= at) mass += here
    }
  }
  return Math.min(1, mass)
}

/** The owner's own habit alone, hour by hour of the week: the share of such a day, of which the hour has its part. */
function ownHours({ bins, total }: WeekMemory): number[] | undefined {
  if (total <= 0) return undefined
  const sumOf = (from: number, to: number) => bins.slice(from, to).reduce((sum, bin) => sum + bin, 0)
  const [working, free] = [sumOf(0, 24), sumOf(24, 48)]
  const hours = Array.from({ length: 168 }, (_, i) => {
    const [day, hour] = [Math.floor(i / 24), i % 24]
    const [from, all] = day >= 5 ? [24, free] : [0, working]
    return all > 0 ? ((bins[48 + day] as number) * (bins[from + hour] as number)) / all : 0
  })
  const whole = hours.reduce((sum, hour) => sum + hour, 0)
  return whole > 0 ? hours.map((hour) => hour / whole) : undefined
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

/** A day with less than this share of the habit is none of the usual ones. */
const SELDOM = 0.05

/** `Monday to Friday`, `Monday and Thursday`; empty where all days are usual. */
function usualDays(isUsual: readonly boolean[]): string {
  if (isUsual.every((usual) => usual)) return ''
  const runs: string[] = []
  for (let day = 0; day < 7; day++) {
    if (!isUsual[day]) continue
    let last = day
    while (isUsual[last + 1]) last++
    runs.push(last > day ? `${DAY_NAMES[day]} to ${DAY_NAMES[last]}` : (DAY_NAMES[day] as string))
    day = last
  }
  return `${runs.join(' and ')}, `
}

/**
 * The days that bring nearly all of the habit, and the shortest run of hours that holds nine tenths of them: of such days
 * (working days, weekends) where this is a usual one, so that the hour is compared with its like.
 */
function usualHours({ total, bins }: WeekMemory, today: number): string {
  if (total < 3) return 'not known yet'
  const all = bins.slice(48).reduce((sum, bin) => sum + bin, 0)
  const isUsual = bins.slice(48).map((bin) => bin >= SELDOM * all)
  const from = today >= 5 ? 24 : 0
  const hours = Array.from({ length: 24 }, (_, hour) =>
    isUsual[today] ? (bins[from + hour] as number) : (bins[hour] as number) + (bins[24 + hour] as number),
  )
  return `${usualDays(isUsual)}${runOfHours(hours)}`
}

function runOfHours(hours: readonly number[]): string {
  const enough = 0.9 * hours.reduce((sum, hour) => sum + hour, 0)
  for (let length = 1; length < 24; length++) {
    for (let start = 0; start < 24; start++) {
      let held = 0
      for (let i = 0; i < length; i++) held += hours[(start + i) % 24] as number
      if (held >= enough) return `${clock(start)} to ${clock(start + length)} UTC`
    }
  }
  return 'all day'
}

export const week: Feature<WeekMemory, WeekValues> = {
  id: 'week',
  version: 1,
  about: 'user',
  summary: 'Hours of the week that a person is active in.',
  start: () => ({ bins: new Array<number>(BINS).fill(0), total: 0, hour: -1, day: 0 }),
  // Who fails at night may be anybody.
  read: (memory, seen, surroundings) =>
    seen.event.status === 'success' ? { tail: tail(memory, seen, surroundings) } : undefined,
  tell: (memory, { hour }) => ({
    observed: `${DAY_NAMES[weekday(hour)]}, ${clock(hour)} UTC`,
    expected: `usually ${usualHours(memory, weekday(hour))}`,
  }),
  portrait(memory) {
    const hours = ownHours(memory)
    return hours === undefined ? undefined : { hours }
  },
  maturity: (memory) => memory.total,
  learn(memory, seen, { around, group }) {
    if (seen.hour <= memory.hour) return
    fade(memory, Math.floor(seen.hour / 24))
    memory.hour = seen.hour
    memory.total = Math.fround(memory.total + 1)
    for (const bin of [hourBin(seen.hour), 48 + weekday(seen.hour)]) {
      memory.bins[bin] = coarse((memory.bins[bin] as number) + 1)
      around.addTo('week\n', BINS, bin, 1)
      if (group !== '') around.addTo(`week\n${group}`, BINS, bin, 1)
    }
  },
}

function fade(memory: WeekMemory, day: number): void {
  const factor = memory.day === 0 ? 1 : Math.exp((-Math.LN2 * Math.max(0, day - memory.day)) / HALF_LIFE_DAYS)
  memory.day = Math.max(day, memory.day)
  if (factor === 1) return
  memory.bins = memory.bins.map((bin) => coarse(bin * factor))
  memory.total = Math.fround(memory.total * factor)
}
