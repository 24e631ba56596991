import type { Capacity } from './memory/entities.ts'

/** What can be set; `activate` records carry it, so it is part of what the log says. */
export interface Settings {
  tenant: string
  /** A ceiling on alerts a day. */
  budgetPerDay: number
  /** Until this moment (ms UTC) events only teach; behaviours that need no habit speak at once. */
  warmupUntil: number
  /** From this moment on (ms UTC) scores are collected to compare with: half of the warm-up. */
  collectFrom: number
  seed: number
  /** How many entities of each type are remembered, about, where it is not `DEFAULT_CAPACITY`. */
  capacity?: Partial<Capacity>
  /** Shards of memory inside the one process: changes nothing that anyone can see. */
  shards: number
}

/** What is remembered where nothing else is set: a million people with two addresses each, and as many more as come and go. */
export const DEFAULT_CAPACITY: Capacity = {
  user: 1_000_000,
  host: 100_000,
  address: 2_000_000,
  network: 100_000,
  organisation: 1,
}
