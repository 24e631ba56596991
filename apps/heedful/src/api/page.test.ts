import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshFolder, type RunningServer, startServer } from './running-server.fixture.ts'

const page = freshFolder()
mkdirSync(join(page, 'assets'))
writeFileSync(join(page, 'index.html'), '<!doctype html><title>the page</title>')
writeFileSync(join(page, 'assets', 'index-abc.js'), 'console.log(1)')
writeFileSync(join(page, 'assets', 'index-abc.js.gz'), gzipSync('console.log(1)'))
writeFileSync(join(page, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
writeFileSync(join(page, '.secret'), 'x')
const outside = freshFolder()
writeFileSync(join(outside, 'secret.txt'), 'x')

let server: RunningServer
beforeAll(async () => {
  server = await startServer(freshFolder(), {}, { page })
})
afterAll(() => server.stop())

const browse = (path: string) => server.ask(path, { headers: { accept: 'text/html,*/*;q=0.8' } })

it('every path of the page is the page', async () => {
  for (const path of ['/', '/alerts', '/alerts/user-e1?x=1', '/entities/user/ada%2Fb.c', '/data']) {
    const answer = await browse(path)
    expect([path, answer.status, answer.text]).toEqual([path, 200, '<!doctype html><title>the page</title>'])
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.headers['content-type']).toMatch('text/html')
  }
})

it('its files are sent, and nothing else', async () => {
  const script = await server.ask('/assets/index-abc.js')
  expect(script.text).toBe('console.log(1)')
  expect(script.headers).toMatchObject({
    'content-type': expect.stringMatching('javascript'),
    'cache-control': 'public, max-age=604800, immutable',
  })
  const packed = await server.ask('/assets/index-abc.js', { headers: { 'accept-encoding': 'gzip' } })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect((await server.ask('/favicon.svg')).headers['content-type']).toMatch('svg')
  for (const path of [
    '/assets/none.js',
    '/.secret',
    '/assets/../.secret',
    '/assets/%2e%2e/.secret',
    `/assets/..%2f..%2f..%2f${encodeURIComponent(outside)}/secret.txt`,
    '/v1/none',
  ]) {
    const answer = await browse(path)
    expect(answer.text).not.toBe('x')
  }
  expect((await browse('/v1/none')).json).toMatchObject({ status: 404, code: 'route-unknown' })
  expect((await browse('/assets/none.js')).status).toBe(404)
})

it('browsers may do nothing with it that it does not need', async () => {
  for (const path of ['/', '/v1/now', '/assets/index-abc.js', '/v1/none']) {
    const { headers } = await server.ask(path)
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toMatch("frame-ancestors 'none'")
    expect(policy).not.toMatch('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

it('says so where the page is not built', async () => {
  const bare = await startServer(freshFolder(), {}, { page: freshFolder() })
  const answer = await bare.ask('/', { headers: { accept: 'text/html' } })
  expect([answer.status, answer.text]).toEqual([200, expect.stringMatching('not built')])
  await bare.stop()
})
