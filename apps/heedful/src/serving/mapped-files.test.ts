/** Files of any shape, followed by a mapping: it stands in the log, and the next start reads on by it. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { FollowedFiles } from './follow-files.ts'
import { Refusal } from './refusal.ts'
import { Service } from './service.ts'

const folder = mkdtempSync(join(tmpdir(), 'heedful-mapped-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const now = () => Date.parse('2026-06-01T00:00:00Z')
const path = join(folder, 'portal.csv')
const map = join(folder, 'portal.yaml')
const MAPPING = `format: csv
columns: [when, who, from, ok, note]
time: {from: when, format: '%d.%m.%Y %H:%M:%S', zone: Europe/Berlin}
fields:
  class: {value: authentication}
  user.name: who
  src_endpoint.ip: from
  status: {from: ok, values: {yes: success, no: failure}}
`
/** Two lines of the file each. */
const record = (i: number) =>
  `${String(1 + (i % 28)).padStart(2, '0')}.05.2026 08:00:00,u${i},203.0.113.9,${i % 5 === 0 ? 'no' : 'yes'},"over\ntwo lines"\n`
const records = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => record(from + i)).join('')

async function follow(lines: number, refusals = 0): Promise<Service> {
  const service = await Service.open({ folder: join(folder, 'data'), timezone: 'UTC', now })
  const { write } = service
  let left = refusals
  service.write = (batch) =>
    left-- > 0
      ? Promise.reject(
          new Refusal('folder-full', 'the disk is full', { status: 503, wayOut: 'wait', retryAfter: 0.02 }),
        )
      : write.call(service, batch)
  const files = new FollowedFiles([{ path, source: 'portal', map }], { service, now, say: () => undefined })
  for (let i = 0; i < 400 && service.space.log.end.lines < lines; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await files.stop()
  await service.caughtUp()
  await service.stop()
  return service
}

it('a table is followed across a start, its mapping in the log', async () => {
  writeFileSync(map, MAPPING)
  writeFileSync(path, `when,who,from,ok,note\n${records(0, 20)}`)
  const first = await follow(41)
  expect(first.runner.summary()).toMatchObject({ events: 20 })
  const [door] = first.doors.list
  expect(door).toMatchObject({ format: 'mapped', name: expect.stringMatching(/^portal:mapped [0-9a-f]{16}$/) })
  expect(JSON.parse(door?.mapping ?? '')).toMatchObject({ columns: ['when', 'who', 'from', 'ok', 'note'] })
  appendFileSync(path, records(20, 25))
  const second = await follow(51)
  expect(second.space.log.end.lines).toBe(51)
  expect(second.runner.summary()).toMatchObject({ events: 25 })
  expect(second.doors.list).toEqual([door])
})

it('records that go on over lines survive a refusal and a start in their middle', async () => {
  appendFileSync(path, records(25, 27))
  expect((await follow(55, 2)).runner.summary()).toMatchObject({ events: 27 })
  const [begun, rest] = record(27).split('over\n') as [string, string]
  appendFileSync(path, `${begun}over\n`)
  expect((await follow(56)).runner.summary()).toMatchObject({ events: 27 })
  appendFileSync(path, `${rest}${record(28)}`)
  const last = await follow(59)
  expect(last.runner.tally.refusedTotal).toBe(0)
  expect(last.runner.summary()).toMatchObject({ events: 29 })
})
