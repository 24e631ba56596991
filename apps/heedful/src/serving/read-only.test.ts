/** A folder that turns read-only between two starts: refused as such, unchanged, and all that was acknowledged is there after. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshFolder, startServer } from '../api/running-server.fixture.ts'
import { mountReadOnly } from '../store/small-disk.fixture.ts'

/** 2 in every run; HEEDFUL_READ_ONLY=10 for the long one. */
const TIMES = Number(process.env['HEEDFUL_READ_ONLY'] ?? 2)

const event = (i: number) =>
  JSON.stringify({
    '@timestamp': new Date(Date.parse('2026-05-01T08:00:00Z') + i * 1000).toISOString(),
    event: { category: ['authentication'], outcome: 'success' },
    user: { name: `user ${i % 7}` },
  })
const batchOf = (which: number) => Array.from({ length: 200 }, (_, i) => event(which * 200 + i))

function hashOf(folder: string): string {
  const hash = createHash('sha256')
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    hash.update(`${entry.name}\n`).update(entry.isDirectory() ? hashOf(path) : readFileSync(path))
  }
  return hash.digest('hex')
}

it(`${TIMES} times read-only: refused with the way out, unchanged, and nothing acknowledged is lost`, {
  timeout: 60_000 + TIMES * 20_000,
}, async (context) => {
  const folder = freshFolder()
  const data = join(folder, 'data')
  const taken: string[] = []
  for (let time = 0; time <= TIMES; time++) {
    const server = await startServer(data)
    await server.service.caughtUp()
    const records = [...server.service.space.log.read(0)].flatMap((group) => group.records)
    expect(records.flatMap((record) => (record.kind === 'raw' ? record.line : []))).toEqual(taken)
    expect([...server.service.space.store.verdicts()].flat().length).toBe(taken.length)
    expect((await server.send(batchOf(time))).status).toBe(202)
    taken.push(...batchOf(time))
    await server.stop()

    const disk = mountReadOnly(join(freshFolder(), 'disk'), folder)
    if (typeof disk === 'string') return context.skip(disk)
    try {
      const before = hashOf(data)
      await expect(startServer(join(disk.path, 'data'))).rejects.toMatchObject({ code: 'folder-read-only' })
      expect(hashOf(data)).toBe(before)
    } finally {
      disk.unmount()
    }
  }
})
