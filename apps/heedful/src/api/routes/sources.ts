/** `GET /v1/sources`: the doors that lines come through. */
import { Type } from 'typebox'
import { doorsOf } from '../../log/activations.ts'
import { isoOrNull } from '../alert-out.ts'
import type { AddRoutes } from '../context.ts'
import { SourcesOut } from '../schemas/data.ts'
import { SpaceQuery } from '../schemas/shared-shapes.ts'

export const addSources: AddRoutes = (app, { viewOf, service, demo }) => {
  app.get(
    '/v1/sources',
    {
      schema: {
        summary: 'Where events come from',
        tags: ['data'],
        querystring: Type.Object(SpaceQuery),
        response: { 200: SourcesOut },
      },
    },
    ({ query }) => {
      const view = viewOf(query.space)
      const { log, store } = view.space
      const counts = new Map(store.tables.doors.all().map((count) => [count.door, count]))
      const files = new Set(log.files.map(({ format, timezone }) => `${format} in ${timezone}`))
      const sources = doorsOf(log).map(({ door, name, format, timezone }) => {
        const { lines = 0, events = 0, refused = 0, absorbed = 0, last = null } = counts.get(door) ?? {}
        // Doors of what is sent carry their sender's name before a colon; those of files the name of the format alone.
        const isFile = !name.includes(':') && files.has(`${format} in ${timezone}`)
        const kind = isFile ? 'file' : view === service && demo?.door === name ? 'demo' : 'http'
        const last_time = isoOrNull(last)
        return { door, name, format, timezone, lines, events, refused, absorbed, last_time, kind } as const
      })
      return { sources }
    },
  )
}
