/** Log files that are dropped, read by the built program in a process of its own. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBreakIns } from '../commands/break-ins.fixture.ts'
import { freshFolder, type RunningServer, startServer } from './running-server.fixture.ts'

const built = existsSync(fileURLToPath(new URL('../../dist/entry.js', import.meta.url)))

describe.skipIf(!built)(`dropped log files${built ? '' : ' (not built: npm run build)'}`, () => {
  let server: RunningServer
  const folder = freshFolder()
  let log = Buffer.alloc(0)

  beforeAll(async () => {
    server = await startServer(folder)
    log = readFileSync((await writeBreakIns(freshFolder(), 12)).log)
  }, 60_000)
  afterAll(() => server.stop())

  const drop = (name: string, body: Buffer, type = 'application/octet-stream') =>
    server.ask(`/v1/spaces?name=${encodeURIComponent(name)}`, { headers: { 'content-type': type }, body })
  const spaces = async () =>
    (await server.ask('/v1/spaces')).json.spaces as {
      space: string
      name: string
      state: string
      events: number
      alerts: number
      error: string | null
    }[]
  async function ended(space: string) {
    for (;;) {
      const found = (await spaces()).find((one) => one.space === space)
      if (found !== undefined && found.state !== 'scanning') return found
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('are read into a space of their own, which is asked like the main one, also after a restart', async () => {
    const made = await drop('auth.log.gz', gzipSync(log))
    expect(made.status).toBe(201)
    const space = String(made.json.space)
    const early = await server.ask(`/v1/alerts?space=${space}`)
    if (early.status !== 200) expect(early.json).toMatchObject({ status: 409, code: 'space-scanning' })
    const done = await ended(space)
    expect(done).toMatchObject({ state: 'done', name: 'auth.log.gz', error: null })
    expect(done.alerts).toBeGreaterThan(0)
    const check = async () => {
      const { alerts, total } = (await server.ask(`/v1/alerts?space=${space}`)).json as {
        alerts: { id: string; entity: { type: string; id: string } }[]
        total: number
      }
      expect(total).toBe(done.alerts)
      const [first] = alerts
      const alert = await server.ask(`/v1/alerts/${encodeURIComponent(first?.id ?? '')}?space=${space}`)
      expect((alert.json.raw as { line: string }[]).length).toBeGreaterThan(0)
      const { type, id } = first?.entity ?? { type: '', id: '' }
      expect((await server.ask(`/v1/entities/${type}/${encodeURIComponent(id)}?space=${space}`)).status).toBe(200)
      expect((await server.ask(`/v1/now?space=${space}`)).json).toMatchObject({ events_total: done.events })
      expect((await server.ask('/v1/alerts')).json.total).toBe(0)
      expect((alert.json.raw as { place: string }[])[0]?.place).toMatch(/^auth\.log\.gz, line \d+$/)
    }
    await check()
    const still = { status: 409, code: 'space-still' }
    const json = { 'content-type': 'application/json' }
    const again = { method: 'POST', headers: json, body: '{"reason":"stamp_missing"}' }
    expect((await server.ask(`/v1/dead-letters/redrive?space=${space}`, again)).json).toMatchObject(still)
    const label = { method: 'PUT', headers: json, body: '{"label":"benign"}' }
    expect((await server.ask(`/v1/alerts/none/label?space=${space}`, label)).json).toMatchObject(still)
    expect((await server.ask(`/v1/stream?space=${space}`)).json).toMatchObject(still)
    await server.stop()
    server = await startServer(folder)
    await check()
    await server.stop()
    // As another build would have left it.
    writeFileSync(join(folder, 'spaces', space, 'data', 'heedful.db'), 'damaged')
    server = await startServer(folder)
    expect((await spaces())[0]?.state).toBe('scanning')
    await ended(space)
    await check()
    expect((await server.ask(`/v1/spaces/${space}`, { method: 'DELETE' })).status).toBe(204)
    expect(readdirSync(join(folder, 'spaces'))).toEqual([])
    expect((await server.ask(`/v1/alerts?space=${space}`)).json).toMatchObject({ status: 404, code: 'space-unknown' })
  }, 60_000)

  it('are read to their last line, whether it is ended or not', async () => {
    const text = log.toString('utf8').trimEnd()
    const made = await Promise.all([drop('cut.log', Buffer.from(text)), drop('ended.log', Buffer.from(`${text}\n`))])
    const [cut, whole] = [await ended(String(made[0]?.json.space)), await ended(String(made[1]?.json.space))]
    expect(cut).toMatchObject({ state: 'done', events: whole.events, alerts: whole.alerts })
    for (const { space } of await spaces()) await server.ask(`/v1/spaces/${space}`, { method: 'DELETE' })
  }, 60_000)

  it('that cannot be read say why', async () => {
    const made = await drop('letter.txt', Buffer.from('Dear Ada,\nhow are you?\n'))
    const space = String(made.json.space)
    const failed = await ended(space)
    expect(failed.state).toBe('failed')
    expect(failed.error).toMatch(
      /^letter\.txt: .+\nA table .+ map FILE --out mapping\.yaml .+ scan FILE --map mapping\.yaml /,
    )
    expect(failed.error).not.toMatch(folder)
    expect((await server.ask(`/v1/now?space=${space}`)).json).toMatchObject({ status: 409, code: 'space-failed' })
    expect((await server.ask(`/v1/spaces/${space}`, { method: 'DELETE' })).status).toBe(204)
    const picture = String(
      (await drop('cat.png', Buffer.from(Array.from({ length: 999 }, (_, i) => i % 7)))).json.space,
    )
    expect((await ended(picture)).error).toMatch(/^cat\.png is no text\n/)
    expect((await server.ask(`/v1/spaces/${picture}`, { method: 'DELETE' })).status).toBe(204)
  }, 60_000)

  it('are refused where they are of another kind, unknown, or too many', async () => {
    expect((await drop('a.log', log, 'text/html')).json).toMatchObject({ status: 415, code: 'media-type-unknown' })
    expect((await server.ask('/v1/spaces/none', { method: 'DELETE' })).json).toMatchObject({ code: 'space-unknown' })
    const made = await Promise.all(Array.from({ length: 9 }, () => drop('x', Buffer.from('x\n'))))
    expect(made.map(({ status }) => status).sort()).toEqual([...Array(8).fill(201), 409])
    for (const { space } of await spaces()) await server.ask(`/v1/spaces/${space}`, { method: 'DELETE' })
    expect(await spaces()).toEqual([])
  }, 60_000)
})
