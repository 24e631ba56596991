/** `/healthz`: the process answers. `/readyz`: it also takes events and judges them. */
import { Type } from 'typebox'
import type { AddRoutes } from '../context.ts'

const READY_LAG = 50_000

export const addHealth: AddRoutes = (app, { service, version }) => {
  const Health = Type.Object({ status: Type.Literal('ok'), version: Type.String() })
  app.get(
    '/healthz',
    { schema: { summary: 'The process answers', tags: ['operation'], response: { 200: Health } } },
    () => ({ status: 'ok' as const, version }),
  )

  const Readiness = Type.Object({
    ready: Type.Boolean(),
    reason: Type.Union([Type.String(), Type.Null()]),
    lag_records: Type.Integer(),
  })
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Events are taken and judged',
        tags: ['operation'],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    (_request, reply) => {
      const behind = service.lag > READY_LAG ? `${service.lag} records of the log wait to be judged` : undefined
      const reason = service.trouble ?? behind ?? null
      reply.code(reason === null ? 200 : 503)
      return { ready: reason === null, reason, lag_records: service.lag }
    },
  )
}
