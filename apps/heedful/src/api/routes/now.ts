/** `GET /v1/now`, and the pace of a demonstration. */
import { Type } from 'typebox'
import { Refusal } from '../../serving/refusal.ts'
import type { AddRoutes } from '../context.ts'
import { exactBody } from '../exact-body.ts'
import { nowOut } from '../now-out.ts'
import { DemoIn, DemoOut, NowOut } from '../schemas/now.ts'
import { SpaceQuery } from '../schemas/shared-shapes.ts'

export const addNow: AddRoutes = (app, { service, viewOf, meter, demo }) => {
  app.get(
    '/v1/now',
    {
      schema: {
        summary: 'How things stand',
        tags: ['now'],
        querystring: Type.Object(SpaceQuery),
        response: { 200: NowOut },
      },
    },
    ({ query }) => {
      const view = viewOf(query.space)
      return view === service ? nowOut(view, demo?.state() ?? null, meter.rate) : nowOut(view, null)
    },
  )

  app.put(
    '/v1/demo',
    {
      ...exactBody,
      schema: {
        summary: 'Change the pace of the demonstration',
        tags: ['now'],
        body: DemoIn,
        response: { 200: DemoOut },
      },
    },
    ({ body: { pace } }) => {
      if (demo !== undefined) return demo.setPace(pace)
      throw new Refusal('demo-absent', 'this is no demonstration', {
        status: 404,
        wayOut: 'heedful demo starts one',
      })
    },
  )
}
