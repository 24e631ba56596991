import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Alert, LogRecord } from '@heedful/stream'
import { DatabaseSync } from '@photostructure/sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { CommandError } from '../errors.ts'
import type { Group, KnownFile } from '../log/log.ts'
import { openMemoryLog } from '../log/memory-log.ts'
import { openSqliteLog } from '../log/sqlite-log.ts'
import { Counts } from '../scoring/counts.ts'
import { openDatabase } from './database.ts'
import { lockFolder } from './lock.ts'
import { openFolder } from './space.ts'
import { openSqliteStore } from './sqlite-store.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-space-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const fresh = () => mkdtempSync(join(root, 'data-'))

function refusal(work: () => unknown): CommandError {
  try {
    work()
  } catch (error) {
    if (error instanceof CommandError) return error
    throw error
  }
  throw new Error('it was not refused')
}

const form = (schema: string) => ({ version: 1, schema, remedy: 'begin anew' })
const raw = (line: string, time = Number.NaN): LogRecord => ({ kind: 'raw', door: 1, line, time, occurrence: 0 })
const group = (...records: LogRecord[]): Group => ({
  records,
  origins: records.map((_, i) => ({ file: 1, line: i + 1 })),
})
const known: KnownFile = {
  id: 1,
  identity: { length: 3, hash: 'x' },
  name: '__proto__',
  format: 'f',
  timezone: 'UTC',
  offset: 10,
  line: 2,
  span: null,
  key: 5,
  clock: null,
}

describe.each([
  ['in memory', () => openMemoryLog()],
  ['in SQLite', () => openSqliteLog(fresh())],
])('the log %s', (_, open) => {
  it('gives back what was appended, with its positions', () => {
    const log = open()
    const records: LogRecord[] = [
      { kind: 'activate', what: 'door', hash: '', content: '{}' },
      raw('eins\u0000\u{1f600}'),
      raw('zwei', 7),
    ]
    expect(log.append(group(...records), [known])).toBe(0)
    expect(log.append(group({ kind: 'tick', time: 60_000 }, raw('drei', 8)), [{ ...known, offset: 20 }])).toBe(3)
    expect(log.end).toEqual({ position: 5, lines: 3, tick: 60_000 })
    expect([...log.read(0)].flatMap((found) => found.records)).toEqual([
      ...records,
      { kind: 'tick', time: 60_000 },
      raw('drei', 8),
    ])
    expect([...log.read(4)]).toMatchObject([{ first: 3, lines: 2 }])
    expect(log.files).toEqual([{ ...known, offset: 20 }])
    expect(log.activations).toEqual([records[0]])
    log.close()
  })
})

describe('the kept log', () => {
  it('is the same after being closed', () => {
    const folder = fresh()
    const first = openSqliteLog(folder)
    first.append(group(raw('a', 1), { kind: 'tick', time: 60_000 }), [known])
    first.close()
    const log = openSqliteLog(folder, true)
    expect(log.end).toEqual({ position: 2, lines: 1, tick: 60_000 })
    expect(log.files).toEqual([known])
    expect([...log.read(0)][0]?.records).toEqual([raw('a', 1), { kind: 'tick', time: 60_000 }])
    log.close()
  })

  it('names the place of a torn group', () => {
    const folder = fresh()
    const log = openSqliteLog(folder)
    log.append(group(raw('a'), raw('b')), [])
    log.append(group(raw('c')), [])
    log.close()
    const database = new DatabaseSync(join(folder, 'log.db'))
    database.exec(
      "UPDATE record_groups SET body = CAST(replace(CAST(body AS TEXT), 'raw', 'war') AS BLOB) WHERE first = 2",
    )
    database.close()
    const torn = openSqliteLog(folder)
    const error = refusal(() => [...torn.read(0)])
    expect(error.code).toBe('folder-damaged')
    expect(error.message).toContain('position 2')
    torn.close()
  })

  it('names the place of a missing group', () => {
    const folder = fresh()
    const log = openSqliteLog(folder)
    for (const line of ['a', 'b', 'c']) log.append(group(raw(line)), [])
    log.close()
    const database = new DatabaseSync(join(folder, 'log.db'))
    database.exec('DELETE FROM record_groups WHERE first = 1')
    database.close()
    const torn = openSqliteLog(folder)
    expect(refusal(() => [...torn.read(0)]).message).toContain('position 1')
    torn.close()
  })
})

describe('a data folder', () => {
  it('serves one process at a time, and says which one', () => {
    const folder = fresh()
    const lock = lockFolder(folder)
    const error = refusal(() => openFolder(folder))
    expect(error.code).toBe('folder-locked')
    expect(error.message).toContain(`process ${process.pid}`)
    lock.release()
    openFolder(folder).close()
  })

  it('that is missing is said to be missing, and is not made', () => {
    const folder = join(root, 'nowhere')
    expect(refusal(() => openFolder(folder, true)).code).toBe('folder-missing')
    expect(existsSync(folder)).toBe(false)
  })

  it('that cannot be made is refused, also where the system answers strangely', async (context) => {
    if (!existsSync('/proc/self')) return context.skip('this system has no /proc')
    expect(refusal(() => openFolder('/proc/nowhere/data')).code).toBe('folder-unwritable')
  })

  it('that is a file is refused', () => {
    const path = join(root, 'file')
    writeFileSync(path, 'text')
    expect(refusal(() => openFolder(path)).code).toBe('folder-unwritable')
  })

  it('with a foreign database is refused, and the database stays as it is', () => {
    const folder = fresh()
    const path = join(folder, 'log.db')
    const foreign = new DatabaseSync(path)
    foreign.exec('CREATE TABLE theirs (x)')
    foreign.close()
    const before = readFileSync(path)
    expect(refusal(() => openFolder(folder)).code).toBe('folder-foreign')
    expect(readFileSync(path)).toEqual(before)
  })

  it('with a file that is no database is refused', () => {
    const folder = fresh()
    writeFileSync(join(folder, 'heedful.db'), 'this is no database '.repeat(500))
    expect(refusal(() => openFolder(folder)).code).toBe('folder-damaged')
  })

  it('that was cut short is refused', () => {
    const folder = fresh()
    const space = openFolder(folder)
    for (let i = 0; i < 40; i++) space.log.append(group(raw('x'.repeat(5000))), [])
    space.close()
    truncateSync(join(folder, 'log.db'), 60_000)
    expect(refusal(() => [...openFolder(folder).log.read(0)]).code).toBe('folder-damaged')
  })

  it.each([
    ['newer', 'log.db', 99, 'scan the logs again into a new --data folder'],
    ['newer', 'heedful.db', 99, 'move heedful.db out of the folder'],
    ['older', 'log.db', 0, 'scan the logs again into a new --data folder'],
    ['older', 'heedful.db', 1, 'move heedful.db out of the folder'],
  ])('of a version that is %s (%s) is refused with the way out', (age, name, version, wayOut) => {
    const folder = fresh()
    openFolder(folder).close()
    const database = new DatabaseSync(join(folder, name))
    database.exec(`PRAGMA user_version = ${version}; DROP TABLE identity`)
    database.close()
    const before = readFileSync(join(folder, name))
    const error = refusal(() => openFolder(folder))
    expect(error).toMatchObject({ code: `folder-${age}`, wayOut: expect.stringContaining(wayOut) })
    expect(error.message).toContain(`form ${version}`)
    expect(readFileSync(join(folder, name))).toEqual(before)
  })

  it('has another version whenever its tables are others', () => {
    const folder = fresh()
    openFolder(folder).close()
    const formOf = (name: string) => {
      const database = new DatabaseSync(join(folder, name))
      const version = database.prepare('PRAGMA user_version').get()
      const tables = database.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name').all()
      database.close()
      return [
        version,
        createHash('sha256')
          .update(JSON.stringify(tables).replace(/\s|\\n/g, ''))
          .digest('hex')
          .slice(0, 16),
      ]
    }
    // Another hash here needs another `version` there, and what was written before is then refused by name.
    expect(formOf('log.db')).toEqual([{ user_version: 2 }, '43e9cb65940b1bd4'])
    expect(formOf('heedful.db')).toEqual([{ user_version: 7 }, '97e02fa64cea3308'])
  })

  it('that may not be written is refused as such', () => {
    const database = openDatabase(join(fresh(), 'fixed.db'), form('CREATE TABLE IF NOT EXISTS t (x)'))
    database.exec('PRAGMA query_only = 1')
    expect(refusal(() => database.exec('INSERT INTO t VALUES (1)')).code).toBe('folder-read-only')
    database.close()
  })

  it('whose log was exchanged or lost is refused', () => {
    const [one, two] = [fresh(), fresh()]
    for (const folder of [one, two]) openFolder(folder).close()
    copyFileSync(join(one, 'log.db'), join(two, 'log.db'))
    expect(refusal(() => openFolder(two)).message).toContain('another log')
    rmSync(join(one, 'log.db'))
    expect(refusal(() => openFolder(one)).code).toBe('folder-damaged')
  })

  it('without its conclusions is concluded again from the log', () => {
    const folder = fresh()
    openFolder(folder).close()
    rmSync(join(folder, 'heedful.db'))
    openFolder(folder, true).close()
  })

  it('on a full disk keeps what was committed, and says so', () => {
    const path = join(fresh(), 'full.db')
    const database = openDatabase(path, form('CREATE TABLE IF NOT EXISTS t (x BLOB)'))
    database.exec('PRAGMA max_page_count = 20')
    const insert = database.prepare('INSERT INTO t VALUES (?)')
    database.transaction(() => insert.run(new Uint8Array(1000)))
    const error = refusal(() =>
      database.transaction(() => {
        insert.run(new Uint8Array(1000))
        insert.run(new Uint8Array(1_000_000))
      }),
    )
    expect(error.code).toBe('folder-full')
    expect(error.wayOut).toContain('same line again')
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 1 })
    database.close()
  })

  it('is whole in its files once it is closed', () => {
    const folder = fresh()
    const space = openFolder(folder)
    space.log.append(group(raw('kept')), [])
    space.close()
    const copy = fresh()
    for (const name of ['log.db', 'heedful.db']) copyFileSync(join(folder, name), join(copy, name))
    const moved = openFolder(copy, true)
    expect([...moved.log.read(0)][0]?.records).toEqual([raw('kept')])
    moved.close()
  })
})

describe('the store', () => {
  const alert = (id: string, time: number, title = 'x'): Alert => ({
    id,
    time,
    lastTime: time,
    entity: { type: 'user', id: 'constructor' },
    severity: 'low',
    risk: 1 / 3,
    pValue: 1e-9,
    modelled: true,
    title,
    reasons: [],
    events: [],
    positions: [],
    eventsTotal: 0,
    techniques: [],
    victims: [],
    victimsTotal: 0,
    state: 'raised',
  })
  const concluded = (first: number, ...alerts: Alert[]) => ({
    first,
    last: first,
    verdicts: [
      {
        event: `e${first}`,
        position: first,
        time: 1,
        entity: { type: 'user' as const, id: '__proto__' },
        pValue: Number.NaN,
        modelled: false,
        risk: 0.1,
      },
      {
        event: `f${first}`,
        position: first,
        time: 1,
        entity: { type: 'user' as const, id: 'a' },
        pValue: 0.5,
        modelled: true,
        risk: 2,
        alert: 'z',
      },
    ],
    alerts: new Map(alerts.map((one) => [one.id, one])),
    letters: [],
    feedback: [],
    redriven: [],
    counts: new Counts(),
  })

  it('replaces what a group concluded when it is folded again, and keeps the order', async () => {
    const folder = fresh()
    const log = openMemoryLog()
    log.append(group(...Array.from({ length: 600 }, () => raw('x'))), [])
    const store = openSqliteStore(folder, log)
    store.commit([concluded(0, alert('b', 5), alert('a', 5)), concluded(500, alert('c', 1))])
    const memory = await store.keep({ position: 600, rest: [Uint8Array.of(1), Uint8Array.of(2)], parts: [] })
    store.commit([concluded(500, alert('c', 1, 'changed'))], memory)
    store.close()
    const again = openSqliteStore(folder, log)
    expect(again.alerts().map(({ id, title }) => id + title)).toEqual(['cchanged', 'ax', 'bx'])
    expect(again.alerts()[0]).toEqual(alert('c', 1, 'changed'))
    expect([...again.verdicts()]).toEqual([concluded(0).verdicts, concluded(500).verdicts])
    expect([...again.verdicts(true)][0]).toEqual(concluded(500).verdicts)
    expect(again.snapshot).toEqual({ position: 600, rest: [Buffer.of(1, 2)], parts: [] })
    // The one in force is never written over: what is not committed changes nothing.
    await again.keep({ position: 600, rest: [Uint8Array.of(3)], parts: [] })
    expect(again.snapshot?.rest).toEqual([Buffer.of(1, 2)])
    again.close()
  })

  it('drops alerts that were concluded only if nothing followed, when something follows', () => {
    const store = openSqliteStore(fresh(), openMemoryLog())
    store.commit([concluded(0, alert('a', 1))])
    store.keepProvisional(concluded(0, alert('p', 2)))
    expect(store.alerts().map(({ id }) => id)).toEqual(['a', 'p'])
    store.commit([])
    expect(store.alerts().map(({ id }) => id)).toEqual(['a'])
    store.close()
  })

  it('keeps an alert as it was when what only its tail changed is dropped', () => {
    const store = openSqliteStore(fresh(), openMemoryLog())
    store.commit([concluded(0, alert('a', 1))])
    store.keepProvisional(concluded(0, { ...alert('a', 1), risk: 99 }))
    expect(store.alerts().map(({ risk }) => risk)).toEqual([99])
    store.commit([])
    expect(store.alerts()).toEqual([alert('a', 1)])
    store.close()
  })
})
