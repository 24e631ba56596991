/** Where events come from, and what was refused of them. */
import { Type } from 'typebox'
import { orNull, page, SpaceQuery, Time } from './shared-shapes.ts'

export const SourcesOut = Type.Object({
  sources: Type.Array(
    Type.Object({
      door: Type.Integer(),
      name: Type.String(),
      format: Type.String(),
      timezone: Type.String(),
      lines: Type.Integer(),
      events: Type.Integer(),
      refused: Type.Integer(),
      absorbed: Type.Integer({ description: 'Lines that were understood and are no event of their own.' }),
      last_time: orNull(Time),
      kind: Type.Union([Type.Literal('http'), Type.Literal('file'), Type.Literal('demo')]),
    }),
  ),
})

export const DeadLettersQuery = Type.Object({
  ...SpaceQuery,
  ...page(50),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
  door: Type.Optional(Type.Integer({ minimum: 0 })),
})

export const DeadLettersOut = Type.Object({
  dead_letters: Type.Array(
    Type.Object({
      id: Type.String(),
      position: Type.Integer(),
      door: Type.Integer(),
      place: Type.String({ description: 'The file and the line in it, or who sent it.' }),
      time: orNull(Time),
      reason: Type.String(),
      detail: Type.String(),
      line: Type.String({ description: 'At most 2,000 characters of it.' }),
      redriven: Type.Boolean(),
    }),
  ),
  reasons: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer(), example: Type.String() })),
  next_cursor: orNull(Type.String()),
  total: Type.Integer(),
})

export const RedriveIn = Type.Object(
  {
    ids: Type.Optional(Type.Array(Type.String({ maxLength: 1024 }), { minItems: 1, maxItems: 1000 })),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
)
export const RedriveOut = Type.Object({ redriven: Type.Integer(), refused_again: Type.Integer() })
