/** `GET /v1/dead-letters`, and reading them again. */

import { isoOrNull } from '../alert-out.ts'
import type { AddRoutes } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { DeadLettersOut, DeadLettersQuery, RedriveIn, RedriveOut } from '../schemas/data.ts'

export const addDeadLetters: AddRoutes = (app, { viewOf, redrive }) => {
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
      const { letters } = viewOf(query.space).space.store.tables
      const [position, id] = cursor === undefined ? [] : readCursor(cursor)
      const { found, total } = letters.list({
        limit,
        ...(reason !== undefined && { reason }),
        ...(door !== undefined && { door }),
        ...(position !== undefined && id !== undefined && { after: { position, id } }),
      })
      const last = found.length === limit ? found.at(-1) : undefined
      return {
        dead_letters: found.map((letter) => ({ ...letter, time: isoOrNull(letter.time) })),
        reasons: letters.reasons(),
        next_cursor: last === undefined ? null : writeCursor([last.position, last.id]),
        total,
      }
    },
  )

  app.post(
    '/v1/dead-letters/redrive',
    {
      schema: {
        summary: 'Read refused lines again with the parsers of today',
        tags: ['data'],
        body: RedriveIn,
        response: { 200: RedriveOut },
      },
    },
    async ({ body: { ids, reason } }) => {
      const { redriven, refusedAgain } = await (ids === undefined ? redrive.byReason(reason ?? '') : redrive.byIds(ids))
      return { redriven, refused_again: refusedAgain }
    },
  )
}
