/** What no route ever sees is answered like the rest: a problem with a code, and the way out. */
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from './running-server.fixture.ts'
import { closeServer } from './server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

interface Said {
  status: number
  head: string
  body: string
}

function say(text: string, port = server.port): Promise<Said> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (piece) => {
      said += piece.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      const [head = '', body = ''] = said.split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head: head.toLowerCase(), body })
    })
  })
}

const heads = () => `Host: localhost:${server.port}\r\nConnection: close\r\n`

it.each([
  [
    'a head that is too large',
    () => `GET /healthz HTTP/1.1\r\n${heads()}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  ['no HTTP', () => 'hello\r\n\r\n', 400, 'request-malformed'],
  ['a method that nobody knows', () => `BREW / HTTP/1.1\r\n${heads()}\r\n`, 400, 'request-malformed'],
  [
    'two lengths',
    () => `POST /v1/events HTTP/1.1\r\n${heads()}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`,
    400,
    'request-malformed',
  ],
  ['no Host', () => 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'host-missing'],
  [
    'an expectation',
    () => `POST /v1/events HTTP/1.1\r\n${heads()}Expect: tea\r\nContent-Length: 0\r\n\r\n`,
    417,
    'expectation-unknown',
  ],
  ['a path that is no UTF-8', () => `GET /v1/alerts/%ff HTTP/1.1\r\n${heads()}\r\n`, 400, 'url-invalid'],
  [
    'an id that is too long',
    () => `GET /v1/alerts/${'a'.repeat(2000)} HTTP/1.1\r\n${heads()}\r\n`,
    414,
    'url-too-long',
  ],
  ['a method that the path has not', () => `DELETE /v1/alerts HTTP/1.1\r\n${heads()}\r\n`, 405, 'method-unknown'],
  ['a path that is not there', () => `GET /v1/nothing HTTP/1.1\r\n${heads()}\r\n`, 404, 'route-unknown'],
])('%s', async (_name, text, status, code) => {
  const said = await say(text())
  expect([said.status, JSON.parse(said.body)]).toMatchObject([status, { status, code, title: expect.any(String) }])
  expect(said.head).toContain('content-type: application/problem+json')
})

it('which methods a path has is told', async () => {
  expect((await say(`PATCH /v1/alerts/a%2Fb/label HTTP/1.1\r\n${heads()}\r\n`)).head).toMatch(/^allow: put$/m)
  expect((await say(`POST /v1/spaces/s1 HTTP/1.1\r\n${heads()}\r\n`)).head).toMatch(/^allow: delete$/m)
  expect((await say(`POST /v1/now HTTP/1.1\r\n${heads()}\r\n`)).head).toMatch(/^allow: get, head$/m)
})

it('HEAD says what GET would, without its body; a stream has no head alone', async () => {
  const said = await say(`HEAD /healthz HTTP/1.1\r\n${heads()}\r\n`)
  expect([said.status, said.body]).toEqual([200, ''])
  expect(said.head).toMatch(/content-length: [1-9]/)
  expect((await say(`HEAD /v1/stream HTTP/1.1\r\n${heads()}\r\n`)).status).toBe(405)
})

it('while it stops, it says so and when to come again', async () => {
  const stopping = await startServer()
  const host = `Host: localhost:${stopping.port}\r\n`
  const body = '{"event":{}}'
  // Two requests in a row on one connection: the first is under way when the server is told to stop.
  let answered = ''
  const socket = connect(stopping.port, '127.0.0.1')
  socket.on('data', (piece) => {
    answered += piece.toString('latin1')
  })
  const ended = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => undefined)
  const post = `POST /v1/events?format=ecs-ndjson HTTP/1.1\r\n${host}Content-Type: application/x-ndjson\r\nContent-Length: ${body.length}\r\n\r\n`
  const come = new Promise((resolve) => stopping.app.server.once('request', resolve))
  socket.write(`${post}${body.slice(0, 5)}`)
  await come
  await new Promise((resolve) => setTimeout(resolve, 20))
  const stopped = stopping.stop()
  while (stopping.app.server.listening) await new Promise((resolve) => setTimeout(resolve, 5))
  socket.write(`${body.slice(5)}${post}${body}`)
  await Promise.all([ended, stopped])
  expect(answered).toMatch(/^HTTP\/1\.1 202/)
  expect(answered).toMatch(/HTTP\/1\.1 503[\s\S]*retry-after: [1-9][\s\S]*"code":"stopping"/i)
})

it('does not wait for who sends slowly', async () => {
  const stopping = await startServer()
  const socket = connect(stopping.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    `POST /v1/events HTTP/1.1\r\nHost: localhost:${stopping.port}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9\r\n\r\n{`,
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  const started = performance.now()
  await closeServer(stopping.app, 200)
  expect(performance.now() - started).toBeLessThan(5000)
  await stopping.service.stop()
})
