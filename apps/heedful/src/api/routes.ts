/** Every route file, one line each. */
import type { AddRoutes } from './context.ts'
import { addAlerts } from './routes/alerts.ts'
import { addDeadLetters } from './routes/dead-letters.ts'
import { addEntities } from './routes/entities.ts'
import { addEvents } from './routes/events.ts'
import { addHealth } from './routes/health.ts'
import { addMetrics } from './routes/metrics.ts'
import { addNow } from './routes/now.ts'
import { addOpenApi } from './routes/open-api.ts'
import { addSources } from './routes/sources.ts'
import { addSpaces } from './routes/spaces.ts'
import { addStream } from './routes/stream.ts'

export const routes: readonly AddRoutes[] = [
  addMetrics,
  addHealth,
  addEvents,
  addNow,
  addAlerts,
  addEntities,
  addSources,
  addDeadLetters,
  addStream,
  addSpaces,
  addOpenApi,
]
