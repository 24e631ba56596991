/** Headlines that document-like lists of attacks combine: each shapes a plan, for an attack and for its benign twin. */
import type { Random } from '@heedful/detect/contracts/random'
import type { Difficulty } from '../labelled.ts'
import type { Person } from '../people/person.ts'
import type { World } from '../world.ts'
import type { Occasion } from './kind.ts'
import type { Plan } from './plan.ts'

export interface Trait {
  name: string
  /** ATT&CK v19. */
  techniques: readonly string[]
  /** Somebody else has to hold the account; otherwise its owner may be the attacker. */
  intruder: boolean
  /** Who is worth it. */
  fits?(world: World, person: Person, day: number): boolean
  /** Makes an attack's plan show the trait. */
  shape(world: World, plan: Plan, difficulty: Difficulty, random: Random): void
  twin: {
    name: string
    sharedSignal: string
    difference: string
    rate: number
    /** Arranges what has to be so for days (a trip); called before `shape`. */
    prepare?(world: World, person: Person, occasion: Occasion): void
    /** Makes a plan of the person's own show the same headline. */
    shape(world: World, plan: Plan, random: Random): void
    /** Others who do the same in the same days; each has their plan shaped too. */
    peers?: number
    /** When the trait comes alone: its own way of being benign. */
    alone?(world: World, occasion: Occasion): void
  }
}
