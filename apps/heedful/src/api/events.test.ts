/** Events over real sockets: what is acknowledged is stored and judged, and everything else is answered with a code. */
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOW, type RunningServer, startServer } from './running-server.fixture.ts'

const event = (minute: number, name = 'ada', ip = '198.51.100.7', id?: string) =>
  JSON.stringify({
    '@timestamp': new Date(Date.parse('2026-05-01T08:00:00Z') + minute * 60_000).toISOString(),
    event: { category: ['authentication'], type: ['start'], outcome: 'success', ...(id !== undefined && { id }) },
    user: { name },
    source: { ip },
    host: { name: 'files-01' },
  })

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const linesInLog = () => server.service.space.log.end.lines

describe('events', () => {
  it('are acknowledged with their place in the log, and judged', async () => {
    const before = linesInLog()
    const answer = await server.send([event(0), event(1), event(2)])
    expect(answer.status).toBe(202)
    expect(answer.json).toMatchObject({ accepted: 3, refused: 0 })
    expect(linesInLog()).toBe(before + 3)
    await server.service.caughtUp()
    expect(server.service.runner.tally.events).toBe(linesInLog())
  })

  it('come with verdicts where one waits for them', async () => {
    const answer = await server.send([event(10, 'bea'), event(11, 'cai')], {}, '?wait=verdict')
    expect(answer.status).toBe(200)
    expect(answer.json.verdicts).toEqual([
      expect.objectContaining({ time: '2026-05-01T08:10:00.000Z', p_value: null, alert: null }),
      expect.objectContaining({ time: '2026-05-01T08:11:00.000Z' }),
    ])
  })

  it('come with the same verdicts when they are sent again under their key, stored already or not', async () => {
    const lines = [event(12, 'bea'), event(13, 'cai'), event(14, 'bea')]
    const again = (key: string) => server.send(lines, { 'idempotency-key': key }, '?wait=verdict')
    const first = await again('waited for')
    expect(first.json.verdicts).toHaveLength(3)
    expect((await again('waited for')).json.verdicts).toEqual(first.json.verdicts)
    // What was concluded is committed within a fifth of a second.
    await new Promise((resolve) => setTimeout(resolve, 500))
    const later = await again('waited for')
    expect(later.status).toBe(200)
    expect(later.json.verdicts).toEqual(first.json.verdicts)
    const all = await Promise.all([1, 2, 3].map(() => again('at once')))
    for (const { json } of all) expect(json.verdicts).toEqual(all[0]?.json.verdicts)
    expect(all[0]?.json.verdicts).toHaveLength(3)
  })

  it('come as a JSON array, packed or not', async () => {
    const before = linesInLog()
    const body = `[${event(20)},\n ${event(21)}]`
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    expect((await server.ask('/v1/events', { headers, body })).json).toMatchObject({ accepted: 2 })
    const packed = { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) }
    expect((await server.ask('/v1/events', packed)).status).toBe(202)
    expect(linesInLog()).toBe(before + 4)
  })

  it('are stored once, however often they are sent under one key', async () => {
    const before = linesInLog()
    const headers = { 'idempotency-key': 'batch 17' }
    const sent = await Promise.all([1, 2, 3].map(() => server.send([event(30), event(31)], headers)))
    const again = await server.send([event(30), event(31)], headers)
    expect(new Set([...sent, again].map(({ json }) => JSON.stringify(json.position))).size).toBe(1)
    expect(linesInLog()).toBe(before + 2)
    const other = await server.send([event(32)], headers)
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused'])
  })

  it('of two sources have a door each, and what is refused has its reason', async () => {
    const answer = await server.send([event(40), '{"broken', event(41)], { 'x-heedful-source': 'vpn' })
    expect(answer.json).toMatchObject({ accepted: 3 })
    await server.service.caughtUp()
    expect(server.service.doors.list.map(({ name }) => name)).toEqual(['http:ecs-ndjson', 'vpn:ecs-ndjson'])
    expect([...server.service.runner.tally.refused.keys()]).toEqual(['json_invalid'])
  })

  it('of a clock that is plainly wrong are refused, and take nobody with them', async () => {
    const wrong = JSON.stringify({ ...JSON.parse(event(0)), '@timestamp': '2031-01-01T00:00:00Z' })
    expect((await server.send([event(50), wrong, event(51)])).json).toMatchObject({ accepted: 2, refused: 1 })
    expect(server.service.space.log.end.tick).toBeLessThan(NOW)
  })
})

describe('what cannot be taken', () => {
  const text = { 'content-type': 'application/x-ndjson' }
  it.each([
    ['a body of another kind', { 'content-type': 'text/plain' }, event(0), 415, 'media-type-unknown'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415, 'media-type-unknown'],
    ['no body', text, '', 400, 'body-empty'],
    ['empty lines', text, '\n\n', 400, 'body-empty'],
    ['JSON that is cut short', { 'content-type': 'application/json' }, `[${event(0)}`, 400, 'json-invalid'],
    ['JSON that is no array', { 'content-type': 'application/json' }, event(0), 400, 'json-no-array'],
    [
      'JSON that is too deep',
      { 'content-type': 'application/json' },
      `${'['.repeat(90)}${']'.repeat(90)}`,
      400,
      'json-too-deep',
    ],
    [
      'JSON that is far too deep',
      { 'content-type': 'application/json' },
      '['.repeat(1e6) + ']'.repeat(1e6),
      400,
      'json-too-deep',
    ],
    ['what is no gzip', { ...text, 'content-encoding': 'gzip' }, event(0), 400, 'gzip-damaged'],
    [
      'gzip cut short',
      { ...text, 'content-encoding': 'gzip' },
      gzipSync(event(0)).subarray(0, 60),
      400,
      'gzip-damaged',
    ],
    [
      'a bomb',
      { ...text, 'content-encoding': 'gzip' },
      gzipSync(Buffer.alloc(64 * 1024 * 1024)),
      413,
      'body-too-large',
    ],
    ['another packing', { ...text, 'content-encoding': 'br' }, event(0), 415, 'encoding-unknown'],
    ['a large body', text, Buffer.alloc(17 * 1024 * 1024, 97), 413, 'body-too-large'],
    ['too many events', text, '{}\n'.repeat(10_001), 413, 'too-many-events'],
    ['lines of no known format', text, 'hello\nworld', 422, 'format-unknown'],
    ['a key that is too long', { ...text, 'idempotency-key': 'k'.repeat(256) }, event(0), 400, 'request-invalid'],
    ['a source of odd letters', { ...text, 'x-heedful-source': '../x y' }, event(0), 400, 'request-invalid'],
  ])('%s is refused', async (_name, headers, body, status, code) => {
    const fresh = linesInLog()
    const path = code === 'format-unknown' ? '/v1/events?format=auto' : '/v1/events'
    const source = code === 'format-unknown' ? { 'x-heedful-source': 'nobody' } : {}
    const answer = await server.ask(path, {
      headers: { ...headers, ...source } as Record<string, string>,
      body,
      method: 'POST',
    })
    expect([answer.status, answer.json?.code]).toEqual([status, code])
    if (code === 'media-type-unknown') expect(answer.json.detail).toMatch(/; declare the body: .*x-ndjson/)
    expect(answer.json.detail).not.toMatch(/\.;/)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(linesInLog()).toBe(fresh)
  })

  it('is an unknown format or wait', async () => {
    expect((await server.send([event(0)], {}, '?format=cobol')).json.code).toBe('format-unknown')
    const mapped = await server.send([event(0)], {}, '?format=mapped')
    expect([mapped.json.code, mapped.json.status]).toEqual(['mapping-missing', 422])
    expect((await server.send([event(0)], {}, '?wait=forever')).json.code).toBe('request-invalid')
  })

  it('comes from a page of another origin or under another name', async () => {
    const post = (headers: Record<string, string>) => server.send([event(0)], headers)
    expect((await post({ host: 'attacker.example' })).json.code).toBe('host-unknown')
    expect((await post({ host: `localhost:${server.port + 1}` })).json.code).toBe('host-unknown')
    expect((await post({ origin: 'https://attacker.example' })).json.code).toBe('origin-foreign')
    expect((await post({ origin: 'null' })).json.code).toBe('origin-foreign')
    expect((await post({ origin: `http://localhost:${server.port}`, host: `[::1]:${server.port}` })).status).toBe(202)
  })
})

it('another address of this machine is asked by its own name', async (context) => {
  if (process.platform !== 'linux') return context.skip('other systems have one loopback address')
  const other = await startServer(undefined, {}, { host: '127.0.0.2' })
  const status = (host: string) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.2', port: other.port, path: '/healthz', agent: false, headers: { host } })
      asked
        .on('response', (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end()
    })
  expect(await status(`127.0.0.2:${other.port}`)).toBe(200)
  expect(await status(`127.0.0.3:${other.port}`)).toBe(421)
  expect(await status(`10.0.0.2:${other.port}`)).toBe(421)
  await other.stop()
})

it('nothing is written that nobody judges', async () => {
  const broken = await startServer()
  await broken.send([event(0)])
  await broken.service.caughtUp()
  const failed = new Promise((resolve) => broken.service.events.once('failed', resolve))
  // As a data folder that is gone for good.
  broken.service.space.store.close()
  await broken.send(['{"broken"'], {}, '?format=ecs-ndjson')
  await failed
  const before = broken.service.space.log.end.position
  expect((await broken.send([event(1)])).json).toMatchObject({ status: 503, code: 'scoring-stopped' })
  await expect(broken.service.record([{ kind: 'tick', time: NOW }])).rejects.toMatchObject({ code: 'scoring-stopped' })
  expect(broken.service.space.log.end.position).toBe(before)
  await broken.stop().catch(() => undefined)
})

it('too many requests of one address are asked to wait', async () => {
  const slow = await startServer(undefined, {}, { limits: { requestsPerSecond: 5, bytesAtOnce: 1e6 } })
  const answers = await Promise.all(Array.from({ length: 30 }, () => slow.ask('/healthz')))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(15)
  expect(refused[0]?.json.code).toBe('too-many-requests')
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  await slow.stop()
})

it('stopped and started again, it goes on: same door, same key, same counts', async () => {
  const first = await startServer()
  await first.send([event(0), event(0)], { 'idempotency-key': 'a' })
  const { folder } = first.service.space
  await first.stop()
  const second = await startServer(folder)
  expect(second.service.runner.position).toBe(second.service.space.log.end.position)
  const again = await second.send([event(0), event(0)], { 'idempotency-key': 'a' })
  expect(again.json).toMatchObject({ accepted: 2 })
  await second.send([event(0)])
  const records = [...second.service.space.log.read(0)].flatMap((group) => group.records)
  expect(records.flatMap((record) => (record.kind === 'raw' ? record.occurrence : []))).toEqual([0, 1, 2])
  expect(records.filter(({ kind }) => kind === 'activate').length).toBe(2)
  await second.stop()
})

it('how long events wait is told of those that wait, not of the silence before them', async () => {
  const quiet = await startServer()
  await quiet.send([event(0)])
  await quiet.service.caughtUp()
  await new Promise((resolve) => setTimeout(resolve, 300))
  let waited = 0
  const sent = quiet.send(Array.from({ length: 3000 }, (_, i) => event(i)))
  for (let i = 0; i < 500 && waited === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    waited = quiet.service.lagSeconds
  }
  expect(waited).toBeGreaterThan(0)
  expect(waited).toBeLessThan(0.3)
  await sent
  await quiet.service.caughtUp()
  expect(quiet.service.lagSeconds).toBe(0)
  await quiet.stop()
})

it('tells of itself: metrics, readiness, and what there is to ask', async () => {
  await server.service.caughtUp()
  const metrics = (await server.ask('/metrics')).text
  expect(metrics).toContain(`heedful_log_lines ${linesInLog()}\n`)
  expect(metrics).toContain('heedful_lag_records 0\n')
  expect(metrics).toMatch(/heedful_http_requests_total\{method="POST",route="\/v1\/events",status="202"\} \d+/)
  expect(metrics).toMatch(/heedful_fold_duration_seconds_count [1-9]/)
  expect(metrics).toContain('heedful_refused_lines_total{reason="json_invalid"} 1\n')
  expect(metrics).toMatch(/heedful_data_bytes [1-9]\d{4}/)
  expect(metrics).toContain('heedful_build_info{version="test"} 1\n')
  for (const [, name = '', kind] of metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    expect(name).toMatch(/^(heedful|process|nodejs)_[a-z_]+$/)
    expect([name, /_total$/.test(name)]).toEqual([name, kind === 'counter'])
    if (kind === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/)
  }
  expect((await server.ask('/readyz')).json).toEqual({ ready: true, reason: null, lag_records: 0 })
  const { paths, openapi } = (await server.ask('/openapi.json')).json as { paths: object; openapi: string }
  expect(openapi).toBe('3.1.0')
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/events', '/healthz', '/metrics']))
})

it('writes logs that hold no secret', async () => {
  const told: string[] = []
  const stream = { write: (line: string) => void told.push(line) }
  const talking = await startServer(undefined, {}, { log: { level: 'debug', stream } })
  await talking.ask('/v1/nothing?q=secret-1', { headers: { authorization: 'Bearer hf_secret-2', cookie: 'secret-3' } })
  await talking.send(['secret-4'], { 'idempotency-key': 'secret-5' })
  await talking.stop()
  expect(told.length).toBeGreaterThanOrEqual(2)
  expect(told.join('')).not.toContain('secret')
  expect(told.map((line) => JSON.parse(line).status)).toEqual(expect.arrayContaining([404, 422]))
})

it('who sends faster than is judged is asked to wait, and loses nothing', async () => {
  const busy = await startServer(undefined, { mostLag: 500 })
  const batch = (which: number) => Array.from({ length: 1000 }, (_, i) => event(which * 1000 + i))
  const answers = await Promise.all([0, 1, 2, 3].map((which) => busy.send(batch(which))))
  const late = await busy.send(batch(4))
  const refused = [...answers, late].filter(({ status }) => status !== 202)
  expect(refused.map(({ status, json }) => [status, json['code']])).toContainEqual([429, 'queue-full'])
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  await busy.service.caughtUp()
  expect(busy.service.runner.tally.events).toBe(1000 * (5 - refused.length))
  expect((await busy.send(batch(5))).status).toBe(202)
  await busy.stop()
})
