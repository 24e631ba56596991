import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Alert, EntityRef, Event, Verdict } from '@heedful/stream'
import { afterAll, describe, expect, it } from 'vitest'
import { openMemoryLog } from '../log/memory-log.ts'
import { Counts } from '../scoring/counts.ts'
import { openDatabase } from './database.ts'
import { type Bounds, ENTITIES_SCHEMA, openEntitiesTable } from './entities-table.ts'
import { openSqliteStore, type SqliteStore } from './sqlite-store.ts'
import type { ConcludedGroup } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-tables-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const open = () => openSqliteStore(mkdtempSync(join(root, 'data-')), openMemoryLog())

function commitAndCount(store: SqliteStore, groups: readonly ConcludedGroup[]): void {
  store.commit(groups)
  while (store.count());
}

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 4, 4, 12)

const alert = (id: string, time: number, change: Partial<Alert> = {}): Alert => ({
  id,
  time,
  lastTime: time,
  entity: { type: 'user', id: 'ada' },
  severity: 'low',
  risk: 5,
  pValue: 1e-4,
  modelled: false,
  title: 'Unusual country',
  reasons: [],
  events: [],
  positions: [],
  eventsTotal: 1,
  techniques: [],
  victims: [],
  victimsTotal: 0,
  state: 'raised',
  ...change,
})

const reason = (behaviour: string, text: string): Alert['reasons'][number] => ({
  text,
  behaviour,
  title: behaviour,
  family: 'place',
  entity: { type: 'user', id: 'ada' },
  observed: '',
  expected: '',
  weight: 1,
})

const group = (first: number, change: Partial<ConcludedGroup> = {}): ConcludedGroup => ({
  first,
  last: first,
  verdicts: [],
  alerts: new Map(),
  letters: [],
  feedback: [],
  redriven: [],
  counts: new Counts(),
  ...change,
})
const alerts = (...those: Alert[]) => ({ alerts: new Map(those.map((one) => [one.id, one])) })

/** What folding these events would count: at each time `ref` did something of `risk`. */
function counted(ref: EntityRef, times: readonly number[], risk = 0, peers = ''): Counts {
  const counts = new Counts()
  for (const time of times) {
    counts.event(1, { time } as Event)
    counts.entities([{ ref, entity: { group: peers } }], { entity: ref, risk, time } as Verdict)
  }
  return counts
}

function bounded(bounds: Bounds) {
  const database = openDatabase(join(mkdtempSync(join(root, 'data-')), 'e.db'), {
    version: 1,
    remedy: '',
    schema: `${ENTITIES_SCHEMA}; CREATE TABLE IF NOT EXISTS alerts (entity_type TEXT, entity_id TEXT, provisional INTEGER)`,
  })
  return { database, table: openEntitiesTable(database, bounds) }
}

describe('alerts', () => {
  it('are listed newest first, a page at a time, each once', () => {
    const store = open()
    const all = Array.from({ length: 25 }, (_, i) => alert(`a${i % 10}${i}`, NOON + Math.floor(i / 3)))
    store.commit([group(0, alerts(...all))])
    const seen: Alert[] = []
    let after: { time: number; id: string } | undefined
    for (;;) {
      const { found, total } = store.tables.alerts.list({ limit: 4, ...(after !== undefined && { after }) })
      expect(total).toBe(25)
      if (found.length === 0) break
      seen.push(...found.map((one) => one.alert))
      after = seen.at(-1) as Alert
    }
    const order = [...all].sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1))
    expect(seen.map(({ id }) => id)).toEqual(order.map(({ id }) => id))
    store.close()
  })

  it('are found by what is asked', () => {
    const store = open()
    const guess = [reason('password_spray', 'Many names from 192.0.2.7: 40 % failed.')]
    store.commit([
      group(0, {
        ...alerts(
          alert('a', NOON, { severity: 'high', reasons: [reason('rare_country', 'First seen country: Chad.')] }),
          alert('b', NOON + 1, { entity: { type: 'address', id: '192.0.2.7' }, reasons: guess }),
          alert('c', NOON + 2, { state: 'over_budget', entity: { type: 'user', id: "o'hara_%" } }),
        ),
        feedback: [
          { position: 1, time: NOON, alert: 'a', label: 'malicious' },
          { position: 2, time: NOON, alert: 'b', label: 'benign', note: 'a test' },
          { position: 3, time: NOON, alert: 'b', label: 'none' },
        ],
      }),
    ])
    const ids = (query: object) => store.tables.alerts.list({ limit: 10, ...query }).found.map((one) => one.alert.id)
    expect(ids({})).toEqual(['c', 'b', 'a'])
    expect(ids({ state: 'over_budget' })).toEqual(['c'])
    expect(ids({ severities: ['high', 'critical'] })).toEqual(['a'])
    expect(ids({ entity: { type: 'user' } })).toEqual(['c', 'a'])
    expect(ids({ entity: { id: "o'hara_%" } })).toEqual(['c'])
    expect(ids({ label: 'malicious' })).toEqual(['a'])
    expect(ids({ label: 'none' })).toEqual(['c', 'b'])
    expect(ids({ behaviour: 'password_spray' })).toEqual(['b'])
    expect(ids({ behaviour: 'spray' })).toEqual([])
    expect(ids({ words: 'CHAD country' })).toEqual(['a'])
    expect(ids({ words: '40 %' })).toEqual(['b'])
    expect(ids({ words: '_%' })).toEqual(['c'])
    expect(ids({ from: NOON + 1, to: NOON + 2 })).toEqual(['b'])
    expect(store.tables.alerts.find('a')?.label).toBe('malicious')
    expect(store.tables.alerts.find('b')?.label).toBeNull()
    expect(store.tables.alerts.find('z')).toBeUndefined()
    expect(store.tables.feedback.of('b')).toMatchObject([{ label: 'benign', note: 'a test' }, { label: 'none' }])
    expect(store.tables.alerts.countRaised(NOON + 1)).toBe(1)
    expect(store.tables.feedback.since(1, 9).map(({ position }) => position)).toEqual([2, 3])
    store.commit([group(7, alerts(alert('a', NOON)))])
    const since = (position: number) =>
      store.tables.alerts.changedAfter({ changed: position + 1, id: '' }, 9).map((one) => one.alert.id)
    expect(since(0)).toEqual(['a'])
    expect(since(-1)).toEqual(['b', 'c', 'a'])
    expect(since(7)).toEqual([])
    store.close()
  })

  it('show what is provisional in place of what stands, until it is dropped', () => {
    const store = open()
    store.commit([group(0, alerts(alert('a', NOON)))])
    store.keepProvisional(group(1, alerts(alert('a', NOON, { risk: 9 }), alert('p', NOON))))
    const risks = () => store.tables.alerts.list({ limit: 9 }).found.map((one) => one.alert.risk)
    expect(risks()).toEqual([5, 9])
    expect(store.tables.alerts.find('a')?.alert.risk).toBe(9)
    store.commit([])
    expect(risks()).toEqual([5])
    store.close()
  })
})

describe('entities', () => {
  const ada: EntityRef = { type: 'user', id: 'ada' }
  const eve: EntityRef = { type: 'user', id: '__proto__' }

  it('are counted once, also when their group is folded again', () => {
    const store = open()
    const first = group(0, { counts: counted(ada, [NOON, NOON + 1], 2, 'sales') })
    commitAndCount(store, [first])
    commitAndCount(store, [first, group(500, { counts: counted(ada, [NOON + 2]) })])
    expect(store.tables.entities.find(ada, NOON)).toEqual({
      ...ada,
      first: NOON,
      last: NOON + 2,
      events: 3,
      risk: 2,
      peers: 'sales',
      alerts: 0,
    })
    expect(store.tables.doors.all()).toMatchObject([{ door: 1, events: 3, last: NOON + 2 }])
    store.close()
  })

  it('are counted some at a time, also when it ends between two, and their group is cut where it was', () => {
    const many = (first: number, from: number, number: number) => {
      const counts = new Counts()
      for (let i = from; i < from + number; i++) {
        const ref: EntityRef = { type: 'user', id: `person ${i}` }
        counts.event(1, { time: NOON } as Event)
        counts.entities([{ ref, entity: { group: '' } }], { entity: ref, risk: 0, time: NOON } as Verdict)
      }
      return group(first, { counts })
    }
    const groups = [many(0, 0, 30), many(500, 0, 700), many(1000, 650, 100)]
    const log = openMemoryLog()
    for (const steps of [0, 1, 2, 5, 8, 9, 10]) {
      const folder = mkdtempSync(join(root, 'counts-'))
      const before = openSqliteStore(folder, log)
      before.commit(groups)
      for (let i = 0; i < steps; i++) expect(before.count()).toBe(i < 8)
      before.close()
      const store = openSqliteStore(folder, log)
      commitAndCount(store, groups.slice(0, 1))
      commitAndCount(store, groups.slice(1))
      const listed = store.tables.entities.list({ order: 'recent', limit: 1000, now: NOON })
      expect(listed).toHaveLength(750)
      for (const { id, events } of listed) {
        const number = Number(id.slice('person '.length))
        expect(events).toBe(1 + Number(number < 30) + Number(number >= 650 && number < 700))
      }
      expect(store.tables.doors.all()).toMatchObject([{ door: 1, events: 830 }])
      store.close()
    }
  })

  it('are as risky as they were within a day, and no longer', () => {
    const store = open()
    commitAndCount(store, [
      group(0, { counts: counted(ada, [NOON], 8, 'sales') }),
      group(1, { counts: counted(ada, [NOON + 2 * HOUR], 3, 'sales') }),
      group(2, { counts: counted(eve, [NOON], 5, 'sales') }),
      group(3, { counts: counted({ type: 'host', id: 'db' }, [NOON + HOUR]), ...alerts(alert('a', NOON)) }),
    ])
    const { entities } = store.tables
    const list = (query: object) =>
      entities.list({ order: 'risk', limit: 9, now: NOON + HOUR, ...query }).map(({ id, risk }) => [id, risk])
    expect(list({})).toEqual([
      ['ada', 8],
      ['__proto__', 5],
      ['db', 0],
    ])
    expect(list({ now: NOON + 30 * HOUR })).toEqual([
      ['ada', 0],
      ['db', 0],
      ['__proto__', 0],
    ])
    expect(list({ limit: 1 })).toEqual([['ada', 8]])
    expect(list({ type: 'host' })).toEqual([['db', 0]])
    expect(list({ part: 'PROTO' })).toEqual([['__proto__', 5]])
    expect(list({ order: 'recent' }).map(([id]) => id)).toEqual(['ada', 'db', '__proto__'])
    expect(entities.find(ada, NOON)?.alerts).toBe(1)
    expect(entities.risks(ada)).toEqual([
      { hour: NOON / HOUR, risk: 8 },
      { hour: NOON / HOUR + 2, risk: 3 },
    ])
    expect(entities.peers('sales', NOON, 1)).toEqual({ size: 2, members: [{ id: 'ada', risk: 8 }] })
    expect(entities.peers('', NOON, 9)).toEqual({ size: 0, members: [] })
    store.close()
  })

  it('are bounded in number and time', () => {
    const { database, table } = bounded({ most: 10, hours: 24 })
    for (let i = 0; i < 15; i++) {
      for (const entity of counted({ type: 'user', id: `u${i}` }, [NOON + i * HOUR], 1).allEntities())
        table.count(entity)
    }
    table.prune(NOON + 30 * HOUR)
    const kept = table.list({ order: 'recent', limit: 99, now: NOON })
    expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 9 }, (_, i) => `u${14 - i}`))
    expect(table.risks({ type: 'user', id: 'u5' })).toEqual([])
    expect(table.risks({ type: 'user', id: 'u6' })).toHaveLength(1)
    database.close()
  })

  it('are each counted once among all there are, also of whom only risk is known', () => {
    const { database, table } = bounded({ most: 10, hours: 24 })
    const onlyRisky = { type: 'host', id: 'db', first: NOON, last: NOON, events: 0, group: '' } as const
    for (let i = 0; i < 20; i++) table.count({ ...onlyRisky, risks: new Map([[NOON / HOUR, 1]]) })
    table.count({ ...onlyRisky, events: 5, risks: new Map() })
    for (let i = 0; i < 9; i++)
      for (const entity of counted({ type: 'user', id: `u${i}` }, [NOON - HOUR]).allEntities()) table.count(entity)
    table.prune(NOON)
    expect(table.list({ order: 'recent', limit: 99, now: NOON })).toHaveLength(10)
    database.close()
  })

  it('forget hours that are too old a little at a time, until none is left', () => {
    const { database, table } = bounded({ most: 5000, hours: 24 })
    database.transaction(() => {
      for (let i = 0; i < 1200; i++)
        for (const entity of counted({ type: 'user', id: `u${i}` }, [NOON], 1).allEntities()) table.count(entity)
    })
    const size = database.prepare('SELECT count(*) AS count FROM entity_hours')
    const left = () => (size.get() as { count: number }).count
    const later = NOON + 30 * HOUR
    const lefts = Array.from({ length: 4 }, () => {
      table.prune(later)
      return left()
    })
    expect(lefts).toEqual([700, 200, 0, 0])
    database.close()
  })
})

describe('refused lines', () => {
  const letter = (position: number, reason: string, door = 1) => ({
    position,
    id: `l${position}`,
    door,
    reason,
    detail: 'why',
    line: `line ${position}`,
    time: Number.NaN,
  })

  it('are listed by reason and door, counted by reason, and marked when they were read again', () => {
    const store = open()
    store.commit([group(0, { letters: [letter(1, 'no_json'), letter(2, 'no_time', 2), letter(3, 'no_json')] })])
    const { letters } = store.tables
    const ids = (query: object) => letters.list({ limit: 9, ...query }).found.map(({ id }) => id)
    expect(ids({})).toEqual(['l3', 'l2', 'l1'])
    expect(ids({ reason: 'no_json' })).toEqual(['l3', 'l1'])
    expect(ids({ door: 2 })).toEqual(['l2'])
    expect(ids({ after: { position: 3, id: 'l3' } })).toEqual(['l2', 'l1'])
    expect(letters.list({ limit: 1 })).toMatchObject({ total: 3, found: [{ time: null, redriven: false }] })
    expect(letters.reasons()).toEqual([
      { reason: 'no_json', count: 2, example: 'line 3' },
      { reason: 'no_time', count: 1, example: 'line 2' },
    ])
    store.commit([group(4, { redriven: [3] })])
    // Folded again after a crash, the mark stays.
    store.commit([group(0, { letters: [letter(3, 'no_json')] })])
    expect(letters.find('l3')).toMatchObject([{ redriven: true }])
    expect(ids({ waiting: true })).toEqual(['l2', 'l1'])
    expect(letters.reasons()).toMatchObject([{ count: 1 }, { count: 1 }])
    store.close()
  })
})
