/** Entities: users, hosts, addresses, networks. */
import { Type } from 'typebox'
import { AlertSummary } from './alerts.ts'
import { Entity, EntityTypeName, Hours, orNull, SpaceQuery, Time } from './shared-shapes.ts'

export const EntitiesQuery = Type.Object({
  ...SpaceQuery,
  type: Type.Optional(EntityTypeName),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'A part of its id, in any case.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  order: Type.Optional(Type.Union([Type.Literal('risk'), Type.Literal('recent')], { default: 'risk' })),
})

export const EntitiesOut = Type.Object({
  entities: Type.Array(
    Type.Object({
      type: Type.String(),
      id: Type.String(),
      risk: Type.Number({ description: 'The highest within a day.' }),
      last: Time,
      events: Type.Integer(),
      alerts: Type.Integer(),
    }),
  ),
})

export const EntityPath = Type.Object({ type: EntityTypeName, id: Type.String({ minLength: 1, maxLength: 1024 }) })

export const EntityOut = Type.Object({
  entity: Entity,
  first: Time,
  last: Time,
  events: Type.Integer(),
  maturity: Type.Object({
    events: Type.Integer({ description: 'Trusted events that taught its habits.' }),
    label: Type.String(),
  }),
  peers: Type.Object({
    group: orNull(Type.String()),
    size: Type.Integer(),
    members: Type.Array(Type.Object({ id: Type.String(), risk: Type.Number() })),
  }),
  risk_now: Type.Number({ description: 'The highest within a day, as in the list.' }),
  risk: Type.Array(Type.Object({ time: Time, risk: Type.Number() }), {
    description: 'The highest of each hour that had any, of the last 28 days.',
  }),
  contributions: Type.Array(
    Type.Object({ behaviour: Type.String(), title: Type.String(), family: Type.String(), weight: Type.Number() }),
    { description: 'What its alerts of the last 28 days weigh, by behaviour.' },
  ),
  hours: Hours,
  habits: Type.Array(
    Type.Object({
      feature: Type.String(),
      summary: Type.String(),
      values: Type.Array(
        Type.Object({ value: Type.String(), share: Type.Number(), peers_share: orNull(Type.Number()) }),
      ),
    }),
  ),
  alerts: Type.Array(AlertSummary),
})
