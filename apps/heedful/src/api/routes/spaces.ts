/** `POST`, `GET` and `DELETE /v1/spaces`: log files that are dropped, each in a space of its own. */
import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { AddRoutes, App } from '../context.ts'
import { SpaceId, SpaceMade, SpaceName, SpacesOut } from '../schemas/spaces.ts'

const BYTES = 'application/octet-stream'
/** The space counts them itself while they come. */
const BODY = 2 ** 31

export const addSpaces: AddRoutes = (app, { spaces }) => {
  app.addHook('preClose', () => spaces.close())

  void app.register(async (scope: App) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(BYTES, (_request, body, done) => done(null, body))
    scope.post(
      '/v1/spaces',
      {
        bodyLimit: BODY,
        schema: {
          summary: 'Read a log file into a space of its own',
          description: `The file as ${BYTES}, plain or gzip, at most 1 GiB.`,
          tags: ['spaces'],
          consumes: [BYTES],
          body: Type.Unknown({ description: 'The bytes of the file.' }),
          querystring: SpaceName,
          response: { 201: SpaceMade },
        },
      },
      async ({ query: { name }, body }, reply) => reply.code(201).send(await spaces.add(name, body as Readable)),
    )
  })

  app.get(
    '/v1/spaces',
    { schema: { summary: 'Log files that were dropped', tags: ['spaces'], response: { 200: SpacesOut } } },
    () => ({ spaces: spaces.list() }),
  )

  app.delete(
    '/v1/spaces/:space',
    { schema: { summary: 'Forget a log file', tags: ['spaces'], params: SpaceId, response: { 204: Type.Null() } } },
    async ({ params: { space } }, reply) => {
      await spaces.remove(space)
      return reply.code(204).send(null)
    },
  )
}
