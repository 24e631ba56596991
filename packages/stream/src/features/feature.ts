/** A feature: memory about ONE entity, turned into numbers. One file each, one line in `registry.ts`. */
import type { Context } from '../enrich/enrich.ts'
import type { EntityType, Event } from '../event.ts'
import type { Around } from '../memory/around.ts'

/** An event with what enrichment added, and the keys that memory goes by. */
export interface Seen {
  event: Event
  context: Context
  /** Hours since 1970. */
  hour: number
  /** The network it came from: the autonomous system if known, else the address prefix; absent for local events. */
  network?: string
  /** The neighbourhood of its address: IPv4 /24, IPv6 /48. */
  prefix?: string
  /** The network is one's own: a private range, or the console. */
  inside: boolean
  /** Browser and system in one word, without versions. */
  device?: string
  /** How many people the address is a habit of, as of the last tick but one. */
  addressHolders: number
  /** The same for the network. */
  networkHolders: number
  /** Name of the one that acts, hashed where no such entity exists. */
  account: string
  /** The name never logged in successfully: it has no memory. */
  stranger: boolean
}

/** What a feature may look at beyond its own memory. */
export interface Surroundings {
  around: Around
  /** The peers of the entity; EVERYBODY if none are known. */
  group: string
}

/** Numbers by name. What is unknown is NaN. */
export type Values = { readonly [name: string]: number }
/** The same in words, for a reason. */
export interface Words {
  observed: string
  expected: string
}

/** What speaks for somebody, 0 … 1: the own device, the own place. */
export interface Vouch {
  device: number
  place: number
}

/** What a memory is used to, for a person to look at. */
export interface Shown {
  /** At most 24, the most usual first. */
  values?: readonly { value: string; share: number; peersShare: number }[]
  /** Of the 168 hours of a week, Monday 00:00 UTC first: the share of the activity in each. Together 1. */
  hours?: readonly number[]
}

/** `M` must be plain data, of numbers, texts, lists and objects of fixed names: the runtime packs, saves, moves and deletes it. */
export interface Feature<M = unknown, V extends Values = Values> {
  id: string
  version: number
  about: EntityType
  summary: string
  start(): M
  /** Asks, and never changes anything. `undefined`: nothing to say of such an event. */
  read(memory: M, seen: Seen, surroundings: Surroundings): V | undefined
  /** The same in words; called only for what may become a reason. */
  tell(memory: M, seen: Seen, surroundings: Surroundings): Words
  /** What it is used to; `peersShare` is NaN where nobody else is compared. Absent: a person could not read it. */
  portrait?(memory: M, surroundings: Surroundings): Shown | undefined
  /** How much the memory knows, in active hours or events: which maturity band a score is compared in. */
  maturity(memory: M): number
  /** What the lesson needs of the memory as it was when the event came: facts move on before habits are taught. */
  capture?(memory: M, seen: Seen): string | number | undefined
  /** Facts, at once: counts, last place, failures. */
  note?(memory: M, seen: Seen): void
  /** Habits, when the event has been weighed and is trusted. */
  learn?(memory: M, seen: Seen, surroundings: Surroundings, captured: string | number | undefined): void
  /** How far values that are one's own speak for their owner: a thief of credentials rarely has the same. */
  vouches?(values: V): Partial<Vouch>
  /** What is counted in the tables of peers: moved when an entity's peers change. */
  holdings?(memory: M): { table: string; values: readonly string[] }
  upgrade?: Record<number, (older: unknown) => M>
}
