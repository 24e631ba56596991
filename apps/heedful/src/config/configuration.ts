/** What is set for a whole log: the content of its `activate` record of a configuration, so a replay finds it again. */
import type { Capacity, Settings } from '@heedful/stream'

/** In outward names, as it stands in the log. */
export interface Configuration {
  tenant: string
  budget_per_day: number
  /** ISO 8601, UTC. */
  warmup_from: string
  warmup_until: string
  seed: number
  /** How many are remembered, about; what is absent is as usual. */
  remembered?: Remembered
}

/** Entities of each type that are remembered before who was silent for longest is forgotten. */
export interface Remembered {
  users?: number
  hosts?: number
  addresses?: number
}

function capacityOf({ users, hosts, addresses }: Remembered): Partial<Capacity> {
  return {
    ...(users !== undefined && { user: users }),
    ...(hosts !== undefined && { host: hosts }),
    ...(addresses !== undefined && { address: addresses }),
  }
}

export function settingsOf(configuration: Configuration, shards: number): Settings {
  const from = Date.parse(configuration.warmup_from)
  const until = Date.parse(configuration.warmup_until)
  return {
    tenant: configuration.tenant,
    budgetPerDay: configuration.budget_per_day,
    warmupUntil: until,
    collectFrom: from + (until - from) / 2,
    seed: configuration.seed,
    capacity: capacityOf(configuration.remembered ?? {}),
    shards,
  }
}

/** What a person sets; each undefined where they leave it out. */
export interface Wishes {
  budget?: number
  /** ms from the first event on. */
  warmup?: number
  seed?: number
  remembered?: Remembered
}

export const DEFAULT_BUDGET = 20
export const DEFAULT_SEED = 1
const DEFAULT_WARMUP = 14 * 86_400_000

/** Of a log that begins; `first` is its first event's time, ms UTC. */
export function firstConfiguration({ budget, warmup, seed, remembered }: Wishes, first: number): Configuration {
  return {
    tenant: 'default',
    budget_per_day: budget ?? DEFAULT_BUDGET,
    warmup_from: new Date(first).toISOString(),
    warmup_until: new Date(first + (warmup ?? DEFAULT_WARMUP)).toISOString(),
    seed: seed ?? DEFAULT_SEED,
    ...(remembered !== undefined && { remembered }),
  }
}

/** Undefined where it is as wished already. */
export function changedConfiguration(
  found: Configuration,
  { budget, warmup, seed, remembered }: Wishes,
): Configuration | undefined {
  const from = Date.parse(found.warmup_from)
  const changed: Configuration = {
    ...found,
    budget_per_day: budget ?? found.budget_per_day,
    warmup_until: warmup === undefined ? found.warmup_until : new Date(from + warmup).toISOString(),
    seed: seed ?? found.seed,
    ...(remembered !== undefined && { remembered: { ...found.remembered, ...remembered } }),
  }
  return JSON.stringify(changed) === JSON.stringify(found) ? undefined : changed
}
