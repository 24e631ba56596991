/** Alerts as they are asked for and answered. */
import { Type } from 'typebox'
import { Entity, EntityTypeName, Hours, orNull, page, SpaceQuery, Time } from './shared-shapes.ts'

export const LabelName = Type.Union([Type.Literal('benign'), Type.Literal('malicious')])

const Reason = Type.Object({
  text: Type.String(),
  behaviour: Type.String(),
  title: Type.String(),
  family: Type.String(),
  entity: Entity,
  observed: Type.String(),
  expected: Type.String(),
  normal: orNull(Type.String({ description: 'What would have made it normal.' })),
  weight: Type.Number({ description: 'Its part of the risk.' }),
})

const summary = {
  id: Type.String(),
  time: Time,
  last_time: Time,
  entity: Entity,
  severity: Type.String(),
  risk: Type.Number(),
  p_value: orNull(Type.Number()),
  modelled: Type.Boolean(),
  title: Type.String(),
  state: Type.String(),
  label: orNull(LabelName),
  reasons: Type.Array(Reason),
  events_total: Type.Integer(),
  techniques: Type.Array(Type.String()),
  victims: Type.Array(Entity),
  victims_total: Type.Integer(),
}
const events = Type.Array(Type.String(), { description: 'At most 50.' })

/** Without the ids of its events. */
export const AlertSummary = Type.Object(summary)
export const AlertOut = Type.Object({ ...summary, events })

const Shares = Type.Array(Type.Object({ value: Type.String(), share: Type.Number() }))

export const AlertDetail = Type.Object({
  ...summary,
  events,
  feedback: Type.Array(Type.Object({ time: Time, label: orNull(LabelName), note: orNull(Type.String()) })),
  context: Type.Object(
    { hours: Hours, places: Shares, networks: Shares, devices: Shares, services: Shares },
    { description: 'What is usual for its entity.' },
  ),
  raw: Type.Array(
    Type.Object({
      event_id: Type.String(),
      time: orNull(Time),
      door: Type.String(),
      place: Type.String({ description: 'The file and the line in it, or who sent it.' }),
      line: Type.String(),
      cited: Type.Boolean(),
    }),
  ),
})

export const AlertsQuery = Type.Object({
  ...SpaceQuery,
  ...page(50),
  state: Type.Optional(
    Type.Union([Type.Literal('raised'), Type.Literal('over_budget'), Type.Literal('all')], { default: 'raised' }),
  ),
  severity: Type.Optional(
    Type.String({ maxLength: 64, pattern: '^(low|medium|high|critical)(,(low|medium|high|critical))*$' }),
  ),
  entity_type: Type.Optional(EntityTypeName),
  entity: Type.Optional(Type.String({ maxLength: 1024 })),
  label: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('benign'), Type.Literal('malicious')])),
  behaviour: Type.Optional(Type.String({ maxLength: 64 })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Words that all occur in it.' })),
  from: Type.Optional(Type.String({ maxLength: 64, description: 'Opened at or after: ISO 8601.' })),
  to: Type.Optional(Type.String({ maxLength: 64, description: 'Opened before: ISO 8601.' })),
})

export const AlertsOut = Type.Object({
  alerts: Type.Array(AlertOut),
  next_cursor: orNull(Type.String()),
  total: Type.Integer(),
})

export const LabelIn = Type.Object(
  { label: orNull(LabelName), note: Type.Optional(orNull(Type.String({ maxLength: 2000 }))) },
  { additionalProperties: false },
)
export const LabelOut = Type.Object({ id: Type.String(), label: orNull(LabelName) })

export const AlertId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 1024 }) })
