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
