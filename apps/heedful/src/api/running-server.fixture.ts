/** The real server in the test's own process, on a port of its own, and requests to it over real sockets. */
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { Service, type ServiceOptions } from '../serving/service.ts'
import type { App } from './context.ts'
import { buildServer, listen, type ServerOptions } from './server.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-server-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

export const freshFolder = () => mkdtempSync(join(root, 'data-'))

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: Record<string, unknown>
}

export interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export function ask(port: number, path: string, { method, headers, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, path, method: method ?? (body === undefined ? 'GET' : 'POST'), agent: false as const }
    const asked = request({ host: '127.0.0.1', ...options, ...(headers && { headers }) }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8')
        const json = /json/.test(String(answer.headers['content-type']))
          ? (JSON.parse(text) as Record<string, unknown>)
          : {}
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export interface RunningServer {
  app: App
  service: Service
  port: number
  ask(path: string, asked?: Asked): Promise<Answer>
  /** Sends lines as NDJSON. */
  send(lines: readonly string[], headers?: Record<string, string>, query?: string): Promise<Answer>
  stop(): Promise<void>
}

export const NOW = Date.parse('2026-06-01T00:00:00Z')

export async function startServer(
  folder = freshFolder(),
  options: Partial<ServiceOptions> = {},
  server: Partial<ServerOptions> = {},
): Promise<RunningServer> {
  const settings = { timezone: 'UTC', budget: 20, warmup: 2 * 86_400_000, seed: 1, now: () => NOW }
  const service = await Service.open({ folder, ...settings, ...options })
  const where = { host: '127.0.0.1', port: 0, ...server }
  const app = await buildServer({ service, started: NOW, version: 'test' }, where)
  const port = Number(new URL(await listen(app, where)).port)
  return {
    app,
    service,
    port,
    ask: (path, asked) => ask(port, path, asked),
    send: (lines, headers = {}, query = '') =>
      ask(port, `/v1/events${query}`, {
        headers: { 'content-type': 'application/x-ndjson', ...headers },
        body: `${lines.join('\n')}\n`,
      }),
    async stop() {
      await app.close()
      await service.stop()
    },
  }
}
