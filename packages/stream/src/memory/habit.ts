import { coarse } from './coarse.ts'

/**
 * What one entity is used to, of one kind of thing: its countries, its networks, its applications. A small table of
 * values and how many active hours each was seen in. A value counts once an hour, so that a burst of events teaches no
 * more than one does. Counts fade with a half-life, and the faintest value goes first when the table is full.
 */
export interface Habit {
  values: string[]
  /** Active hours, fading; coarse. */
  counts: number[]
  /** The hour (since 1970) that each value was last learned in. */
  hours: number[]
  /** Sum of `counts`. */
  total: number
  /** How many of those hours brought a value that was not held, fading alike: also one that had been forgotten; coarse. */
  gains: number
  /** The day that the counts were last faded to. */
  day: number
}

export interface HabitBounds {
  /** How many values one entity may hold. */
  capacity: number
  /** Days after which an hour counts half. */
  halfLife: number
}

/** Longer values are known by their beginning and a hash of the whole: nobody may fill a memory with one long name. */
const LONGEST = 96

export const habitKey = (value: string): string =>
  value.length <= LONGEST ? value : `${value.slice(0, LONGEST - 9)}…${hashKey(value)}`

/** A long value that nobody has to read (FNV-1a, 32 bits, hexadecimal). */
export function hashKey(value: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < value.length; i++) hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16)
}

export const startHabit = (): Habit => ({ values: [], counts: [], hours: [], total: 0, gains: 0, day: 0 })

/** A value fainter than this is forgotten. */
const FORGOTTEN = 0.05

/** What a lesson changed, for those who count how many hold a value. */
export interface Learned {
  gained: boolean
  lost: string[]
}
const NOTHING: Learned = { gained: false, lost: [] }

export function learnHabit(habit: Habit, value: string, hour: number, bounds: HabitBounds): Learned {
  const lost = fade(habit, Math.floor(hour / 24), bounds.halfLife)
  const at = habit.values.indexOf(value)
  if (at >= 0) {
    if (hour > (habit.hours[at] as number)) {
      habit.hours[at] = hour
      habit.counts[at] = coarse((habit.counts[at] as number) + 1)
      habit.total = coarse(habit.total + 1)
    }
    return lost.length === 0 ? NOTHING : { gained: false, lost }
  }
  if (habit.values.length >= bounds.capacity) lost.push(drop(habit, faintest(habit)))
  habit.values.push(value)
  habit.counts.push(1)
  habit.hours.push(hour)
  habit.total = coarse(habit.total + 1)
  habit.gains = coarse(habit.gains + 1)
  return { gained: true, lost }
}

function fade(habit: Habit, day: number, halfLife: number): string[] {
  const lost: string[] = []
  if (day <= habit.day) return lost
  const factor = habit.day === 0 ? 1 : Math.exp((-Math.LN2 * (day - habit.day)) / halfLife)
  habit.day = day
  if (factor === 1) return lost
  habit.gains = coarse(habit.gains * factor)
  let total = 0
  for (let i = habit.values.length - 1; i >= 0; i--) {
    habit.counts[i] = coarse((habit.counts[i] as number) * factor)
    if ((habit.counts[i] as number) < FORGOTTEN) lost.push(drop(habit, i))
  }
  for (const count of habit.counts) total += count
  habit.total = coarse(total)
  return lost
}

function faintest(habit: Habit): number {
  let at = 0
  for (let i = 1; i < habit.counts.length; i++) if ((habit.counts[i] as number) < (habit.counts[at] as number)) at = i
  return at
}

function drop(habit: Habit, at: number): string {
  const value = habit.values[at] as string
  habit.total = coarse(habit.total - (habit.counts[at] as number))
  const last = habit.values.length - 1
  habit.values[at] = habit.values[last] as string
  habit.counts[at] = habit.counts[last] as number
  habit.hours[at] = habit.hours[last] as number
  habit.values.pop()
  habit.counts.pop()
  habit.hours.pop()
  return value
}

/** How many active hours hold exactly this value, 0 if none. */
export function habitCount(habit: Habit, value: string): number {
  const at = habit.values.indexOf(value)
  return at < 0 ? 0 : (habit.counts[at] as number)
}

/**
 * The share of the habit that is no more frequent than `value`: 1 for what is always done, small for a rare exception,
 * 0 for what was never seen. A tail mass, so it does not depend on how many values there are.
 */
export function tailMass(habit: Habit, value: string): number {
  const count = habitCount(habit, value)
  if (count === 0 || habit.total <= 0) return 0
  let mass = 0
  for (const other of habit.counts) if (other <= count + 1e-9) mass += other
  return Math.min(1, mass / habit.total)
}

/**
 * Probability that the next active hour brings a value that is not held: how often hours did so far, after half a hit in
 * half an hour (the rule of Krichevsky and Trofimov 1981). Half of the gains count: the first ones were learning.
 */
export function noveltyRate(habit: Habit): number {
  return Math.min(1, (0.5 + 0.5 * habit.gains) / (0.5 + Math.max(habit.total, 0.5 * habit.gains)))
}

/** The most frequent values with their shares, the most frequent first. */
export function mostUsual(habit: Habit, most: number): { value: string; share: number }[] {
  const { values, counts, total } = habit
  const order = values
    .map((_, i) => i)
    .sort(
      (a, b) =>
        (counts[b] as number) - (counts[a] as number) || ((values[a] as string) < (values[b] as string) ? -1 : 1),
    )
  return order
    .slice(0, most)
    .map((i) => ({ value: values[i] as string, share: Math.min(1, (counts[i] as number) / total) }))
}

/** The same, for a sentence. */
export function usual(habit: Habit, most = 3, say: (value: string) => string = (value) => value): string {
  if (habit.values.length === 0) return 'nothing known yet'
  const shown = mostUsual(habit, most).map(({ value, share }) => `${say(value)} (${Math.round(100 * share)} %)`)
  const rest = habit.values.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}
