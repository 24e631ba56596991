/** `/metrics`: for Prometheus. */
import { Type } from 'typebox'
import type { AddRoutes } from '../context.ts'
import { Metrics } from '../metrics.ts'

/** Methods that are counted by name: the others are what somebody invents. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE'])

export const addMetrics: AddRoutes = (app, { service, version, started }) => {
  const metrics = new Metrics(service, version, started)
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const route = routeOptions.url ?? 'none'
    metrics.answered(METHODS.has(method) ? method : 'other', route, reply.statusCode, reply.elapsedTime / 1000)
  })
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Metrics for Prometheus',
        tags: ['operation'],
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      reply.type(metrics.registry.contentType)
      return metrics.registry.metrics()
    },
  )
}
