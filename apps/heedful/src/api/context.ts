/** What routes are given: the service, and what the server knows of itself. */
import { join } from 'node:path'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Meter } from '../serving/meter.ts'
import { Redrive } from '../serving/redrive.ts'
import { Refusal } from '../serving/refusal.ts'
import type { Service } from '../serving/service.ts'
import { Spaces } from '../serving/spaces.ts'
import type { View } from '../serving/view.ts'
import type { Demo } from './demo.ts'

/** The server with schemas of typebox: what a route's handler reads is typed by its schema. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What whoever starts a server gives it. */
export interface Served {
  /** The space `main`. */
  service: Service
  /** When the server started, ms UTC. */
  started: number
  version: string
  demo?: Demo
}

export interface ApiContext extends Served {
  meter: Meter
  redrive: Redrive
  spaces: Spaces
  /** What can be asked of a space. Throws `Refusal` space-unknown. */
  viewOf(space?: string): View
  /** That a space goes on: what is written into it is judged. Throws `Refusal` space-unknown, space-still. */
  requireLive(space?: string): void
}

export function contextOf(served: Served): ApiContext {
  const { service } = served
  const spaces = new Spaces({ folder: join(service.space.folder, 'spaces'), now: () => service.now() })
  const viewOf = (space = 'main') => (space === 'main' ? service : spaces.view(space))
  return {
    ...served,
    meter: new Meter(service.events),
    redrive: new Redrive(service),
    spaces,
    viewOf,
    requireLive(space) {
      if (viewOf(space) === service) return
      throw new Refusal(
        'space-still',
        'this space is a file that was read to its end: it takes and tells nothing more',
        {
          status: 409,
          wayOut: 'ask for its alerts with GET /v1/alerts; heedful serve follows a file and takes labels',
        },
      )
    },
  }
}

/** Adds the routes of one file. */
export type AddRoutes = (app: App, context: ApiContext) => void
