import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../store/database.ts'
import { openRequestsTable, REQUESTS_SCHEMA } from './requests-table.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-requests-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const DAY = 86_400_000
const request = (i: number, time: number) => ({
  key: `k${i}`,
  digest: '',
  accepted: 1,
  refused: 0,
  from: i,
  to: i + 1,
  time,
})

it('requests are known for a day, and no more of them than is said', () => {
  const database = openDatabase(join(root, 'log.db'), { version: 1, remedy: '', schema: REQUESTS_SCHEMA })
  const table = openRequestsTable(database, 3000)
  const count = () => Number((database.prepare('SELECT count(*) AS n FROM requests').get() as { n: number }).n)
  table.save([request(0, 5)])
  expect(table.find('k0', DAY + 4)?.from).toBe(0)
  expect(table.find('k0', DAY + 5)).toBeUndefined()
  expect(table.find('k1', 0)).toBeUndefined()
  const save = (from: number, to: number, time: (i: number) => number) =>
    database.transaction(() => {
      for (let i = from; i <= to; i++) table.save([request(i, time(i))])
    })
  save(1, 10_000, (i) => i)
  expect(count()).toBeGreaterThanOrEqual(3000)
  expect(count()).toBeLessThanOrEqual(4000)
  expect(table.find('k10000', 10_000)?.from).toBe(10_000)
  save(0, 2999, () => 2 * DAY)
  expect(table.find('k10000', 10_000)).toBeUndefined()
  database.close()
})
