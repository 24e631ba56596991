/** Log files that were dropped. */
import { Type } from 'typebox'
import { orNull } from './shared-shapes.ts'

export const SpaceName = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 255, description: "The file's name." }),
})
export const SpaceMade = Type.Object({ space: Type.String(), name: Type.String() })
export const SpaceId = Type.Object({ space: Type.String({ minLength: 1, maxLength: 64 }) })

export const SpacesOut = Type.Object({
  spaces: Type.Array(
    Type.Object({
      space: Type.String(),
      name: Type.String(),
      state: Type.Union([Type.Literal('scanning'), Type.Literal('done'), Type.Literal('failed')]),
      progress: Type.Number({ description: '0 while it is read, 1 when it is done.' }),
      events: Type.Integer(),
      alerts: Type.Integer(),
      refused: Type.Integer(),
      error: orNull(Type.String()),
      notes: Type.Array(Type.String()),
    }),
  ),
})
