/** `GET /v1/stream`: server-sent events (WHATWG HTML, section 9.2). */
import type { OutgoingHttpHeaders } from 'node:http'
import { Type } from 'typebox'
import { Refusal } from '../../serving/refusal.ts'
import type { AddRoutes } from '../context.ts'
import { nowOut } from '../now-out.ts'
import { SpaceQuery } from '../schemas/shared-shapes.ts'
import { MOST_WATCHERS, StreamHub } from '../stream-hub.ts'

const StreamHeaders = Type.Object({
  'last-event-id': Type.Optional(Type.String({ maxLength: 20, description: 'Go on behind this one.' })),
})

export const addStream: AddRoutes = (app, { service, requireLive, demo, meter }) => {
  const hub = new StreamHub({
    service,
    now: () => JSON.stringify(nowOut(service, demo?.state() ?? null, meter.rate)),
    onFailed: (error) => app.log.error({ err: error }, 'watchers cannot be told'),
  })
  app.addHook('preClose', async () => hub.close())
  app.get(
    '/v1/stream',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'Alerts, labels and how things stand, as they come',
        tags: ['alerts'],
        description:
          'Server-sent events: alert (an alert, raised or changed), label (id and label), now (as GET /v1/now, each second), dead_letter (count). An id is where to go on, by Last-Event-ID.',
        produces: ['text/event-stream'],
        response: { 200: Type.String() },
        headers: StreamHeaders,
        querystring: Type.Object(SpaceQuery),
      },
    },
    (request, reply) => {
      requireLive(request.query.space)
      if (hub.count >= MOST_WATCHERS) {
        throw new Refusal('too-many-watchers', `${MOST_WATCHERS} watch already`, {
          status: 503,
          wayOut: 'close some pages',
          retryAfter: 10,
        })
      }
      const last = request.headers['last-event-id']
      const since = last !== undefined && /^\d{1,15}$/.test(last) ? Number(last) : undefined
      reply.hijack()
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      hub.add(reply.raw, since)
    },
  )
}
