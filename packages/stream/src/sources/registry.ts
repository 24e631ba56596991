/** Every log format that is understood: one folder, one line here. */
import { authLog } from './auth-log/auth-log.ts'
import { ecsNdjson } from './ecs-ndjson/ecs-ndjson.ts'
import { entraSignIn } from './entra-sign-in/entra-sign-in.ts'
import { mapped } from './mapped/mapped.ts'
import type { Source } from './source.ts'

const all: readonly Source[] = [authLog, ecsNdjson, entraSignIn, mapped]

/** By id. */
export const sources: ReadonlyMap<string, Source> = new Map(all.map((source) => [source.id, source]))
