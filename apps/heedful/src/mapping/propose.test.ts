import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindMapping } from './bind-mapping.ts'
import { readMappingText } from './mapping-file.ts'
import { type Proposal, propose } from './propose.ts'
import { readShape } from './shape.ts'
import { tryOut } from './try-out.ts'
import { writeYaml } from './write-yaml.ts'

const proposed = (lines: readonly string[], name = 'a.csv'): Proposal => propose(readShape(lines, name), name)

const fieldsOf = ({ time, fields, outcome, deed, kind }: Proposal): Record<string, string> => ({
  time: `${time?.from.join('+')} ${time?.formats.join('|')}`,
  ...(outcome !== undefined && { status: outcome.column }),
  class: deed?.column ?? `= ${kind.class}`,
  ...Object.fromEntries(fields.map(({ field, from }) => [field, from.join('|')])),
})

/** Events of the proposed mapping on its own lines. */
function understood(lines: readonly string[]) {
  const proposal = proposed(lines)
  const source = bindMapping(readMappingText(writeYaml(proposal, []), 'm.yaml'), lines, 'a.csv')
  return tryOut(source, lines, 'UTC', 2026)
}

const USERS = ['ada', 'grace', 'linus', 'margaret', 'barbara']
const table = (header: string, row: (i: number) => string): string[] => [
  header,
  ...Array.from({ length: 60 }, (_, i) => row(i)),
]
const pad = (n: number) => String(n).padStart(2, '0')
const userOf = (i: number) => USERS[(i * 7) % 5] as string

describe('what is proposed', () => {
  it('for log-ins to a VPN whose headings and outcomes are German, the date in one column and the clock in another', () => {
    const lines = table('Datum;Uhrzeit;Anmeldename;Quell-IP;Gateway;Ergebnis;Datenmenge MB;Dauer', (i) =>
      [
        `${pad(1 + (i % 28))}.03.2026`,
        `08:${pad(i)}:00`,
        userOf(i),
        `203.0.113.${i % 9}`,
        'gw1',
        i % 3 === 0 ? 'Fehlgeschlagen' : 'Erfolgreich',
        '74,53',
        '6,5',
      ].join(';'),
    )
    expect(fieldsOf(proposed(lines, 'vpn.csv'))).toMatchObject({
      time: 'Datum+Uhrzeit %d.%m.%Y %H:%M:%S',
      status: 'Ergebnis',
      class: '= authentication',
      'user.name': 'Anmeldename',
      'src_endpoint.ip': 'Quell-IP',
    })
    expect(Object.fromEntries(proposed(lines).outcome?.values ?? [])).toEqual({
      Erfolgreich: 'success',
      Fehlgeschlagen: 'failure',
    })
  })

  it('for a portal in a table', () => {
    const lines = table('Timestamp;User Name;Client IP;Action;Result;Bytes Sent;Path;User-Agent', (i) =>
      [
        `2026-03-${pad(1 + (i % 28))}T08:${pad(i)}:00+01:00`,
        userOf(i),
        `203.0.113.${i % 9}`,
        ['login', 'download', 'logout', 'reset_password', 'search'][i % 5],
        i % 6 === 0 ? 'DENIED' : 'ok',
        1000 * i,
        `/docs/${i % 12}.pdf`,
        '"Mozilla/5.0 (X11; Linux x86_64); Firefox/139.0"',
      ].join(';'),
    )
    expect(fieldsOf(proposed(lines))).toEqual({
      time: 'Timestamp iso',
      status: 'Result',
      class: 'Action',
      'user.name': 'User Name',
      'src_endpoint.ip': 'Client IP',
      user_agent: 'User-Agent',
      resource: 'Path',
      bytes_out: 'Bytes Sent',
    })
    expect(proposed(lines).missing).toEqual([])
    const { events, refused, examples } = understood(lines)
    expect([events, refused]).toEqual([60, 0])
    expect(
      examples
        .map(({ fields }) => new Map(fields))
        .map((fields) => [fields.get('class'), fields.get('activity'), fields.get('status')]),
    ).toEqual([
      ['authentication', 'logon', 'failure'],
      ['file_activity', 'read', 'success'],
      ['authentication', 'logoff', 'success'],
    ])
  })

  it('for nested JSON whose errors alone are told', () => {
    const lines = Array.from({ length: 60 }, (_, i) =>
      JSON.stringify({
        ts: 1_772_864_701_000 + i * 60_000,
        who: { userName: userOf(i) },
        sourceIPAddress: `198.51.100.${i % 7}`,
        eventName: ['ConsoleLogin', 'GetObject', 'CreateUser', 'DescribeThings'][i % 4],
        ...(i % 10 === 0 && { errorCode: 'AccessDenied' }),
      }),
    )
    expect(fieldsOf(proposed(lines))).toEqual({
      time: 'ts epoch_ms',
      status: 'errorCode',
      class: 'eventName',
      'user.name': 'who.userName',
      'src_endpoint.ip': 'sourceIPAddress',
      status_detail: 'errorCode',
    })
    const { events, examples } = understood(lines)
    expect(events).toBe(60)
    expect(new Map(examples[0]?.fields).get('status')).toBe('failure')
    expect(new Map(examples[0]?.fields).get('status_detail')).toBe('AccessDenied')
  })

  it.each([
    [
      'a date and a clock apart',
      'Date,Time,User',
      (i: number) => `${pad(1 + (i % 28))}.03.2026,${pad(i % 24)}:00:00,${userOf(i)}`,
      'Date+Time %d.%m.%Y %H:%M:%S',
    ],
    [
      'month, day and clock',
      'Date,Day,Time,User',
      (i: number) => `Mar,${1 + (i % 28)},${pad(i % 24)}:00:00,${userOf(i)}`,
      'Date+Day+Time %b %d %H:%M:%S',
    ],
    [
      'months first, as a day above 12 shows',
      'when,user',
      (i: number) => `03/${pad(1 + (i % 28))}/2026 08:00:00,${userOf(i)}`,
      'when %m/%d/%Y %H:%M:%S',
    ],
    [
      'days first, as their order shows',
      'when,user',
      (i: number) => `${['11/03', '12/03', '01/04', '02/04'][Math.floor(i / 15)]}/2026 08:00:00,${userOf(i)}`,
      'when %d/%m/%Y %H:%M:%S',
    ],
    ['seconds since 1970', 'ts,user', (i: number) => `${1_772_864_701 + i}.5,${userOf(i)}`, 'ts epoch_s'],
    [
      'Apache',
      'time,user',
      (i: number) => `[07/Mar/2026:06:25:${pad(i)} +0100],${userOf(i)}`,
      'time [%d/%b/%Y:%H:%M:%S %z]',
    ],
    [
      'with and without fractions',
      'time,user',
      (i: number) => `2026/03/07 06:25:${pad(i)}${i % 2 ? '.125' : ''},${userOf(i)}`,
      'time %Y/%m/%d %H:%M:%S|%Y/%m/%d %H:%M:%S.%f',
    ],
  ])('as the time: %s', (_, header, row, expected) => {
    const lines = table(header, row)
    expect(fieldsOf(proposed(lines))['time']).toBe(expected)
    expect(understood(lines)).toMatchObject({ events: 60, refused: 0 })
  })

  it('says what it could not tell', () => {
    const { missing, time } = proposed(table('a,b', (i) => `${i},${i * i}`))
    expect(missing.map((text) => text.split(':')[0])).toEqual([
      'when it happened',
      'who',
      'from where',
      'what was done',
      'whether it succeeded',
    ])
    expect(time).toBeUndefined()
    const ambiguous = proposed(table('time,user', (i) => `03/04/2026 08:00:${pad(i)},${userOf(i)}`))
    expect(ambiguous.time?.remarks.join()).toContain('day and month could not be told apart')
  })

  it('takes no label for an outcome, no running number for an id, no factor for a success', () => {
    const lines = table(
      'id,time,user,mfa_authenticated,is_fraud,denied_flows',
      (i) => `${i},2026-03-07T06:25:${pad(i)}Z,${userOf(i)},${i % 2 === 0},${i % 3 === 0 ? 1 : 0},${i % 2}`,
    )
    const found = proposed(lines)
    expect(found.outcome).toBeUndefined()
    expect(found.labels).toEqual(['is_fraud'])
    expect(fieldsOf(found)).toMatchObject({ is_mfa: 'mfa_authenticated', 'user.name': 'user' })
    expect(found.fields.map(({ field }) => field)).not.toContain('id')
  })

  it('reads tables without names, with a comment that names them, and refuses what is neither table nor JSON', () => {
    const bare = table(
      '2026-03-07T06:24:00Z\tada\t203.0.113.9',
      (i) => `2026-03-07T06:25:${pad(i)}Z\t${userOf(i)}\t203.0.113.${i % 5}`,
    )
    expect(fieldsOf(proposed(bare))).toMatchObject({ time: 'column 1 iso', 'src_endpoint.ip': 'column 3' })
    expect(understood(bare)).toMatchObject({ events: 61, refused: 0 })
    const zeek = ['#separator \\x09', '#fields\tts\tuser\tid.orig_h', ...bare]
    expect(fieldsOf(proposed(zeek))).toMatchObject({
      time: 'ts iso',
      'user.name': 'user',
      'src_endpoint.ip': 'id.orig_h',
    })
    expect(() => proposed(['hello', 'world'])).toThrow('its lines are neither a table nor JSON objects')
    expect(() => proposed(['[', '{"a":1}', ']'])).toThrow(
      expect.objectContaining({ wayOut: expect.stringContaining("jq -c '.[]'") }),
    )
    expect(() => proposed(['', ' '])).toThrow(expect.objectContaining({ code: 'input-empty' }))
  })
})

describe('the mapping that is written', () => {
  const hostile = fc.constantFrom(
    '__proto__',
    'constructor',
    'a: b',
    '- x',
    '# no',
    'x #y',
    '"',
    "'",
    '&a',
    '*a',
    '!t',
    '%',
    '@',
    '`',
    '{',
    '[',
    ']',
    '|',
    '>',
    'yes',
    'null',
    '~',
    '1.0',
    '\u202e',
    'a\u0000b',
    '\\',
    ' a ',
    '?',
    ':',
    'time',
    'user',
    'status',
    'action',
  )
  const name = fc.oneof(hostile, fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }))
  const value = fc.oneof(
    hostile,
    fc.constantFrom('ok', 'denied', '203.0.113.9', '2026-03-07T06:25:01Z', 'login', '1', ''),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )

  it('is YAML that reads by itself, whatever names and values a log has', () => {
    let bound = 0
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 6 }),
        fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (names, rows, asJson) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`
          const lines = asJson
            ? rows.map((row) =>
                JSON.stringify(
                  Object.fromEntries([['ts', '2026-03-07T06:25:01Z'], ...names.map((one, at) => [one, row[at]])]),
                ),
              )
            : [
                ['ts', ...names].map(quoted).join(','),
                ...rows.map((row) =>
                  ['2026-03-07T06:25:01Z', ...names.map((_, at) => row[at] as string)].map(quoted).join(','),
                ),
              ]
          const proposal = proposed(lines)
          const file = readMappingText(writeYaml(proposal, ['a\nremark: "x"']), 'm.yaml')
          if (proposal.time === undefined) return
          const source = bindMapping(file, lines, 'a.csv')
          bound++
          expect(tryOut(source, lines, 'UTC', 2026).events).toBeGreaterThan(0)
        },
      ),
      { numRuns: 200, seed: 7 },
    )
    expect(bound).toBeGreaterThan(150)
  })
})

describe('a mapping file', () => {
  it('is refused with the line where it is wrong', () => {
    const text =
      'format: csv\ncolumns: [time, user]\ntime: time\nfields:\n  class: {value: authentication}\n  user.nam: user\n'
    const bind = (changed: string, lines: string[] = ['x']) =>
      bindMapping(readMappingText(changed, 'm.yaml'), lines, 'a.csv')
    expect(() => bind(text)).toThrow(
      'm.yaml, line 6: fields.user.nam: there is no field of events "user.nam"; did you mean "user.name"?',
    )
    expect(() => readMappingText('a: [1\nb: 2', 'm.yaml')).toThrow(/^m\.yaml, line 2: /)
    expect(() => readMappingText('a: 1\na: 2', 'm.yaml')).toThrow(/^m\.yaml, line 2: .*unique/)
    const good = text.replace('user.nam:', 'user.name:')
    expect(bind(good, ['time,user']).id).toBe('mapped')
    expect(() => bind(good, ['user,time'])).toThrow('the first line of the file names other columns, or another order')
    expect(() => bind(good.replace('columns: [time, user]\n', ''), ['when,user'])).toThrow(
      'line 2: time.from: there is no column "time"',
    )
  })

  it('with aliases that unfold to gigabytes is refused at once', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefghi'].map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`),
    ].join('\n')
    expect(() => readMappingText(bomb, 'm.yaml')).toThrow(expect.objectContaining({ code: 'mapping-invalid' }))
    expect(() => readMappingText('x'.repeat(300_000), 'm.yaml')).toThrow('at most')
  })
})
