/** Every log format that is understood: one folder, one line here. */
import { authLog } from './auth-log/auth-log.ts'
import type { Source } from './source.ts'

const all: readonly Source[] = [authLog]

/** By id. */
export const sources: ReadonlyMap<string, Source> = new Map(all.map((source) => [source.id, source]))
