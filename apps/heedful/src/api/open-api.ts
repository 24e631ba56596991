/** What there is to ask, told from the very schemas that requests are checked by: OpenAPI 3.1. */
import swagger from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { Type } from 'typebox'
import type { App } from './context.ts'
import { isGuarded } from './keys.ts'
import { PROBLEM_TYPE } from './problem.ts'

const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What is wrong, and the way out.' }),
  code: Type.String({ description: 'Stays the same; programs decide by it.' }),
  instance: Type.Optional(Type.String({ description: 'The request, as the log of the server calls it.' })),
})

const refused = {
  description: 'Refused, or gone wrong (RFC 9457).',
  content: { [PROBLEM_TYPE.split(';', 1)[0] as string]: { schema: Problem } },
}

/** What all have alike is added here, once. */
function complete(schema: FastifySchema | undefined, url: string): FastifySchema {
  const { response = {}, ...rest } = schema ?? {}
  const security = isGuarded(url) ? { security: [{ key: [] }] } : {}
  return { ...rest, ...security, response: { ...(response as object), default: refused } }
}

/** To be called before the routes are added. */
export async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Heedful',
        version,
        description: 'Events in, alerts with their reasons out.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'Asked for where the server can be reached from other machines; not on this one.',
          },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: schema?.hide ? schema : complete(schema, url), url }),
  })
}
