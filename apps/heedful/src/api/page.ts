/** The page: its files, what browsers may do with them, and its own paths, which all lead to it. */
import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findPage } from '../page/find-page.ts'
import type { App } from './context.ts'

/** Nothing but the page's own files; no request leaves the host; nobody puts it into a frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Heedful</title>
<h1>The page is not built</h1><p>Heedful itself runs: <a href="/v1/now">/v1/now</a>, <a href="/openapi.json">/openapi.json</a>.
Build the page with <code>npm run build -w apps/dashboard</code> and start again.</p></html>
`

const WEEK_SECONDS = 7 * 86_400

/** For every answer, also those of the API. */
export function guardBrowsers(app: App): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS)
  })
}

/** A path of the page itself (`/alerts/…`), asked for by a browser: its script reads the path. */
const isPath = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(v1|assets)(\/|$)/.test(url) &&
  (headers.accept ?? '').includes('text/html')

export interface Page {
  /** Answers a path that no route knows with the page; false where it is none of the page's. */
  answer(request: FastifyRequest, reply: FastifyReply): boolean
}

export async function addPage(app: App, given = findPage()): Promise<Page> {
  const folder = given !== undefined && existsSync(`${given}/index.html`) ? given : undefined
  const sendIndex = (reply: FastifyReply): FastifyReply => {
    reply.header('cache-control', 'no-cache')
    if (folder === undefined) return reply.type('text/html; charset=utf-8').send(NOT_BUILT)
    return reply.sendFile('index.html', { cacheControl: false })
  }
  const hidden = { schema: { hide: true } }
  if (folder !== undefined) {
    await app.register(fastifyStatic, { root: folder, serve: false, dotfiles: 'ignore', preCompressed: true })
    // Their names carry a hash of what is in them.
    app.get<{ Params: { name: string } }>('/assets/:name', hidden, ({ params: { name } }, reply) =>
      /^\w[\w.-]*$/.test(name)
        ? reply.sendFile(`assets/${name}`, { maxAge: WEEK_SECONDS * 1000, immutable: true })
        : reply.callNotFound(),
    )
  }
  app.get('/', hidden, (_request, reply) => sendIndex(reply))
  return {
    answer(request, reply) {
      const file = /^\/([\w-]+\.(?:svg|png|ico|webmanifest|txt))$/.exec(request.url)?.[1]
      if (folder !== undefined && file !== undefined && existsSync(`${folder}/${file}`)) {
        void reply.sendFile(file, { maxAge: 3_600_000 })
        return true
      }
      if (!isPath(request)) return false
      void sendIndex(reply)
      return true
    },
  }
}
