/** What `heedful serve` is to do: what is typed, else what the configuration file says, else what is usual. */
import { LIMITS, type Limits } from '../api/limits.ts'
import type { LogTarget } from '../api/server.ts'
import { readBudget, readDuration } from '../config/durations.ts'
import { readSettings } from '../config/read-settings.ts'
import type { FollowedFile, ServerSettings } from '../config/server-settings.ts'
import type { ServiceOptions } from '../serving/service.ts'
import type { ServeArguments } from './serve.ts'
import type { Terminal } from './terminal.ts'

export interface ServePlan {
  service: ServiceOptions
  server: { host: string; port: number; limits: Limits; log: LogTarget }
  files: readonly FollowedFile[]
}

/** Throws `CommandError`s of the configuration. */
export function planServe(typed: ServeArguments, { now, out }: Terminal): ServePlan {
  const read: ServerSettings = typed.config === undefined ? {} : readSettings(typed.config)
  const city = typed.geoipCity ?? read.geoip?.city
  const asn = typed.geoipAsn ?? read.geoip?.asn
  const budget = typed.budget ?? (read.budget === undefined ? undefined : readBudget(String(read.budget), 'budget'))
  const warmup = typed.warmup ?? (read.warmup === undefined ? undefined : readDuration(read.warmup, 'warmup'))
  const seed = typed.seed ?? read.seed
  const { requests_per_second: requestsPerSecond = LIMITS.requestsPerSecond, ...remembered } = read.limits ?? {}
  return {
    service: {
      folder: typed.data ?? read.data ?? './heedful-data',
      timezone: typed.timezone ?? read.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
      now,
      ...(budget !== undefined && { budget }),
      ...(warmup !== undefined && { warmup }),
      ...(seed !== undefined && { seed }),
      ...(Object.keys(remembered).length > 0 && { remembered }),
      ...(city !== undefined && { city }),
      ...(asn !== undefined && { asn }),
    },
    server: {
      host: typed.host ?? read.host ?? '127.0.0.1',
      port: typed.port ?? read.port ?? 8787,
      log: { level: typed.logLevel ?? read.log_level ?? (out.isTTY ? 'error' : 'info'), stream: out },
      limits: { ...LIMITS, requestsPerSecond },
    },
    files: read.files ?? [],
  }
}
