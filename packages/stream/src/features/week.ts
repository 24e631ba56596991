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

/** Habit and what peers lend to it, each bin at least a little. */
function blended(bins: readonly number[], around: readonly number[] | undefined, from: number, to: number): number[] {
  let lent = 0
  if (around !== undefined) for (let i = from; i < to; i++) lent += around[i] ?? 0
  const out: number[] = []
  for (let i = from; i < to; i++) {
    const others = lent > 0 && around !== undefined ? (around[i] ?? 0) / lent : 1 / (to - from)
    out.push((bins[i] as number) + LENT * others + 0.02)
  }
  return out
}

/** People are not punctual: an hour lends a quarter of itself to each neighbour, around midnight too. */
function smoothed(hours: readonly number[]): number[] {
  return hours.map(
    (own, i) => 0.5 * own + 0.25 * (hours[(i + 23) % 24] as number) + 0.25 * (hours[(i + 1) % 24] as number),
  )
}

const share = (values: readonly number[]): number[] => {
  let total = 0
  for (const value of values) total += value
  return values.map((value) => value / total)
}

/** How probable each of the 168 hours of a week is for the owner: day of the week × hour of such a day. */
function density(memory: WeekMemory, { around, group }: Surroundings): { days: number[]; hours: [number[], number[]] } {
  const peers = around.vector(`week\n${group}`) ?? around.vector('week\n')
  return {
    days: share(blended(memory.bins, peers, 48, 55)),
    hours: [share(smoothed(blended(memory.bins, peers, 0, 24))), share(smoothed(blended(memory.bins, peers, 24, 48)))],
  }
}

function tail(memory: WeekMemory, seen: Seen, surroundings: Surroundings): number {
  const { days, hours } = density(memory, surroundings)
  const day = weekday(seen.hour)
  const at = (days[day] as number) * (hours[day >= 5 ? 1 : 0][seen.hour % 24] as number) + 1e-12
  let mass = 0
  for (let d = 0; d < 7; d++) {
    const ofDay = hours[d >= 5 ? 1 : 0]
    for (let h = 0; h < 24; h++) {
      const here = (days[d] as number) * (ofDay[h] as number)
      if (here <= at) mass += here
    }
  }
  return Math.min(1, mass)
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

/** The shortest run of hours that holds nine tenths of the working days' habit. */
function usualHours(memory: WeekMemory): string {
  if (memory.total < 3) return 'not known yet'
  const bins = memory.bins.slice(0, 24).map((own, i) => own + (memory.bins[24 + i] as number))
  const enough = 0.9 * bins.reduce((sum, bin) => sum + bin, 0)
  for (let length = 1; length <= 24; length++) {
    for (let start = 0; start < 24; start++) {
      let held = 0
      for (let i = 0; i < length; i++) held += bins[(start + i) % 24] as number
      if (held >= enough) return length === 24 ? 'all day' : `${clock(start)} to ${clock(start + length)} UTC`
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
  read: (memory, seen, surroundings) => ({ tail: tail(memory, seen, surroundings) }),
  tell: (memory, { hour }) => ({
    observed: `${DAY_NAMES[weekday(hour)]}, ${clock(hour)} UTC`,
    expected: `usually ${usualHours(memory)}`,
  }),
  maturity: (memory) => memory.total,
  learn(memory, seen, { around, group }) {
    if (seen.hour <= memory.hour) return
    fade(memory, Math.floor(seen.hour / 24))
    memory.hour = seen.hour
    memory.total += 1
    for (const bin of [hourBin(seen.hour), 48 + weekday(seen.hour)]) {
      memory.bins[bin] = (memory.bins[bin] as number) + 1
      around.addTo('week\n', BINS, bin, 1)
      if (group !== '') around.addTo(`week\n${group}`, BINS, bin, 1)
    }
  },
}

function fade(memory: WeekMemory, day: number): void {
  const factor = memory.day === 0 ? 1 : Math.exp((-Math.LN2 * Math.max(0, day - memory.day)) / HALF_LIFE_DAYS)
  memory.day = Math.max(day, memory.day)
  if (factor === 1) return
  memory.bins = memory.bins.map((bin) => bin * factor)
  memory.total *= factor
}
