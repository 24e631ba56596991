import { describe, expect, test } from 'vitest'
import { drive } from '../../conformance/drive-source.ts'
import { sources } from '../registry.ts'
import type { Source } from '../source.ts'
import { needsColumns, withColumns } from './columns.ts'
import { mapped } from './mapped.ts'

const UTC = { timezone: 'UTC', year: 2026 }
const CSV = {
  format: 'csv',
  columns: ['time', 'user', 'ip', 'ok'],
  time: { from: 'time', format: 'iso', zone: 'UTC' },
  fields: {
    class: { value: 'authentication' },
    'user.name': 'user',
    'src_endpoint.ip': 'ip',
    status: { from: 'ok', values: { '1': 'success', '0': 'failure' } },
  },
}

const sourceOf = (plain: unknown): Source => mapped.readBy?.(JSON.stringify(plain)) as Source
const eventsOf = (plain: unknown, ...lines: string[]) => drive(sourceOf(plain), lines, UTC).events

describe('a mapping', () => {
  test('reads the same from the door that carries it as from the source that was bound to it', () => {
    const line = '2026-03-07T06:25:01Z,ada,203.0.113.9,1'
    const door = { door: 1, name: 'd', format: 'mapped', timezone: 'UTC', mapping: JSON.stringify(CSV) }
    const time = Date.parse('2026-03-07T06:25:01Z')
    const fromDoor = sources
      .get('mapped')
      ?.open(door)
      .parse(line, time, () => 'id', 0)
    expect(fromDoor).toEqual(
      sourceOf(CSV)
        .open(door)
        .parse(line, time, () => 'id', 0),
    )
    expect(fromDoor).toMatchObject({ kind: 'events', events: [{ user: { name: 'ada' }, status: 'success' }] })
  })

  test('that is missing is asked for', () => {
    const door = { door: 1, name: 'd', format: 'mapped', timezone: 'UTC' }
    expect(() => mapped.open(door)).toThrow(/heedful map FILE proposes one/)
    expect(() => mapped.clock({ timezone: 'UTC', year: 0, last: Number.NaN })).toThrow(/--map names it/)
  })

  test.each<[string, object, string]>([
    ['an unknown key', { ...CSV, colums: [] }, 'colums: there is no key "colums"; did you mean "columns"?'],
    ['no format', { ...CSV, format: 'xml' }, 'format: it says how lines are written: csv or json'],
    ['no time', { ...CSV, time: undefined }, 'time: it is missing'],
    ['an unknown format of time', { ...CSV, time: { from: 'time', format: '%Q' } }, 'time.format: the pattern "%Q"'],
    ['an unknown zone', { ...CSV, time: { from: 'time', zone: 'Europe/Berlim' } }, 'did you mean Europe/Berlin'],
    [
      'an unknown column',
      { ...CSV, time: { from: 'tim' } },
      'time.from: there is no column "tim"; did you mean "time"?',
    ],
    ['an unknown field', { ...CSV, fields: { 'user.nam': 'user' } }, 'fields.user.nam: there is no field of events'],
    [
      'a hostile field',
      { ...CSV, fields: { constructor: 'user' } },
      'fields.constructor: there is no field of events "constructor"',
    ],
    [
      'an unknown class',
      { ...CSV, fields: { class: { value: 'login' } } },
      'fields.class.value: there is no value "login"; known are: authentication',
    ],
    ['no class', { ...CSV, fields: { 'user.name': 'user' } }, 'nothing says what kind of events these are'],
    [
      'a table with a wrong status',
      { ...CSV, fields: { ...CSV.fields, status: { from: 'ok', values: { 1: 'good' } } } },
      'fields.status.values.1: there is no value "good"',
    ],
    [
      'else without values',
      { ...CSV, fields: { ...CSV.fields, status: { from: 'ok', else: 'failure' } } },
      'fields.status.else',
    ],
    [
      'value beside from',
      { ...CSV, fields: { ...CSV.fields, service: { from: 'ok', value: 'x' } } },
      'it goes with no other key',
    ],
    ['a rule without when', { ...CSV, rules: [{ set: { class: 'other' } }] }, 'rules[0]: a rule says "when"'],
    ['a rule without a condition', { ...CSV, rules: [{ when: {}, skip: true }] }, 'rules[0].when'],
    ['a rule that does nothing', { ...CSV, rules: [{ when: { ok: '1' } }] }, 'rules[0]: a rule either sets'],
    [
      'a rule on an unknown column',
      { ...CSV, rules: [{ when: { okay: '1' }, skip: true }] },
      'rules[0].when.okay: there is no column',
    ],
    ['a delimiter of two characters', { ...CSV, delimiter: '||' }, 'delimiter: one character'],
    ['a quote that is the delimiter', { ...CSV, quote: ',' }, 'quote: it is the delimiter'],
    ['no columns', { ...CSV, columns: undefined }, 'columns: they are missing'],
    ['columns of JSON', { ...CSV, format: 'json' }, 'columns: it belongs to CSV'],
    [
      'a path too deep',
      { format: 'json', time: 'a.b.c.d.e.f.g.h.i', fields: { class: { value: 'other' } } },
      'at most 8 parts',
    ],
    ['another version', { ...CSV, version: 2 }, 'version: this build reads version 1'],
    ['too many rules', { ...CSV, rules: Array(201).fill({ when: { ok: '1' }, skip: true }) }, 'at most 200 rules'],
    ['a long text', { ...CSV, name: 'x'.repeat(2000) }, 'name: a text of 2000 characters'],
  ])('with %s is refused, and the key is named', (_, plain, said) => {
    expect(() => sourceOf(plain)).toThrow(
      expect.objectContaining({ code: 'mapping_invalid', message: expect.stringContaining(said) }),
    )
  })

  test('that is no object, or too long, is refused', () => {
    for (const text of ['', '7', '[]', 'null', '{"format":', `{"name":"${'x'.repeat(300_000)}"}`]) {
      expect(() => mapped.readBy?.(text)).toThrow(expect.objectContaining({ code: 'mapping_invalid' }))
    }
  })

  test('tells values apart by tables and rules; the first rule that applies counts, and goes before the fields', () => {
    const plain = {
      ...CSV,
      columns: ['time', 'what', 'how'],
      fields: {
        class: { value: 'other' },
        activity: 'what',
        status: { from: 'how', values: { yes: 'success' }, else: 'failure' },
      },
      rules: [
        { when: { what: ['login', 'sign*in'] }, set: { class: 'authentication', activity: 'logon' } },
        { when: { what: '*file*', how: 'yes' }, set: { class: 'file_activity' } },
        { when: { what: 'log*' }, set: { class: 'account_change', status: 'unknown' } },
        { when: { how: '' }, skip: true },
      ],
    }
    const said = eventsOf(
      plain,
      ...['LogIn,yes', 'sign-in,yes', 'sign*in,no', 'put file 7,yes', 'put file 7,no', 'logout,no', 'x,'].map(
        (rest) => `2026-03-07T06:25:01Z,${rest}`,
      ),
    ).map((event) => [event.class, event.activity, event.status])
    expect(said).toEqual([
      ['authentication', 'logon', 'unknown'],
      ['other', 'sign_in', 'success'],
      ['authentication', 'logon', 'failure'],
      ['file_activity', 'put_file_7', 'success'],
      ['other', 'put_file_7', 'failure'],
      ['account_change', 'logout', 'unknown'],
    ])
  })

  test('keeps hostile names as names', () => {
    const columns = ['time', '__proto__', 'constructor', 'toString']
    const text = JSON.stringify({
      ...CSV,
      columns,
      fields: { class: { value: 'authentication' }, 'user.name': '__proto__', status: { from: 'toString', values: 0 } },
    }).replace('"values":0', '"values":{"__proto__":"failure","constructor":"success"}')
    const source = mapped.readBy?.(text) as Source
    const { events } = drive(
      source,
      ['2026-03-07T06:25:01Z,hasOwnProperty,$a,__proto__', '2026-03-07T06:25:02Z,__proto__,,constructor'],
      UTC,
    )
    expect(events.map(({ user, status }) => [user?.name, status])).toEqual([
      ['hasOwnProperty', 'failure'],
      ['__proto__', 'success'],
    ])
    expect(events[0]?.unmapped).toBe('{"constructor":"$a"}')
    expect(({} as Record<string, unknown>)['failure']).toBeUndefined()
  })

  test('leaves the year out of stamps, and it turns', () => {
    const plain = {
      ...CSV,
      columns: ['m', 'd', 't', 'user', 'ip', 'ok'],
      time: { from: ['m', 'd', 't'], format: '%b %d %T', zone: 'UTC' },
    }
    expect(sourceOf(plain).stamp).toMatchObject({ year: true, zone: false })
    const times = eventsOf(plain, 'Dec,31,23:59:59,ada,,1', 'Jan,1,00:00:01,ada,,1').map(({ time }) =>
      new Date(time).toISOString(),
    )
    expect(times).toEqual(['2026-12-31T23:59:59.000Z', '2027-01-01T00:00:01.000Z'])
  })
})

describe('columns that the file names itself', () => {
  const { columns: _, ...open } = CSV
  test('become part of the mapping', () => {
    expect(needsColumns(open)).toBe(true)
    const complete = withColumns({ ...open, comment: '#' }, [
      '',
      '# a remark',
      '\uFEFFtime,user,"ip",ok',
      '2026-03-07T06:25:01Z,ada,,1',
    ])
    expect(complete).toMatchObject({ columns: CSV.columns })
    expect(needsColumns(complete)).toBe(false)
    expect(withColumns(CSV, ['a,b'])).toBe(CSV)
  })

  test('are asked for where they cannot be known', () => {
    expect(() => withColumns(open, [''])).toThrow('columns: there is no line that names them')
    expect(() => withColumns({ ...open, header: false }, ['a,b'])).toThrow(
      '"header: false" says that the file does not',
    )
    expect(() => withColumns(open, ['a,"b'])).toThrow('a quote in it does not end there')
  })
})
