/** A behaviour: numbers of one feature become a score, and a sentence. No memory of its own. One file each, one line in `registry.ts`. */
import type { Feature, Values, Words } from '../features/feature.ts'

/** Members of a family see one thing from several sides, so a family says only its largest surprise. */
export const FAMILIES = ['place', 'device', 'time', 'pace', 'reach', 'path', 'privilege'] as const
export type Family = (typeof FAMILIES)[number]

export interface Told {
  /** A sentence, with the numbers in it. */
  text: string
  observed: string
  expected: string
  /** What would have made it normal. */
  normal: string
  /** In place of the behaviour's title, where that would say too much. */
  title?: string
  /** What makes it another one, where each further one is more of the story: the file, the host, the privilege. */
  another?: string
}

export interface Behaviour<V extends Values = Values> {
  id: string
  family: Family
  title: string
  /** ATT&CK v19. */
  techniques: readonly string[]
  /** Speaks only when it knows the usual; the others bring a probability of their own and speak at once. */
  needsHabit: boolean
  // biome-ignore lint/suspicious/noExplicitAny: the memory's type is the feature's own affair
  reads: Feature<any, V>
  /** −ln of how probable it is by the entity's own habit: higher is stranger, 0 is usual. NaN: does not concern this event. */
  score(values: V): number
  /** −ln p of its own, at most 8, where `needsHabit` is false. */
  surprise?(values: V): number
  /** The values that would have been expected: they give the lowest score. */
  expected(values: V): V
  explain(values: V, words: Words): Told
}

/** Keeps the types of numbers between a behaviour and the feature that it reads. */
export function behaviour<V extends Values>(definition: Behaviour<V>): Behaviour {
  return definition as unknown as Behaviour
}
