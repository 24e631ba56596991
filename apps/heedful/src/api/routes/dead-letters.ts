/** `GET /v1/dead-letters`, and reading them again. */
import { Type } from 'typebox'
import { detailOf } from '../../intake/refusal-words.ts'
import { isoOrNull } from '../alert-out.ts'
import type { AddRoutes } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { exactBody } from '../exact-body.ts'
import { placesOf } from '../place.ts'
import { DeadLettersOut, DeadLettersQuery, RedriveIn, RedriveOut } from '../schemas/data.ts'
import { SpaceQuery } from '../schemas/shared-shapes.ts'

/** A thousand ids, bytes. */
const LARGEST = 2 * 1024 * 1024

export const addDeadLetters: AddRoutes = (app, { viewOf, requireLive, redrive }) => {
  app.get(
    '/v1/dead-letters',
    {
      schema: {
        summary: 'Lines that were refused, newest first, with their reasons',
        tags: ['data'],
        querystring: DeadLettersQuery,
        response: { 200: DeadLettersOut },
      },
    },
    ({ query }) => {
      const { reason, door, limit = 50, cursor } = query
      const view = viewOf(query.space)
      const { letters } = view.space.store.tables
      const placeOf = placesOf(view)
      const [position, id] = cursor === undefined ? [] : readCursor('dead-letters', cursor)
      const { found, total } = letters.list({
        limit,
        ...(reason !== undefined && { reason }),
        ...(door !== undefined && { door }),
        ...(position !== undefined && id !== undefined && { after: { position, id } }),
      })
      const last = found.length === limit ? found.at(-1) : undefined
      return {
        dead_letters: found.map((letter) => ({
          ...letter,
          detail: detailOf(letter),
          place: placeOf(letter.position, letter.door),
          time: isoOrNull(letter.time),
        })),
        reasons: letters.reasons(),
        next_cursor: last === undefined ? null : writeCursor('dead-letters', last.position, last.id),
        total,
      }
    },
  )

  app.post(
    '/v1/dead-letters/redrive',
    {
      ...exactBody,
      bodyLimit: LARGEST,
      schema: {
        summary: 'Read refused lines again with the parsers of today',
        tags: ['data'],
        querystring: Type.Object(SpaceQuery),
        body: RedriveIn,
        response: { 200: RedriveOut },
      },
    },
    async ({ query: { space }, body: { ids, reason } }) => {
      requireLive(space)
      const { redriven, refusedAgain } = await (ids === undefined ? redrive.byReason(reason ?? '') : redrive.byIds(ids))
      return { redriven, refused_again: refusedAgain }
    },
  )
}
