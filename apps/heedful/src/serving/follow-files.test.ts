/** Files followed across rotation: every line stands in the log once, in its order. */
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { FollowedFiles } from './follow-files.ts'
import { Service } from './service.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-follow-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder = ''
let path = ''
let notes: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
  path = join(folder, 'events.log')
  notes = []
})

const now = () => Date.parse('2026-06-01T00:00:00Z')
const line = (i: number) =>
  `{"@timestamp":"${new Date(Date.parse('2026-05-01T08:00:00Z') + i * 1000).toISOString()}","event":{"category":["authentication"],"outcome":"success"},"user":{"name":"u${i}"}}\n`
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join('')

async function follow(work: (written: (count: number) => Promise<void>) => Promise<void>): Promise<string[]> {
  const service = await Service.open({ folder: join(folder, 'data'), timezone: 'UTC', now })
  const files = new FollowedFiles([{ path, source: 'gate' }], { service, now, say: (note) => notes.push(note) })
  const written = async (count: number) => {
    for (let i = 0; service.space.log.end.lines < count; i++) {
      if (i > 400) throw new Error(`${service.space.log.end.lines} lines of ${count}; ${notes.join('; ')}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  try {
    await work(written)
    await files.stop()
    await service.caughtUp()
    const records = [...service.space.log.read(0)].flatMap((group) => group.records)
    return records.flatMap((record) => (record.kind === 'raw' ? `${record.line}\n` : []))
  } finally {
    await files.stop()
    await service.stop()
  }
}

it('grows', async () => {
  writeFileSync(path, lines(0, 2500))
  const read = await follow(async (written) => {
    await written(2500)
    const next = line(2500)
    appendFileSync(path, next.slice(0, 30))
    await new Promise((resolve) => setTimeout(resolve, 400))
    appendFileSync(path, next.slice(30))
    await written(2501)
  })
  expect(read.join('')).toBe(lines(0, 2501))
})

it('is renamed, and a new one is begun', async () => {
  writeFileSync(path, lines(0, 10))
  const read = await follow(async (written) => {
    await written(10)
    renameSync(path, `${path}.1`)
    // Whoever writes still has the old one open.
    appendFileSync(`${path}.1`, lines(10, 15))
    await written(15)
    writeFileSync(path, lines(15, 20))
    await written(20)
  })
  expect(read.join('')).toBe(lines(0, 20))
})

it('is copied and truncated', async () => {
  writeFileSync(path, lines(0, 10))
  const read = await follow(async (written) => {
    await written(10)
    appendFileSync(path, lines(10, 15))
    copyFileSync(path, `${path}.1`)
    truncateSync(path, 0)
    appendFileSync(path, lines(15, 40))
    await written(40)
  })
  expect(read.join('')).toBe(lines(0, 40))
})

it('is rotated while nobody looks: the rest of the old one comes first', async () => {
  writeFileSync(path, lines(0, 10))
  await follow((written) => written(10))
  appendFileSync(path, lines(10, 13))
  renameSync(path, `${path}.1`)
  writeFileSync(path, lines(13, 20))
  const read = await follow((written) => written(20))
  expect(read.join('')).toBe(lines(0, 20))
})

it('is rotated more than once while nobody looks: what was never read comes in its order', async () => {
  writeFileSync(path, lines(0, 10))
  await follow((written) => written(10))
  appendFileSync(path, lines(10, 13))
  renameSync(path, `${path}.3`)
  writeFileSync(`${path}.2`, lines(13, 20))
  writeFileSync(`${path}.1`, lines(20, 30))
  writeFileSync(path, lines(30, 40))
  // What was there before, and what is none of its own.
  writeFileSync(`${path}.4`, lines(900, 905))
  writeFileSync(`${path}.bak`, lines(800, 805))
  for (const [i, name] of ['.4', '.3', '.2', '.1', '', '.bak'].entries())
    utimesSync(`${path}${name}`, 1000 + i, 1000 + i)
  const read = await follow((written) => written(40))
  expect(read.join('')).toBe(lines(0, 40))
})

it('is not read back when it is followed for the first time', async () => {
  writeFileSync(`${path}.1`, lines(0, 10))
  writeFileSync(path, lines(10, 20))
  expect((await follow((written) => written(10))).join('')).toBe(lines(10, 20))
})

/** Longer than what a file is known by. */
const HEAD = `{"@timestamp":"2026-05-01T07:00:00Z","note":"${'x'.repeat(1500)}"}\n`

it('begins like the one before it, as files with long headers do', async () => {
  writeFileSync(path, HEAD + lines(0, 50))
  const read = await follow(async (written) => {
    await written(51)
    renameSync(path, `${path}.1`)
    writeFileSync(path, HEAD + lines(50, 60))
    await written(62)
    // Smaller again, and copied this time.
    copyFileSync(path, `${path}.1`)
    writeFileSync(path, HEAD + lines(60, 65))
    await written(68)
    appendFileSync(path, lines(65, 70))
    await written(73)
  })
  const expected = HEAD + lines(0, 50) + HEAD + lines(50, 60) + HEAD + lines(60, 70)
  expect(read.join('')).toBe(expected)
  appendFileSync(path, lines(70, 75))
  renameSync(path, `${path}.0`)
  for (const [i, name] of ['.1', '.0'].entries()) utimesSync(`${path}${name}`, 1000 + i, 1000 + i)
  writeFileSync(path, HEAD + lines(75, 76))
  const after = expected + lines(70, 75) + HEAD + lines(75, 76)
  expect((await follow((written) => written(80))).join('')).toBe(after)
})

it('is truncated and begins as it did: it is read from its start, once', async () => {
  writeFileSync(path, HEAD + lines(0, 50))
  const read = await follow(async (written) => {
    await written(51)
    truncateSync(path, HEAD.length)
    await written(52)
    await new Promise((resolve) => setTimeout(resolve, 600))
  })
  expect(read.join('')).toBe(HEAD + lines(0, 50) + HEAD)
})

it('is not there yet, or cannot be followed: that is told once', async () => {
  await follow(async (written) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    writeFileSync(path, lines(0, 3))
    await written(3)
  })
  expect(notes).toEqual([`${path} is not there (yet)`])
  expect(readFileSync(path, 'utf8')).toBe(lines(0, 3))
})
