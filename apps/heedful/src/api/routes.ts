/** Every route file, one line each. */
import type { AddRoutes } from './context.ts'
import { addEvents } from './routes/events.ts'
import { addHealth } from './routes/health.ts'

export const routes: readonly AddRoutes[] = [addHealth, addEvents]
