/** Dropped log files on bad days: bombs, full disks, kills, and people who change their minds. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { fillDisk, mountMemory } from '../store/small-disk.fixture.ts'
import { openFolder } from '../store/space.ts'
import { Spaces } from './spaces.ts'

const built = existsSync(fileURLToPath(new URL('../../dist/entry.js', import.meta.url)))
const root = mkdtempSync(join(tmpdir(), 'heedful-spaces-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const fresh = () => mkdtempSync(join(root, 'case-'))
const now = () => Date.parse('2026-06-01T00:00:00Z')
const line = (i: number) =>
  `Mar  4 02:00:${String(i % 60).padStart(2, '0')} gate sshd[${i}]: Failed password for ada from 203.0.113.7 port 4 ssh2\n`
const lines = (count: number) => Array.from({ length: count }, (_, i) => line(i)).join('')

async function ended(spaces: Spaces, space: string) {
  for (;;) {
    const found = spaces.list().find((one) => one.space === space)
    if (found?.state !== 'scanning') return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

it('a mark that is damaged costs its file, not the start', async () => {
  const folder = fresh()
  mkdirSync(join(folder, 's1'))
  writeFileSync(join(folder, 's1', 'space.json'), '{"name":"au')
  const spaces = new Spaces({ folder, now })
  expect(spaces.list()).toMatchObject([{ space: 's1', state: 'failed', error: expect.stringMatching('drop it again') }])
  await spaces.remove('s1')
  expect(readdirSync(folder)).toEqual([])
  await spaces.close()
})

it('one that is deleted while it comes is refused, and leaves nothing', async () => {
  const folder = fresh()
  const spaces = new Spaces({ folder, now })
  const bytes = new PassThrough()
  const adding = spaces.add('a.log', bytes)
  const failed = expect(adding).rejects.toMatchObject({ code: 'space-deleted', status: 409 })
  bytes.write(line(1))
  await new Promise((resolve) => setTimeout(resolve, 20))
  await spaces.remove(spaces.list()[0]?.space ?? '')
  bytes.end()
  await failed
  expect([spaces.list(), readdirSync(folder)]).toEqual([[], []])
  await spaces.close()
})

it('one that is cut short is refused, and leaves nothing', async () => {
  const folder = fresh()
  const spaces = new Spaces({ folder, now })
  const bytes = new PassThrough()
  const failed = expect(spaces.add('a.log', bytes)).rejects.toMatchObject({ code: 'body-cut-short', status: 400 })
  bytes.write(line(1))
  setTimeout(() => bytes.destroy(), 20)
  await failed
  expect(readdirSync(folder)).toEqual([])
  await spaces.close()
})

it('a disk without room refuses one, and has its room again', async (context) => {
  const disk = mountMemory(join(fresh(), 'disk'), '1m')
  if (typeof disk === 'string') return context.skip(disk)
  try {
    const folder = join(disk.path, 'spaces')
    const spaces = new Spaces({ folder, now })
    const bytes = Readable.from([Buffer.alloc(2_000_000, 97)])
    await expect(spaces.add('a.log', bytes)).rejects.toMatchObject({ code: 'folder-full', status: 507 })
    expect(readdirSync(folder)).toEqual([])
    fillDisk(join(disk.path, 'filler'))
    await expect(spaces.add('a.log', Readable.from([Buffer.alloc(9)]))).rejects.toMatchObject({ code: 'folder-full' })
    await spaces.close()
  } finally {
    disk.unmount()
  }
})

describe.skipIf(!built)(`scans${built ? '' : ' (not built: npm run build)'}`, () => {
  it('of what unpacks to too much are ended, and give the disk back', async () => {
    const folder = fresh()
    const spaces = new Spaces({ folder, now, mostData: 4_000_000 })
    const { space } = await spaces.add('bomb.log.gz', Readable.from([gzipSync(lines(400_000))]))
    expect(await ended(spaces, space)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching('more than 4000000 bytes'),
    })
    expect(readdirSync(join(folder, space)).sort()).toEqual(['dropped.log', 'space.json'])
    await spaces.close()
  }, 60_000)

  it('wait for one that a server that was killed left behind', async () => {
    const folder = fresh()
    const first = new Spaces({ folder, now })
    const { space } = await first.add('auth.log', Readable.from([lines(5)]))
    await first.close()
    // What still runs holds the folder.
    const held = openFolder(join(folder, space, 'data'))
    const second = new Spaces({ folder, now })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(second.list()).toMatchObject([{ state: 'scanning', error: null }])
    held.close()
    expect(await ended(second, space)).toMatchObject({ state: 'done', events: 5 })
    await second.close()
  }, 60_000)
})
