/** A disk that is really full under a running server: nothing acknowledged is lost, and it goes on when there is room. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshFolder, startServer } from '../api/running-server.fixture.ts'
import { fillDisk, mountMemory } from '../store/small-disk.fixture.ts'

/** 2 in every run; HEEDFUL_FULL_DISKS=10 for the long one. */
const TIMES = Number(process.env['HEEDFUL_FULL_DISKS'] ?? 2)

const event = (i: number) =>
  JSON.stringify({
    '@timestamp': new Date(Date.parse('2026-05-01T08:00:00Z') + i * 1000).toISOString(),
    event: { category: ['authentication'], outcome: 'success' },
    user: { name: `user ${i % 7}`, note: 'x'.repeat(500) },
  })
const batchOf = (which: number) => Array.from({ length: 200 }, (_, i) => event(which * 200 + i))

it(`${TIMES} times full: refused with the way out, and nothing acknowledged is lost`, {
  timeout: 60_000 + TIMES * 20_000,
}, async (context) => {
  const disk = mountMemory(join(freshFolder(), 'disk'), '48m')
  if (typeof disk === 'string') return context.skip(disk)
  try {
    const server = await startServer(join(disk.path, 'data'))
    const taken: string[] = []
    const send = async (which: number) => {
      const answer = await server.send(batchOf(which), { 'idempotency-key': `batch ${which}` })
      if (answer.status === 202) taken.push(...batchOf(which))
      return answer
    }
    let which = 0
    for (let time = 0; time < TIMES; time++) {
      expect((await send(which++)).status).toBe(202)
      fillDisk(join(disk.path, 'filler'))
      // The journal may still have room of its own for some.
      let refused = await send(which)
      for (let i = 0; refused.status === 202 && i < 200; i++) refused = await send(++which)
      expect([refused.status, refused.json['code']]).toEqual([503, 'folder-full'])
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      rmSync(join(disk.path, 'filler'))
      await new Promise((resolve) => setTimeout(resolve, 1100))
      // The very request that was refused.
      expect((await send(which++)).status).toBe(202)
    }
    for (let i = 0; server.service.trouble !== undefined && i < 100; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await server.service.caughtUp()
    expect(server.service.trouble).toBeUndefined()
    const records = [...server.service.space.log.read(0)].flatMap((group) => group.records)
    expect(records.flatMap((record) => (record.kind === 'raw' ? record.line : []))).toEqual(taken)
    expect(server.service.runner.tally.events).toBe(taken.length)
    await server.stop()
    const again = await startServer(join(disk.path, 'data'))
    expect([...again.service.space.store.verdicts()].flat().length).toBe(taken.length)
    await again.stop()
  } finally {
    disk.unmount()
  }
})
