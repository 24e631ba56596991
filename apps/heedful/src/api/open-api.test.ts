/** What `/openapi.json` says is what the server answers: every route, asked over real sockets. */
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeBreakIns } from '../commands/break-ins.fixture.ts'
import type { Description, Operation, Schema } from './reference-page.ts'
import { type Answer, type Asked, freshFolder, type RunningServer, startServer } from './running-server.fixture.ts'
import { watchStream } from './watch.fixture.ts'

let server: RunningServer
let described: Description
beforeAll(async () => {
  server = await startServer()
  const { lines } = await writeBreakIns(freshFolder(), 12)
  await server.send([...lines, 'Mar  4 02:00:01 gate sshd[1]: nobody says this'], { 'x-heedful-source': 'gate' })
  await server.service.caughtUp()
  described = (await server.ask('/openapi.json')).json as unknown as Description
}, 120_000)
afterAll(() => server.stop())

const json = (method: string, body: unknown): Asked => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const lines = { headers: { 'content-type': 'application/x-ndjson' } }
const EVENT =
  '{"@timestamp":"2026-05-01T08:00:00Z","event":{"category":["authentication"],"outcome":"success"},"user":{"name":"ada"}}\n'

/** One request for each answer that is described, and the path and method that it belongs to. */
async function everyRequest(): Promise<[described: string, path: string, asked?: Asked][]> {
  const { alerts } = (await server.ask('/v1/alerts?state=all')).json as {
    alerts: { id: string; entity: { type: string; id: string } }[]
  }
  const [first] = alerts
  const id = encodeURIComponent(first?.id ?? '')
  const entity = `${first?.entity.type}/${encodeURIComponent(first?.entity.id ?? '')}`
  return [
    ['get /healthz 200', '/healthz'],
    ['get /readyz 200', '/readyz'],
    ['get /metrics 200', '/metrics'],
    ['post /v1/events 202', '/v1/events', { ...lines, body: EVENT }],
    ['post /v1/events 200', '/v1/events?wait=verdict', { ...lines, body: EVENT }],
    ['post /v1/events default', '/v1/events?format=cobol', { ...lines, body: EVENT }],
    ['get /v1/now 200', '/v1/now'],
    ['put /v1/demo default', '/v1/demo', json('PUT', { pace: 60 })],
    ['get /v1/alerts 200', '/v1/alerts?state=all'],
    ['get /v1/alerts/{id} 200', `/v1/alerts/${id}`],
    ['get /v1/alerts/{id} default', '/v1/alerts/none'],
    ['put /v1/alerts/{id}/label 200', `/v1/alerts/${id}/label`, json('PUT', { label: 'benign', note: 'a test' })],
    ['get /v1/entities 200', '/v1/entities'],
    ['get /v1/entities/{type}/{id} 200', `/v1/entities/${entity}`],
    ['get /v1/sources 200', '/v1/sources'],
    ['get /v1/dead-letters 200', '/v1/dead-letters'],
    ['post /v1/dead-letters/redrive 200', '/v1/dead-letters/redrive', json('POST', { ids: ['none'] })],
    ['get /v1/spaces 200', '/v1/spaces'],
    [
      'post /v1/spaces default',
      '/v1/spaces?name=a.log',
      { method: 'POST', headers: { 'content-type': 'text/html' }, body: 'x' },
    ],
    ['delete /v1/spaces/{space} default', '/v1/spaces/none', { method: 'DELETE' }],
  ]
}
/** Asked for by other tests: they take a file, a stream, a server that is behind, or a demonstration. */
const ELSEWHERE = [
  'get /v1/stream 200',
  'post /v1/spaces 201',
  'delete /v1/spaces/{space} 204',
  'get /readyz 503',
  'put /v1/demo 200',
]

const operations = (): [name: string, operation: Operation][] =>
  Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, Operation] => [`${method} ${path}`, one]),
  )

const saidOf = (name: string, status: string): { type: string; schema: Schema } => {
  const said = operations().find(([one]) => one === name)?.[1].responses?.[status]
  const [type = '', { schema = {} } = {}] = Object.entries(said?.content ?? {})[0] ?? []
  return { type, schema }
}

function check(name: string, answer: Answer): void {
  const [method, path, status] = name.split(' ') as [string, string, string]
  const { type, schema } = saidOf(`${method} ${path}`, status)
  if (status === 'default') expect(answer.status, name).toBeGreaterThanOrEqual(400)
  else expect([name, answer.status]).toEqual([name, Number(status)])
  expect([name, String(answer.headers['content-type'])]).toEqual([name, expect.stringContaining(type)])
  const value = type.includes('json') ? answer.json : answer.text
  expect([name, [...Value.Errors(schema as never, value)].slice(0, 3)]).toEqual([name, []])
}

it('every answer is as it is described', async () => {
  const asked = await everyRequest()
  for (const [name, path, how] of asked) check(name, await server.ask(path, how))
  const all = operations().flatMap(([name, { responses = {} }]) =>
    Object.keys(responses)
      .filter((status) => status !== 'default')
      .map((status) => `${name} ${status}`),
  )
  expect(all.sort()).toEqual(
    [...asked.map(([name]) => name).filter((name) => !name.endsWith('default')), ...ELSEWHERE].sort(),
  )
})

it('a check would notice: a field that is missing, or of another kind', () => {
  const { schema } = saidOf('get /healthz', '200')
  expect([...Value.Errors(schema as never, { status: 'ok' })].length).toBeGreaterThan(0)
  expect([...Value.Errors(schema as never, { status: 'ill', version: '1' })].length).toBeGreaterThan(0)
})

it('every request that has a body, and every one that asks for a key, says so', async () => {
  for (const [name, one] of operations()) {
    expect([name, one.requestBody !== undefined]).toEqual([name, /^(?:post|put) /.test(name)])
    expect([name, 'security' in one]).toEqual([name, / \/(?:v1\/|metrics)/.test(name)])
    expect([name, one.summary, one.responses?.['default']]).toEqual([name, expect.any(String), expect.anything()])
  }
  expect(Object.keys(described.paths['/v1/events']?.['post']?.requestBody?.content ?? {})).toEqual([
    'application/x-ndjson',
    'application/json',
  ])
  const { type } = saidOf('get /v1/stream', '200')
  const watch = await watchStream(server.port)
  expect(watch.answer.headers['content-type']).toContain(type)
  watch.close()
})

it('a page shows it: all of it, without a script, under the policy of every page', async () => {
  const page = await server.ask('/api', { headers: { accept: 'text/html' } })
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.headers['content-security-policy']).toMatch("script-src 'self'; style-src 'self'")
  expect(page.text).not.toMatch(/<script|<style|style=|https?:/)
  for (const path of Object.keys(described.paths)) expect(page.text).toContain(`<code>${path}</code>`)
  expect(page.text).toContain('label: &quot;benign&quot; | &quot;malicious&quot; | null')
  const style = await server.ask('/api.css')
  expect([style.status, style.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8'])
})
