/** A server that no event has reached yet: what everybody sees first. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NOW, type RunningServer, startServer } from './running-server.fixture.ts'
import { watchStream } from './watch.fixture.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('says how things stand, and that nothing is known', async () => {
  const now = await server.ask('/v1/now')
  expect([now.status, now.json]).toMatchObject([
    200,
    {
      time: new Date(NOW).toISOString(),
      events_total: 0,
      lag_records: 0,
      lag_seconds: 0,
      budget_per_day: 20,
      riskiest: [],
    },
  ])
  for (const path of [
    '/v1/alerts',
    '/v1/entities',
    '/v1/sources',
    '/v1/dead-letters',
    '/v1/spaces',
    '/readyz',
    '/metrics',
  ])
    expect([path, (await server.ask(path)).status]).toEqual([path, 200])
  for (const type of ['user', 'host', 'address', 'network', 'organisation'])
    for (const id of ['ada', '%00', '__proto__', '%F0%9F%98%80'])
      expect((await server.ask(`/v1/entities/${type}/${id}`)).json).toMatchObject({
        status: 404,
        code: 'entity-unknown',
      })
})

it('tells whoever watches', async () => {
  const watch = await watchStream(server.port)
  expect((await watch.until('now')).data).toMatchObject({ events_total: 0 })
  watch.close()
})
