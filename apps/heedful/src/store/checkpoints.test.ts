import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Checkpoints } from './checkpoints.ts'

let root: string
let path: string
let database: InstanceType<typeof DatabaseSync>

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'heedful-checkpoints-'))
  path = join(root, 'some.db')
  database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE numbers (one INTEGER)')
})

afterAll(() => {
  database.close()
  rmSync(root, { recursive: true })
})

function insert(numbers: number): void {
  const put = database.prepare('INSERT INTO numbers VALUES (?)')
  database.exec('BEGIN')
  for (let i = 0; i < numbers; i++) put.run(i)
  database.exec('COMMIT')
}

/** How many stand in the database itself, whatever its write-ahead log says. */
function countInPlace(): number {
  const copy = join(root, 'copy.db')
  copyFileSync(path, copy)
  const alone = new DatabaseSync(copy)
  try {
    const tables = alone.prepare("SELECT count(*) AS count FROM sqlite_master WHERE name = 'numbers'").get()
    if ((tables as { count: number }).count === 0) return 0
    return (alone.prepare('SELECT count(*) AS count FROM numbers').get() as { count: number }).count
  } finally {
    alone.close()
  }
}

it('moves what is committed to its place, aside', async () => {
  const checkpoints = new Checkpoints(path, { every: 0 })
  insert(1000)
  expect(countInPlace()).toBe(0)
  expect(checkpoints.next()).toBe(undefined)
  // Commits go on meanwhile.
  insert(10)
  await checkpoints.end()
  expect(countInPlace()).toBeGreaterThanOrEqual(1000)
  insert(10)
  checkpoints.next()
  await checkpoints.end()
  expect(countInPlace()).toBeLessThan(1020)
})

it('is waited for where the write-ahead log became long, until it begins anew', async () => {
  const checkpoints = new Checkpoints(path, { every: 0, mostPages: 20 })
  const waits: boolean[] = []
  for (let i = 0; i < 200 && !waits.includes(true); i++) {
    insert(5000)
    const ready = checkpoints.next()
    waits.push(ready !== undefined)
    await ready
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(waits).toContain(true)
  const { log } = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as { log: number }
  insert(1)
  const anew = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as { log: number }
  expect(anew.log).toBeLessThan(log)
  await checkpoints.end()
})

it('does without where the database cannot be opened', async () => {
  const checkpoints = new Checkpoints(join(root, 'none', 'some.db'), { every: 0 })
  expect(checkpoints.next()).toBe(undefined)
  await checkpoints.end()
  expect(checkpoints.next()).toBe(undefined)
})

it('does without where there can be no further thread', async () => {
  vi.resetModules()
  vi.doMock('node:worker_threads', () => ({
    Worker: class {
      constructor() {
        throw new Error('no thread')
      }
    },
  }))
  const { Checkpoints: WithoutThreads } = await import('./checkpoints.ts')
  vi.doUnmock('node:worker_threads')
  const checkpoints = new WithoutThreads(path, { every: 0 })
  expect(checkpoints.next()).toBe(undefined)
  await checkpoints.end()
  expect(checkpoints.next()).toBe(undefined)
})
