/** Every route file, one line each. */
import type { AddRoutes } from './context.ts'
import { addEvents } from './routes/events.ts'
import { addHealth } from './routes/health.ts'
import { addMetrics } from './routes/metrics.ts'
import { addOpenApi } from './routes/open-api.ts'

export const routes: readonly AddRoutes[] = [addMetrics, addHealth, addEvents, addOpenApi]
