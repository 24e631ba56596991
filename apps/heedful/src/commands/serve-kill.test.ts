/** The real server, killed without warning while events come in: what was acknowledged is stored and judged exactly once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@heedful/detect'
import { afterAll, expect, it } from 'vitest'
import { ask } from '../api/running-server.fixture.ts'
import { openFolder } from '../store/space.ts'
import { writeBreakIns } from './break-ins.fixture.ts'
import { built, type ServeProcess, startProcess } from './serve-process.fixture.ts'

/** 3 in every run; HEEDFUL_SERVE_KILLS=100 for the long one. */
const KILLS = Number(process.env['HEEDFUL_SERVE_KILLS'] ?? 3)

const root = mkdtempSync(join(tmpdir(), 'heedful-serve-kill-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const start = (folder: string) => startProcess('--data', folder, '--timezone', 'UTC', '--warmup', '4d')

function inBatches(lines: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, i) => lines.slice(i * size, (i + 1) * size))
}

async function send({ port }: ServeProcess, batch: readonly string[], which: number): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': `batch ${which}` }
  const answer = await ask(port, '/v1/events?format=auth-log', { headers, body: batch.join('\n') })
  expect([answer.status, answer.json['code']]).toEqual([202, undefined])
  expect(answer.json['accepted']).toBe(batch.length)
}

/** Stopped politely, it has judged everything. */
async function stop(server: ServeProcess): Promise<void> {
  server.child.kill('SIGTERM')
  expect(await server.ended).toEqual({ code: 0, signal: null })
}

function conclusionsOf(folder: string) {
  const { log, store, close } = openFolder(folder, true)
  const records = [...log.read(0)].flatMap((group) => group.records)
  const found = {
    lines: records.flatMap((record) => (record.kind === 'raw' ? record.line : [])),
    judged: store.snapshot?.position === log.end.position,
    alerts: store.alerts(),
    verdicts: [...store.verdicts()].flat(),
  }
  close()
  return found
}

it(`killed ${KILLS} times during ingest: acknowledged = stored = judged exactly once, alerts as if undisturbed`, {
  timeout: 120_000 + KILLS * 10_000,
}, async (context) => {
  if (!built) return context.skip('the command is not built (npm run build)')
  const { lines } = await writeBreakIns(root, 40)
  const batches = inBatches(lines, Math.max(5, Math.floor(lines.length / (15 * KILLS))))
  const undisturbed = await start(join(root, 'undisturbed'))
  for (const [i, batch] of batches.entries()) await send(undisturbed, batch, i)
  await stop(undisturbed)

  const random = createRandom(Date.now())
  const folder = join(root, 'killed')
  let next = 0
  let killed = 0
  while (next < batches.length) {
    const server = await start(folder)
    const timer = killed < KILLS ? setTimeout(() => server.child.kill('SIGKILL'), random.next() * 150) : undefined
    try {
      // The last one may be there already: its answer was lost, not it. An older one is sent again, too.
      for (let i = Math.max(0, next - 2); i < batches.length; i++) {
        await send(server, batches[i] as string[], i)
        next = i + 1
      }
      clearTimeout(timer)
      await stop(server)
    } catch (error) {
      if (!/ECONNRESET|ECONNREFUSED|EPIPE|socket hang up|aborted/.test(String(error))) throw error
      expect((await server.ended).signal).toBe('SIGKILL')
      killed++
    }
  }
  expect(killed).toBeGreaterThanOrEqual(Math.min(KILLS, 2))
  const expected = conclusionsOf(join(root, 'undisturbed'))
  expect(expected.alerts.length).toBeGreaterThan(2)
  expect(expected.lines).toEqual(lines)
  expect(conclusionsOf(folder)).toEqual(expected)
})

it('a port in use is told with the way out', async (context) => {
  if (!built) return context.skip('the command is not built (npm run build)')
  const server = await start(join(root, 'one'))
  await expect(startProcess('--data', join(root, 'two'), '--port', String(server.port))).rejects.toThrow(
    /it ended \(2\): error port-in-use: port \d+ of 127\.0\.0\.1 is used by another process\nwhat to do: .*--port \d+/,
  )
  await expect(start(join(root, 'one'))).rejects.toThrow(/it ended \(4\): error folder-locked: .*process \d+/)
  await stop(server)
})
