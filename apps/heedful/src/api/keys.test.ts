/** A server that others can reach asks for a key. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { KEYS_FILE, openKeys } from './keys.ts'
import { freshFolder, startServer } from './running-server.fixture.ts'

it('a key is shown once and kept as its hash, readable for its owner alone', () => {
  const folder = freshFolder()
  const { keys, made } = openKeys(folder, 0)
  expect(made).toMatch(/^hf_[\w-]{43}$/)
  expect(keys.holds(made as string)).toBe(true)
  expect(keys.holds(`${made}x`)).toBe(false)
  expect(readFileSync(join(folder, KEYS_FILE), 'utf8')).not.toContain((made as string).slice(3))
  if (process.platform !== 'win32') expect(statSync(join(folder, KEYS_FILE)).mode & 0o777).toBe(0o600)
  const again = openKeys(folder, 0)
  expect(again.made).toBeUndefined()
  expect(again.keys.holds(made as string)).toBe(true)
  writeFileSync(join(folder, KEYS_FILE), '[{"hash":"no"}]')
  expect(() => openKeys(folder, 0)).toThrow('cannot be read')
})

it('without it nothing under /v1 answers, however the path is written; health does', async () => {
  const folder = freshFolder()
  const { keys, made } = openKeys(folder, 0)
  const server = await startServer(folder, {}, { host: '0.0.0.0', keys })
  const post = (path: string, headers: Record<string, string>) =>
    server.ask(path, { headers: { 'content-type': 'application/x-ndjson', ...headers }, body: '{}\n' })
  for (const path of ['/v1/events', '/%76%31/events', '/v1/events?x=1']) {
    const answer = await post(path, {})
    expect([answer.status, answer.json['code']]).toEqual([401, 'key-missing'])
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  }
  for (const authorization of ['Bearer', 'Bearer hf_', `Bearer hf_${'a'.repeat(43)}`, `Basic ${made}`]) {
    expect((await post('/v1/events', { authorization })).json['code']).toBe('key-unknown')
  }
  expect((await post('/v1/events?format=ecs-ndjson', { authorization: `Bearer ${made}` })).status).toBe(202)
  expect((await server.ask('/healthz', { headers: { host: 'anything' } })).status).toBe(200)
  await server.stop()
})
