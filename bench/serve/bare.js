/**
 * What is compared with: the same web server with nothing behind it but a file. A body is answered when its bytes are
 * synced, together with what came within 5 ms.
 */
import { open } from 'node:fs/promises'
import fastify from 'fastify'

const WINDOW = 5
const file = await open(process.argv[2], 'a')
let pending = []
let timer

async function flush() {
  timer = undefined
  const taken = pending
  pending = []
  await file.write(Buffer.concat(taken.map(({ body }) => body)))
  await file.datasync()
  for (const { resolve } of taken) resolve()
}

const app = fastify({ logger: false, bodyLimit: 64 * 1024 * 1024 })
app.removeAllContentTypeParsers()
app.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, async (_request, body) => body)
app.post('/v1/events', async ({ body }, reply) => {
  await new Promise((resolve) => {
    pending.push({ body, resolve })
    if (timer === undefined) timer = setTimeout(flush, WINDOW)
  })
  return reply.code(202).send({ accepted: true })
})
process.stderr.write(`Serving ${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
process.on('SIGTERM', () => app.close().then(() => process.exit(0)))
