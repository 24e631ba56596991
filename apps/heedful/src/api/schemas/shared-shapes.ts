/** Shapes that several answers share. */
import { type TSchema, Type } from 'typebox'

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC.' })

export const Entity = Type.Object({ type: Type.String(), id: Type.String() })

const ENTITY_TYPES = ['user', 'host', 'address', 'network', 'organisation'] as const
export const EntityTypeName = Type.Union(ENTITY_TYPES.map((type) => Type.Literal(type)))

export const SpaceQuery = {
  space: Type.Optional(
    Type.String({ maxLength: 64, default: 'main', description: 'main, or that of a log file that was dropped.' }),
  ),
}

export const page = (limit: number) => ({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: limit })),
  cursor: Type.Optional(Type.String({ maxLength: 4096, description: 'The next_cursor of the page before.' })),
})

/** 168 shares of an entity's activity. */
export const Hours = orNull(
  Type.Array(Type.Number(), { description: 'Share of the activity by hour of the week, Monday 00:00 UTC first.' }),
)
