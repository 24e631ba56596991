/** A file that is sent to the real server: every line arrives once, whatever happens on the way. */
import { appendFileSync, readFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../api/running-server.fixture.ts'
import { file, fresh, heedful } from './run-command.fixture.ts'
import { stateOf } from './tail.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const line = (i: number) =>
  `{"@timestamp":"2026-05-01T08:00:${String(i % 60).padStart(2, '0')}Z","event":{"category":["authentication"],"outcome":"success"},"user":{"name":"u${i}"}}\n`
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join('')

const arrived = () => {
  const records = [...server.service.space.log.read(0)].flatMap((group) => group.records)
  return records.flatMap((record) => (record.kind === 'raw' ? `${record.line}\n` : [])).join('')
}

async function until(what: () => boolean): Promise<void> {
  for (let i = 0; !what(); i++) {
    if (i > 500) throw new Error('it did not come')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A way to the server that breaks: the first answers are lost. */
async function openBreakingWay(lost: number): Promise<{ port: number; way: Server }> {
  let left = lost
  const sockets = new Set<Socket>()
  const way = createServer((socket) => {
    const onwards = connect(server.port, '127.0.0.1')
    sockets.add(socket)
    socket.on('data', (piece) =>
      onwards.write(piece.toString('latin1').replace(/^host: .*$/im, `Host: 127.0.0.1:${server.port}`), 'latin1'),
    )
    onwards.on('data', (piece) => {
      if (left > 0) {
        left--
        socket.destroy()
      } else socket.write(piece)
    })
    for (const one of [socket, onwards]) one.on('error', () => undefined)
    socket.on('close', () => onwards.destroy())
    onwards.on('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  return { port: (way.address() as { port: number }).port, way }
}

it('arrives once though answers are lost and the sender is stopped and started again', async () => {
  const folder = fresh()
  const path = file(folder, 'gate.log', lines(0, 2500))
  const { port, way } = await openBreakingWay(2)
  const tail = (signal: AbortSignal) =>
    heedful(['tail', path, '--server', `http://127.0.0.1:${port}`, '--state', join(folder, 'state')], '', signal)
  const first = new AbortController()
  const running = tail(first.signal)
  await until(() => server.service.space.log.end.lines >= 2500)
  first.abort()
  expect((await running).err).toContain('does not answer')
  appendFileSync(path, lines(2500, 2600))
  const second = new AbortController()
  const again = tail(second.signal)
  await until(() => server.service.space.log.end.lines >= 2600)
  // Stored is not told yet: stopped in between, the next start sends it again under its key.
  await until(() => readFileSync(join(folder, 'state'), 'utf8').includes('"onItsWay":null'))
  second.abort()
  expect((await again).code).toBe(0)
  expect(arrived()).toBe(lines(0, 2600))
  expect(server.service.doors.list.map(({ name }) => name)).toEqual(['gate.log:ecs-ndjson'])
  expect(readFileSync(join(folder, 'state'), 'utf8')).toContain('"onItsWay":null')
  way.close()
})

it('ends where the server will never take it', async () => {
  const folder = fresh()
  const path = file(folder, 'notes.txt', 'dear diary\n')
  const state = ['--state', join(folder, 'state')]
  const ended = await heedful(['tail', path, '--server', `http://127.0.0.1:${server.port}`, ...state])
  expect([ended.code, ended.err]).toEqual([5, expect.stringContaining('format-unknown')])
  expect((await heedful(['tail', path, '--server', 'nowhere', ...state])).code).toBe(2)
})

it('notes how far it was sent apart for each file, server and source', () => {
  const [here, there] = [new URL('http://localhost:8787'), new URL('http://localhost:8788')]
  const states = [
    stateOf('/a/app.log', here, 'app.log'),
    stateOf('/b/app.log', here, 'app.log'),
    stateOf('/a/app.log', there, 'app.log'),
    stateOf('/a/app.log', here, 'gate'),
  ]
  expect(new Set(states).size).toBe(4)
  for (const state of states) expect(state).toMatch(/^app\.log\.[0-9a-f]{8}\.heedful-sent$/)
})
