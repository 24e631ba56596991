/** Damaged requests over raw sockets: no crash, memory bounded, never an answer that blames ourselves. */
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createRandom, type Random } from '@heedful/detect'
import { expect, it } from 'vitest'
import { startServer } from './running-server.fixture.ts'

/** 2,000 in every run; HEEDFUL_FUZZ=100000 for the long one. */
const REQUESTS = Number(process.env['HEEDFUL_FUZZ'] ?? 2000)
const AT_ONCE = 32
/** ms of silence. */
const PATIENCE = 200
const MEBIBYTE = 1024 * 1024

const EVENT =
  '{"@timestamp":"2026-05-01T08:00:00Z","event":{"category":["authentication"],"outcome":"failure","id":"e1"},"user":{"name":"ada"},"source":{"ip":"198.51.100.7"},"host":{"name":"files-01"}}'
const LINE = 'Mar  4 02:00:01 files-01 sshd[70001]: Failed password for ada from 203.0.113.7 port 40000 ssh2'
const NASTY = [
  '\0',
  '\r\n',
  '\n',
  '{',
  '[',
  '"',
  '\\u0000',
  '__proto__',
  '1e999',
  '-0',
  '\u{1f600}',
  '%',
  '\xff',
  'null',
  '..',
]

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T

/** Some bytes changed, cut, doubled or replaced by what parsers stumble over. */
function damage(bytes: Buffer, random: Random): Buffer {
  let damaged = Buffer.from(bytes)
  for (let i = Math.floor(random.next() * 6); i > 0; i--) {
    const at = Math.floor(random.next() * damaged.length)
    const kind = Math.floor(random.next() * 5)
    if (kind === 0) damaged[at] = Math.floor(random.next() * 256)
    else if (kind === 1) damaged = damaged.subarray(0, at)
    else if (kind === 2)
      damaged = Buffer.concat([damaged.subarray(0, at), Buffer.from(pick(random, NASTY)), damaged.subarray(at)])
    else if (kind === 3) damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(Math.floor(at / 2))])
    else damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(Math.min(damaged.length, at + 9))])
  }
  return damaged
}

function bodyOf(random: Random): { type: string; encoding: string; body: Buffer } {
  const form = pick(random, ['lines', 'array', 'log', 'deep', 'noise'])
  const many = <T>(one: T): T[] => Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => one)
  const text =
    form === 'lines'
      ? many(EVENT).join('\n')
      : form === 'array'
        ? `[${many(EVENT).join(',')}]`
        : form === 'log'
          ? many(LINE).join('\n')
          : form === 'deep'
            ? `${'[{"a":'.repeat(40)}1${'}]'.repeat(40)}`
            : String.fromCharCode(...many(0).map(() => Math.floor(random.next() * 0xffff)))
  const type = pick(random, ['application/json', 'application/x-ndjson', 'application/x-ndjson', 'text/html', ''])
  const packed = random.next() < 0.2
  const body = damage(packed ? gzipSync(text) : Buffer.from(text), random)
  return { type, encoding: packed ? 'gzip' : pick(random, ['', '', 'identity', 'br']), body }
}

function requestOf(port: number, random: Random): Buffer {
  const { type, encoding, body } = bodyOf(random)
  const method = pick(random, ['POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'BREW'])
  const paths = [
    '/v1/events',
    '/v1/events?wait=verdict',
    '/v1/events?format=auth-log',
    '/v1/alerts?limit=x',
    '/v1/%ff',
    '/v1/nothing',
    '/metrics',
    '/',
  ]
  const length = random.next() < 0.1 ? Math.floor(random.next() * 1e6) : body.length
  const framing = random.next() < 0.1 ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`
  const head = [
    `${method} ${pick(random, paths)} HTTP/1.1`,
    `Host: localhost:${port}`,
    framing,
    'Connection: close',
    ...(type === '' ? [] : [`Content-Type: ${type}`]),
    ...(encoding === '' ? [] : [`Content-Encoding: ${encoding}`]),
    ...(random.next() < 0.3 ? [`Idempotency-Key: ${pick(random, ['a', 'b', 'c'])}`] : []),
    ...(random.next() < 0.3 ? [`X-Heedful-Source: ${pick(random, ['gate', '../x', '__proto__', 'constructor'])}`] : []),
  ]
  const written = Buffer.from(`${head.join('\r\n')}\r\n\r\n`)
  return Buffer.concat([random.next() < 0.3 ? damage(written, random) : written, body])
}

/** The status of the answer; 0 where the connection ended without one. */
function say(port: number, bytes: Buffer): Promise<number> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    // One that was cut short waits for the rest, which never comes.
    socket.setTimeout(PATIENCE, () => socket.destroy())
    socket.on('data', (piece) => {
      answer += piece.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)))
  })
}

it(`${REQUESTS} damaged requests`, { timeout: 60_000 + REQUESTS * 10 }, async () => {
  const seed = Date.now() % 2 ** 32
  const random = createRandom(seed)
  const failures: string[] = []
  const stream = { write: (line: string) => void failures.push(line) }
  const limits = { requestsPerSecond: 1e6, bytesAtOnce: 64 * MEBIBYTE }
  const server = await startServer(undefined, {}, { log: { level: 'error', stream }, limits })
  const statuses = new Map<number, number>()
  let left = REQUESTS
  const worker = async () => {
    while (left-- > 0) {
      const status = await say(server.port, requestOf(server.port, random))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  const before = process.memoryUsage().heapUsed
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await server.service.caughtUp()
  if (REQUESTS > 2000) console.info('answers by status (0: none):', Object.fromEntries(statuses))
  const told = `seed ${seed}: ${JSON.stringify([...statuses])} ${failures.slice(0, 3).join('')}`
  expect([failures, statuses.get(500) ?? 0], told).toEqual([[], 0])
  for (const status of [202, 200, 400, 404, 405, 415])
    expect(statuses.get(status) ?? 0, `${status}, ${told}`).toBeGreaterThan(0)
  expect(server.service.trouble).toBeUndefined()
  expect(server.service.runner.tally.refusedTotal).toBeGreaterThan(0)
  expect((process.memoryUsage().heapUsed - before) / MEBIBYTE).toBeLessThan(300)
  expect((await server.send([EVENT])).status).toBe(202)
  await server.stop()
})
