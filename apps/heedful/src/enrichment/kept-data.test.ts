import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { prepareEnrichment } from './kept-data.ts'

const { done } = vi.hoisted(() => ({ done: [] as string[] }))

/** The real file system, its calls written down: whether bytes were synced shows in no file. */
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  const paths = new Map<number, string>()
  const openSync: typeof real.openSync = (path, flags, mode) => {
    const descriptor = real.openSync(path, flags, mode)
    paths.set(descriptor, String(path))
    return descriptor
  }
  const fsyncSync: typeof real.fsyncSync = (descriptor) => {
    done.push(`sync ${paths.get(descriptor)}`)
    real.fsyncSync(descriptor)
  }
  const renameSync: typeof real.renameSync = (from, to) => {
    done.push(`rename ${to}`)
    real.renameSync(from, to)
  }
  return { ...real, openSync, fsyncSync, renameSync }
})

const root = mkdtempSync(join(tmpdir(), 'heedful-kept-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('a kept file is on the disk before it stands under its name, and then its name is', async () => {
  const table = join(root, 'asn.csv')
  writeFileSync(table, '10.0.0.0/8,64512,Inside\n', { mode: 0o444 })
  const data = join(root, 'data')
  await prepareEnrichment({ city: [], asn: [table] }, data)
  const folder = join(data, 'enrichment')
  const [part, renamed, ...folders] = done
  expect(renamed).toMatch(/^rename .*\.csv$/)
  expect(part).toBe(`sync ${renamed?.slice('rename '.length)}.part`)
  expect(folders).toEqual([`sync ${folder}`, `sync ${data}`])
})
