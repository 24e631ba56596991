/** The demonstration as a person starts it: over real sockets, stopped and started again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ask } from '../api/running-server.fixture.ts'
import { heedful } from './run-command.fixture.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-demo-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Now {
  events_total: number
  demo: { phase: string; pace: number; simulated_time: string }
}

/** A port that is free, and the one behind it. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function nowOf(port: number): Promise<Now | undefined> {
  return ask(port, '/v1/now').then(
    ({ json }) => json as unknown as Now,
    () => undefined,
  )
}

async function untilLive(port: number): Promise<Now> {
  for (;;) {
    const now = await nowOf(port)
    if (now?.demo.phase === 'live') return now
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('the demonstration', () => {
  const folder = join(root, 'life')
  let judged = 0
  let reached = 0

  it('judges six weeks in seconds, then goes on live: an attack is found within a minute of its usual pace', async () => {
    const port = await freePort()
    const stop = new AbortController()
    const run = heedful(['demo', '--data', folder, '--port', String(port)], '', stop.signal)
    const live = await untilLive(port)
    expect(live.events_total).toBeGreaterThan(15_000)
    expect(live.demo.pace).toBe(60)
    const before = (await ask(port, '/v1/alerts?limit=1')).json.alerts as { id: string }[]
    const faster = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"pace": 1200}' }
    expect((await ask(port, '/v1/demo', faster)).json).toMatchObject({ pace: 1200, phase: 'live' })
    for (;;) {
      const now = (await nowOf(port)) as Now
      const [newest] = (await ask(port, '/v1/alerts?limit=1')).json.alerts as { id: string; time: string }[]
      if (newest !== undefined && newest.id !== before[0]?.id) {
        const waited = Date.parse(newest.time) - Date.parse(live.demo.simulated_time)
        expect(waited / 60_000).toBeLessThan(55)
        break
      }
      expect(Date.parse(now.demo.simulated_time)).toBeLessThan(Date.parse(live.demo.simulated_time) + 7_200_000)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const last = (await nowOf(port)) as Now
    judged = last.events_total
    reached = Date.parse(last.demo.simulated_time)
    const sources = (await ask(port, '/v1/sources')).json.sources as { kind: string }[]
    expect(sources.map(({ kind }) => kind)).toEqual(['demo'])
    stop.abort()
    const { code, err } = await run
    expect(code).toBe(0)
    expect(err).toMatch(`http://localhost:${port}`)
    expect(err).toMatch(/alert: /)
  }, 120_000)

  it('goes on where it was, on another port where its own is taken', async () => {
    const taken = createServer()
    const port = await freePort()
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve))
    const stop = new AbortController()
    const run = heedful(['demo', '--data', folder, '--port', String(port)], '', stop.signal)
    const live = await untilLive(port + 1)
    // Nothing is lost, and nothing judged twice.
    expect(live.events_total).toBeGreaterThanOrEqual(judged)
    expect(live.events_total).toBeLessThan(judged + 200)
    expect(Date.parse(live.demo.simulated_time)).toBeGreaterThan(reached - 3_600_000)
    stop.abort()
    taken.close()
    const { err } = await run
    expect(err).toMatch(`Port ${port} is taken`)
  }, 60_000)

  it('leaves the data of others alone', async () => {
    const somebodys = mkdtempSync(join(root, 'own-'))
    writeFileSync(join(somebodys, 'letter.txt'), 'dear')
    const { code, err } = await heedful(['demo', '--data', somebodys, '--for', '1s'])
    expect(code).toBe(4)
    expect(err).toMatch('folder-foreign')
  })
})
