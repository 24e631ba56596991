/** What routes are given: the service, and what the server knows of itself. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Service } from '../serving/service.ts'

/** The server with schemas of typebox: what a route's handler reads is typed by its schema. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface ApiContext {
  /** The space `main`. */
  service: Service
  /** When the server started, ms UTC. */
  started: number
  version: string
}

/** Adds the routes of one file. */
export type AddRoutes = (app: App, context: ApiContext) => void
