/** What was concluded, asked for over real sockets: alerts, labels, entities, sources, refused lines. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBreakIns } from '../commands/break-ins.fixture.ts'
import { freshFolder, type RunningServer, startServer } from './running-server.fixture.ts'
import { watchStream } from './watch.fixture.ts'

interface Listed {
  id: string
  time: string
  entity: { type: string; id: string }
  label: string | null
  severity: string
  events: string[]
  reasons: { behaviour: string; title: string; weight: number }[]
}

interface Named {
  type: string
  id: string
  risk: number
}

let server: RunningServer
const folder = freshFolder()
let lines: string[] = []

async function sendAll(): Promise<void> {
  for (let i = 0; i < lines.length; i += 2000) {
    const answer = await server.send(lines.slice(i, i + 2000), { 'x-heedful-source': 'bastion' })
    expect(answer.status).toBe(202)
  }
  await server.service.caughtUp()
}

beforeAll(async () => {
  server = await startServer(folder)
  lines = (await writeBreakIns(freshFolder(), 12)).lines
  await sendAll()
}, 120_000)
afterAll(() => server.stop())

const get = async <T = Record<string, unknown>>(path: string) => (await server.ask(path)).json as T
const alerts = async (query = '') =>
  get<{ alerts: Listed[]; next_cursor: string | null; total: number }>(`/v1/alerts${query}`)
const put = (path: string, body: unknown) =>
  server.ask(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const post = (path: string, body: unknown) =>
  server.ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

describe('alerts', () => {
  it('are listed newest first, and page by page the same', async () => {
    const { alerts: all, total } = await alerts('?state=all&limit=200')
    expect(all.length).toBeGreaterThan(3)
    expect(total).toBe(all.length)
    expect(all.map(({ time }) => time)).toEqual(
      all
        .map(({ time }) => time)
        .sort()
        .reverse(),
    )
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await alerts(`?state=all&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...page.alerts.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(paged).toEqual(all.map(({ id }) => id))
  })

  it('are filtered', async () => {
    const { alerts: all } = await alerts('?state=all&limit=200')
    const [one] = all as [Listed]
    const same = await alerts(`?entity_type=${one.entity.type}&entity=${encodeURIComponent(one.entity.id)}&state=all`)
    expect(same.alerts.every(({ entity }) => entity.id === one.entity.id)).toBe(true)
    const behaviour = one.reasons[0]?.behaviour as string
    for (const { reasons } of (await alerts(`?behaviour=${behaviour}`)).alerts)
      expect(reasons.map((reason) => reason.behaviour)).toContain(behaviour)
    const severe = await alerts(`?severity=high,critical&state=all&limit=200`)
    expect(severe.total).toBe(all.filter(({ severity }) => ['high', 'critical'].includes(severity)).length)
    expect((await alerts(`?from=${one.time}&state=all`)).alerts.at(-1)?.time).toBe(one.time)
    expect((await alerts('?q=nosuchword')).total).toBe(0)
  })

  it('are refused where the question is wrong', async () => {
    for (const [query, code] of [
      ['cursor=nonsense', 'cursor-invalid'],
      [`cursor=${Buffer.from('[1]').toString('base64url')}`, 'cursor-invalid'],
      ['limit=0', 'request-invalid'],
      ['limit=1e9', 'request-invalid'],
      ['severity=terrible', 'request-invalid'],
      ['from=yesterday', 'request-invalid'],
    ]) {
      const answer = await server.ask(`/v1/alerts?${query}`)
      expect(answer.json).toMatchObject({ status: 400, code })
      expect(answer.headers['content-type']).toMatch('application/problem+json')
    }
    expect((await server.ask('/v1/alerts?space=other')).json).toMatchObject({ status: 404, code: 'space-unknown' })
  })

  it('are told in full: reasons, what is usual, and the very lines', async () => {
    const { alerts: all } = await alerts('?limit=200')
    const guessed = all.find(({ entity }) => entity.type === 'user') ?? (all[0] as Listed)
    const alert = await get<
      Listed & { raw: { event_id: string; line: string; door: string }[]; context: { hours: unknown } }
    >(`/v1/alerts/${encodeURIComponent(guessed.id)}`)
    expect(alert.reasons[0]).toMatchObject({ title: expect.stringMatching(/\S/), weight: expect.any(Number) })
    expect(alert.raw.map(({ event_id }) => event_id).sort()).toEqual([...alert.events].sort())
    for (const { line, door } of alert.raw) {
      expect(lines).toContain(line)
      expect(door).toMatch(/^bastion:/)
    }
    expect((await server.ask('/v1/alerts/nobody')).json).toMatchObject({ status: 404, code: 'alert-unknown' })
  })

  it('are labelled, and the label is taken back, as records of the log', async () => {
    const [one] = (await alerts()).alerts as [Listed]
    const path = `/v1/alerts/${encodeURIComponent(one.id)}`
    const watch = await watchStream(server.port)
    expect((await put(`${path}/label`, { label: 'benign', note: 'a drill' })).json).toEqual({
      id: one.id,
      label: 'benign',
    })
    expect((await watch.until('label')).data).toEqual({ id: one.id, label: 'benign' })
    expect((await alerts('?label=benign')).alerts.map(({ id }) => id)).toEqual([one.id])
    expect((await put(`${path}/label`, { label: null })).status).toBe(200)
    expect((await alerts('?label=benign')).total).toBe(0)
    expect(await get(path)).toMatchObject({
      label: null,
      feedback: [
        { label: 'benign', note: 'a drill' },
        { label: null, note: null },
      ],
    })
    const said = [...server.service.space.log.read(0)].flatMap(({ records }) => records)
    expect(said.filter(({ kind }) => kind === 'feedback')).toMatchObject([{ label: 'benign' }, { label: 'none' }])
    expect((await put('/v1/alerts/nobody/label', { label: 'benign' })).json).toMatchObject({ code: 'alert-unknown' })
    expect((await put(`${path}/label`, { label: 'odd' })).json).toMatchObject({ status: 400, code: 'request-invalid' })
    watch.close()
  })
})

describe('entities', () => {
  it('are listed by risk or time, and found by a part of their names', async () => {
    const { entities } = await get<{ entities: { type: string; id: string; risk: number; last: string }[] }>(
      '/v1/entities?limit=200',
    )
    expect(entities.length).toBeGreaterThan(12)
    const risks = entities.map(({ risk }) => risk)
    expect(risks).toEqual([...risks].sort((a, b) => b - a))
    const user = entities.find(({ type }) => type === 'user') as { id: string }
    const part = user.id.slice(1, 5).toUpperCase()
    const found = await get<{ entities: { id: string }[] }>(`/v1/entities?type=user&order=recent&q=${part}`)
    expect(found.entities.map(({ id }) => id)).toContain(user.id)
  })

  it('are shown with habits, hours, peers, risk and alerts', async () => {
    const { alerts: all } = await alerts('?state=all&limit=200&entity_type=user')
    const { entity } = all[0] as Listed
    const shown = await get<{
      hours: number[]
      habits: { feature: string; values: { share: number }[] }[]
      risk: unknown[]
      alerts: Listed[]
      events: number
      contributions: unknown[]
    }>(`/v1/entities/user/${encodeURIComponent(entity.id)}`)
    expect(shown.hours).toHaveLength(168)
    expect(shown.hours.reduce((sum, hour) => sum + hour, 0)).toBeCloseTo(1, 3)
    expect(shown.habits.map(({ feature }) => feature)).toContain('host')
    expect(shown.risk.length).toBeGreaterThan(0)
    expect(shown.contributions.length).toBeGreaterThan(0)
    expect(shown.events).toBeGreaterThan(400)
    for (const { type, id, risk } of (await get<{ entities: Named[] }>('/v1/entities?type=user')).entities) {
      expect((await get<{ risk_now: number }>(`/v1/entities/${type}/${encodeURIComponent(id)}`)).risk_now).toBe(risk)
    }
    expect(shown.alerts.map(({ id }) => id)).toContain(all[0]?.id)
    expect(shown.alerts[0]?.events).toBeUndefined()
    expect((await server.ask('/v1/entities/user/__proto__')).json).toMatchObject({ code: 'entity-unknown' })
    expect((await server.ask('/v1/entities/planet/mars')).json).toMatchObject({ code: 'request-invalid' })
  })
})

describe('how things stand', () => {
  it('is told in one answer', async () => {
    const now = await get<{ riskiest: { risk: number }[]; users: number; level: number }>('/v1/now')
    expect(now).toMatchObject({ lag_records: 0, lag_seconds: 0, budget_per_day: 20, demo: null, warmup_until: null })
    expect(now.users).toBeGreaterThan(5)
    expect(now.level).toBeGreaterThan(0)
    expect((await put('/v1/demo', { pace: 10 })).json).toMatchObject({ status: 404, code: 'demo-absent' })
  })

  it('names sources with their counts', async () => {
    const { sources } = await get<{ sources: { name: string; lines: number; kind: string }[] }>('/v1/sources')
    const bastion = sources.find(({ name }) => name.startsWith('bastion:'))
    expect(bastion).toMatchObject({ kind: 'http', format: 'auth-log', lines: lines.length, refused: 0 })
  })
})

describe('refused lines', () => {
  const ecs = (time: string) => JSON.stringify({ '@timestamp': time, event: { category: ['authentication'] } })

  it('are listed with reasons, and those that are understood by now are read again, once', async () => {
    const watch = await watchStream(server.port)
    const good = JSON.stringify({
      '@timestamp': '2026-03-11T08:00:00Z',
      event: { category: ['authentication'], type: ['start'], outcome: 'success' },
      user: { name: 'newcomer' },
      source: { ip: '198.51.100.7' },
      host: { name: 'files-01' },
    })
    const query = '?wait=verdict&format=ecs-ndjson'
    const sent = await server.send(
      [good, '{"@timestamp": 12', ecs('not a time')],
      { 'x-heedful-source': 'broken' },
      query,
    )
    expect(sent.status).toBe(200)
    expect((await watch.until('dead_letter')).data.count).toBeGreaterThan(0)
    watch.close()
    const listed = await get<{
      dead_letters: { id: string; reason: string; line: string; place: string }[]
      total: number
      reasons: { reason: string; count: number }[]
    }>('/v1/dead-letters?limit=10')
    expect(listed.total).toBe(2)
    expect(listed.dead_letters.map(({ place }) => place)).toEqual(['broken', 'broken'])
    expect(listed.dead_letters.map(({ line }) => line)).toContain('{"@timestamp": 12')
    expect(listed.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(2)
    const ids = listed.dead_letters.map(({ id }) => id)
    expect((await post('/v1/dead-letters/redrive', { ids })).json).toEqual({ redriven: 0, refused_again: 2 })
    expect((await post('/v1/dead-letters/redrive', {})).json).toMatchObject({ code: 'request-invalid' })
    expect((await get<{ total: number }>('/v1/dead-letters')).total).toBe(2)
  })

  it('become events when today understands them', async () => {
    // As a build that did not know the format would have left it: a record that was refused without ever being parsed.
    const line = lines.find((one) => one.includes('Accepted')) as string
    const door = server.service.doors.list.find(({ name }) => name.startsWith('bastion:'))?.door as number
    const { letters } = server.service.space.store.tables
    const time = Date.parse('2026-03-10T00:00:00Z')
    const span = await server.service.record([{ kind: 'raw', door, line, time, occurrence: 77 }])
    await server.service.caughtUp()
    letters.save({ position: span.from, id: 'left', door, reason: 'not_yet', detail: '', line })
    const events = server.service.runner.tally.events
    const [first, second] = await Promise.all([
      post('/v1/dead-letters/redrive', { reason: 'not_yet' }),
      post('/v1/dead-letters/redrive', { ids: ['left'] }),
    ])
    expect([first.json, second.json]).toEqual([
      { redriven: 1, refused_again: 0 },
      { redriven: 0, refused_again: 0 },
    ])
    expect(letters.find('left')).toMatchObject([{ redriven: true }])
    expect(server.service.runner.tally.events).toBe(events + 1)
  })
})

describe('what is asked', () => {
  it('is taken as it is said: a cursor of its own list, a label that is one', async () => {
    const { next_cursor: cursor } = await alerts('?state=all&limit=1')
    expect(await get(`/v1/dead-letters?cursor=${cursor}`)).toMatchObject({ status: 400, code: 'cursor-invalid' })
    const [one] = (await alerts()).alerts as [Listed]
    const path = `/v1/alerts/${encodeURIComponent(one.id)}/label`
    for (const label of ['', 0, false, 'none', ['benign']])
      expect([label, (await put(path, { label })).json['code']]).toEqual([label, 'request-invalid'])
    expect((await put('/v1/demo', { pace: '60' })).json['code']).toBe('request-invalid')
    expect((await post('/v1/dead-letters/redrive', { ids: 'x' })).json['code']).toBe('request-invalid')
    expect((await put(path, { label: 'benign', note: 'x'.repeat(100_000) })).json['code']).toBe('body-too-large')
  })
})

describe('the stream', () => {
  it('tells how things stand at once, and beats', async () => {
    const watch = await watchStream(server.port)
    expect(watch.answer.headers['content-type']).toMatch('text/event-stream')
    expect((await watch.until('now')).data).toMatchObject({ lag_records: 0 })
    watch.close()
  })

  it('goes on where a watcher was, also after a restart', async () => {
    const [one] = (await alerts()).alerts as [Listed]
    const seen = server.service.runner.position - 1
    await put(`/v1/alerts/${encodeURIComponent(one.id)}/label`, { label: 'malicious' })
    await server.stop()
    server = await startServer(folder)
    const watch = await watchStream(server.port, { 'last-event-id': String(seen) })
    expect((await watch.until('label')).data).toEqual({ id: one.id, label: 'malicious' })
    const all = await watchStream(server.port, { 'last-event-id': '0' })
    await all.until('alert', ({ id }) => id === one.id)
    expect(all.told.filter(({ event }) => event === 'label').at(-1)?.data).toMatchObject({ label: 'malicious' })
    watch.close()
    all.close()
  })

  it('tells one who was long away all that was missed, however much it is', async () => {
    const other = await startServer()
    const [one] = (await alerts()).alerts as [Listed]
    const alert = server.service.space.store.tables.alerts.find(one.id)?.alert
    const { alerts: table } = other.service.space.store.tables
    const ids = Array.from({ length: 700 }, (_, i) => `missed ${String(i).padStart(3, '0')}`)
    for (const id of ids) table.save({ ...(alert as object), id, title: 'x'.repeat(5000) } as never, 1_000_000)
    const watch = await watchStream(other.port, { 'last-event-id': '999999' })
    await watch.until('now')
    const told = watch.told.filter(({ event }) => event === 'alert').map(({ data }) => data['id'])
    expect(told).toEqual(ids)
    watch.close()
    await other.stop()
  })

  it('that cannot be told is cut off, and judging goes on', async () => {
    const watch = await watchStream(server.port)
    await watch.until('now')
    const ended = new Promise((resolve) => watch.answer.on('close', resolve))
    const { tables } = server.service.space.store
    const { find } = tables.alerts
    tables.alerts.find = () => {
      throw new Error('the disk is gone')
    }
    try {
      server.service.events.emit('folded', {
        concluded: { alerts: new Map([['x', {}]]), feedback: [], letters: [], verdicts: [], last: 1 },
        seconds: 0,
      } as never)
    } finally {
      tables.alerts.find = find
    }
    await ended
    expect(server.service.trouble).toBeUndefined()
  })

  it('drops who does not read, and keeps the others', async () => {
    const connections = () =>
      new Promise<number>((resolve) => server.app.server.getConnections((_, count) => resolve(count)))
    const slow = request({ host: '127.0.0.1', port: server.port, path: '/v1/stream', agent: false })
    const opened = new Promise<void>((resolve) => {
      slow.on('response', (answer) => {
        answer.pause()
        resolve()
      })
    })
    slow.on('error', () => undefined)
    slow.end()
    await opened
    const watch = await watchStream(server.port)
    await watch.until('now')
    const [one] = (await alerts()).alerts as [Listed]
    const alert = server.service.space.store.tables.alerts.find(one.id)?.alert as never
    const huge = { ...(alert as object), title: 'x'.repeat(200_000) }
    const before = watch.told.length
    expect(await connections()).toBe(2)
    for (let i = 0; i < 150; i++) {
      server.service.events.emit('folded', {
        group: undefined as never,
        seconds: 0,
        concluded: {
          alerts: new Map([['x', huge as never]]),
          feedback: [],
          letters: [],
          verdicts: [],
          last: i,
        } as never,
      })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    while ((await connections()) > 1) await new Promise((resolve) => setTimeout(resolve, 5))
    slow.destroy()
    while (watch.told.length < before + 150) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(watch.told.length).toBeGreaterThanOrEqual(before + 150)
    watch.close()
  })
})
