/** `/openapi.json`: what there is, from the very schemas that requests are checked by. */
import type { AddRoutes } from '../context.ts'

export const addOpenApi: AddRoutes = (app) => {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
