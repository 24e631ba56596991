/** What a kind of attack is made of, and the benign twin that shares its headline. */
import type { Random } from '@heedful/detect/contracts/random'
import type { EntityRef } from '@heedful/stream'
import type { Scribe } from '../day/scribe.ts'
import type { Difficulty, LabelledEvent } from '../labelled.ts'
import type { Person } from '../people/person.ts'
import type { World } from '../world.ts'

/** One attack to be written down. */
export interface Strike {
  difficulty: Difficulty
  /** Calendar day on which it begins. */
  day: number
  random: Random
  scribe: Scribe
  /** People to attack: not in a look-alike or another campaign these days. */
  victims: Victims
  /** Whom `prepare` made ready. */
  prepared?: Person
}

export interface Victims {
  /** A person for whom `fits` holds, drawn without returning; anybody still free where nobody fits. */
  take(random: Random, fits: (person: Person) => boolean): Person
}

/** One look-alike to be arranged, before the first day is written. */
export interface Occasion {
  id: string
  day: number
  random: Random
  people: Victims
  used: EntityRef[]
  /** Has `write` called when `day` is written; the scribe carries the label. */
  on(day: number, write: (scribe: Scribe) => void): void
}

export interface Twin {
  kind: string
  /** Headline that both show, in words. */
  sharedSignal: string
  /** What tells the benign one apart, in words and observable. */
  difference: string
  /** How often it happens by itself, for each person and day. */
  rate: number
  /** Days before and after its day that it may touch: it is arranged where those are simulated. */
  arrange(world: World, occasion: Occasion): void
}

export interface AttackKind {
  kind: string
  /** ATT&CK v19. */
  techniques: readonly string[]
  strike(world: World, strike: Strike): void
  twin: Twin
  /** Days of the simulation that must have passed before it can begin. */
  earliest?: number
  /** Prepares people, attacks or not: an account that will lie dormant has to be left first. */
  prepare?(world: World, day: number, random: Random, people: Victims): Person
}

export type Writer = (out: LabelledEvent[]) => void
