/** The shape that most features have: which values of one kind an entity is used to, and how common they are around it. */
import type { EntityType } from '../event.ts'
import {
  type Habit,
  type HabitBounds,
  habitKey,
  learnHabit,
  mostUsual,
  noveltyRate,
  startHabit,
  tailMass,
  usual,
} from '../memory/habit.ts'
import type { Feature, Seen, Shown, Surroundings, Vouch, Words } from './feature.ts'

export type RarityValues = {
  /** Share of the entity's own habit that is no more frequent than this; 0 if it never happened. */
  readonly own: number
  /** How probable anything new is for this entity. */
  readonly novelty: number
  /** How common the value is around it, 0 … 1: peers, then the organisation. 1 where nobody else is compared. */
  readonly others: number
  /** Share of all people who hold the value, 0 … 1; 0 where the value speaks for nobody, so that nobody asks. */
  readonly common: number
}

export interface Dimension {
  id: string
  version?: number
  about: EntityType
  summary: string
  /** The value that this event shows; absent: the event says nothing of it. */
  value(seen: Seen): string | undefined
  bounds?: Partial<HabitBounds>
  /** A value of one's own speaks for its owner that far, less where many have the same. */
  vouches?: Partial<Vouch>
  /** Compared with others (the default), or with itself alone. */
  shared?: boolean
  /** Values that a person can read (the default). */
  readable?: boolean
}

const BOUNDS: HabitBounds = { capacity: 24, halfLife: 45 }

/** How rare a value is for the owner of a habit, and around it. */
export function readRarity(
  habit: Habit,
  value: string,
  table: string | undefined,
  { around, group }: Surroundings,
  common = 0,
): RarityValues {
  const own = tailMass(habit, value)
  const others = own > 0 || table === undefined ? 1 : around.commonness(table, group, value)
  return { own, novelty: noveltyRate(habit), others, common }
}

export function learnShared(
  habit: Habit,
  value: string,
  seen: Seen,
  table: string,
  { around, group }: Surroundings,
  bounds: HabitBounds,
): void {
  const change = learnHabit(habit, value, seen.hour, bounds)
  if (change.gained) around.count(table, group, value, 1)
  for (const lost of change.lost) around.count(table, group, lost, -1)
}

export const tellRarity = (
  habit: Habit,
  value: string | undefined,
  say: (value: string) => string = (one) => one,
): Words => ({
  observed: value === undefined ? 'nothing' : say(value),
  expected: usual(habit, 3, say),
})

/** Values of a habit that a person gets to see. */
const SHOWN = 24

/** A habit beside what the others hold of the same. */
export function showRarity(
  habit: Habit,
  table: string | undefined,
  { around, group }: Surroundings,
  say: (value: string) => string = (one) => one,
): Shown {
  const values = mostUsual(habit, SHOWN).map(({ value, share }) => ({
    value: say(value),
    share,
    peersShare: table === undefined ? Number.NaN : around.shareAmong(table, group, value, habit.values),
  }))
  return { values }
}

/** A value that is hardly ever used is hardly one's own. */
const OWN = 0.03
/** What one person in fifty has speaks for its owner as much as anything can. */
const TELLING = Math.log(50)

/** The logarithm of how much more often it is the owner who shows the value than anybody else (Freeman et al., NDSS 2016). */
function vouch({ device = 0, place = 0 }: Partial<Vouch>, { own, common }: RarityValues): Vouch {
  const says = own < OWN ? 0 : Math.min(1, -Math.log(Math.max(1e-9, Math.min(1, common))) / TELLING)
  return { device: device * says, place: place * says }
}

export function dimension(spec: Dimension): Feature<Habit, RarityValues> {
  const bounds: HabitBounds = { ...BOUNDS, ...spec.bounds }
  const table = (spec.shared ?? true) ? spec.id : undefined
  const valueIn = (seen: Seen): string | undefined => {
    const value = spec.value(seen)
    return value === undefined ? undefined : habitKey(value)
  }
  return {
    id: spec.id,
    version: spec.version ?? 1,
    about: spec.about,
    summary: spec.summary,
    start: startHabit,
    read(habit, seen, surroundings) {
      const value = valueIn(seen)
      if (value === undefined) return undefined
      const asked = table !== undefined && spec.vouches !== undefined
      const common = asked ? surroundings.around.share(table, value) : 0
      return readRarity(habit, value, table, surroundings, common)
    },
    tell: (habit, seen) => tellRarity(habit, valueIn(seen)),
    ...((spec.readable ?? true) && {
      portrait: (habit: Habit, surroundings: Surroundings) => showRarity(habit, table, surroundings),
    }),
    maturity: (habit) => habit.total,
    learn(habit, seen, surroundings) {
      const value = valueIn(seen)
      if (value === undefined) return
      if (table === undefined) learnHabit(habit, value, seen.hour, bounds)
      else learnShared(habit, value, seen, table, surroundings, bounds)
    },
    ...(spec.vouches !== undefined && {
      vouches: (values: RarityValues) => vouch(spec.vouches as Partial<Vouch>, values),
    }),
    ...(table !== undefined && { holdings: (habit: Habit) => ({ table, values: habit.values }) }),
  }
}
