/** `GET /v1/entities`, `GET /v1/entities/{type}/{id}`. */
import type { EntityType } from '@heedful/stream'
import { Type } from 'typebox'
import { outward } from '../../exports/numbers.ts'
import { Refusal } from '../../serving/refusal.ts'
import { timeOf } from '../../serving/view.ts'
import { iso } from '../alert-out.ts'
import type { AddRoutes } from '../context.ts'
import { entityOut } from '../entity-out.ts'
import { EntitiesOut, EntitiesQuery, EntityOut, EntityPath } from '../schemas/entities.ts'
import { SpaceQuery } from '../schemas/shared-shapes.ts'

export const addEntities: AddRoutes = (app, { viewOf }) => {
  app.get(
    '/v1/entities',
    {
      schema: {
        summary: 'Users, hosts, addresses and networks, by risk or by time',
        tags: ['entities'],
        querystring: EntitiesQuery,
        response: { 200: EntitiesOut },
      },
    },
    ({ query }) => {
      const { type, q, limit = 50, order = 'risk' } = query
      const view = viewOf(query.space)
      const entities = view.space.store.tables.entities.list({
        order,
        limit,
        now: timeOf(view),
        ...(type !== undefined && { type: type as EntityType }),
        ...(q !== undefined && { part: q }),
      })
      return {
        entities: entities.map(({ type, id, risk, last, events, alerts }) => ({
          type,
          id,
          risk: outward(risk) ?? 0,
          last: iso(last),
          events,
          alerts,
        })),
      }
    },
  )

  app.get(
    '/v1/entities/:type/:id',
    {
      schema: {
        summary: 'One entity: its risk, habits, peers and alerts',
        tags: ['entities'],
        params: EntityPath,
        querystring: Type.Object(SpaceQuery),
        response: { 200: EntityOut },
      },
    },
    ({ params: { type, id }, query }) => {
      const found = entityOut(viewOf(query.space), { type: type as EntityType, id })
      if (found !== undefined) return found
      throw new Refusal('entity-unknown', `nothing is known of the ${type} ${id.slice(0, 200)}`, {
        status: 404,
        wayOut: 'GET /v1/entities lists those that are known',
      })
    },
  )
}
