/** What is set for a whole log: the content of its `activate` record of a configuration, so a replay finds it again. */
import type { Settings } from '@heedful/stream'

/** In outward names, as it stands in the log. */
export interface Configuration {
  tenant: string
  budget_per_day: number
  /** ISO 8601, UTC. */
  warmup_from: string
  warmup_until: string
  seed: number
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
    shards,
  }
}

/** What a person sets; each undefined where they leave it out. */
export interface Wishes {
  budget?: number
  /** ms from the first event on. */
  warmup?: number
  seed?: number
}

export const DEFAULT_BUDGET = 20
export const DEFAULT_SEED = 1
const DEFAULT_WARMUP = 14 * 86_400_000

/** Of a log that begins; `first` is its first event's time, ms UTC. */
export function firstConfiguration({ budget, warmup, seed }: Wishes, first: number): Configuration {
  return {
    tenant: 'default',
    budget_per_day: budget ?? DEFAULT_BUDGET,
    warmup_from: new Date(first).toISOString(),
    warmup_until: new Date(first + (warmup ?? DEFAULT_WARMUP)).toISOString(),
    seed: seed ?? DEFAULT_SEED,
  }
}

/** Undefined where it is as wished already. */
export function changedConfiguration(
  found: Configuration,
  { budget, warmup, seed }: Wishes,
): Configuration | undefined {
  const from = Date.parse(found.warmup_from)
  const changed: Configuration = {
    ...found,
    budget_per_day: budget ?? found.budget_per_day,
    warmup_until: warmup === undefined ? found.warmup_until : new Date(from + warmup).toISOString(),
    seed: seed ?? found.seed,
  }
  return JSON.stringify(changed) === JSON.stringify(found) ? undefined : changed
}
