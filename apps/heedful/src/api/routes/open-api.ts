/** `/openapi.json`: what there is, from the very schemas that requests are checked by; `/api` shows it to people. */
import type { AddRoutes } from '../context.ts'
import { type Description, REFERENCE_STYLE, referencePage } from '../reference-page.ts'

export const addOpenApi: AddRoutes = (app) => {
  const hidden = { schema: { hide: true } }
  app.get('/openapi.json', hidden, async () => app.swagger())
  app.get('/api', hidden, async (_request, reply) => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
    return referencePage(app.swagger() as unknown as Description)
  })
  app.get('/api.css', hidden, async (_request, reply) => {
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache')
    return REFERENCE_STYLE
  })
}
