import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { file, fresh, heedful } from './run-command.fixture.ts'

const USERS = ['ada', 'grace', 'linus', 'margaret', 'barbara', 'ken']
const HEADER = 'Timestamp,User Name,Client IP,Action,Result,Note'
const pad = (n: number) => String(n).padStart(2, '0')

/** Six people, three weeks, each from an address of their own; then somebody guesses eve's way in. */
function portal(from = 0, days = 21): string[] {
  const lines: string[] = []
  for (let day = from; day < from + days; day++) {
    USERS.forEach((user, at) => {
      const date = `2026-03-${pad(1 + day)}`
      lines.push(`${date} 08:${pad(at)}:00,${user},203.0.113.${10 + at},login,ok,"said ""hello"", and\nwent on"`)
      lines.push(`${date} 08:${pad(at)}:30,${user},203.0.113.${10 + at},search,ok,`)
      lines.push(`${date} 17:${pad(at)}:00,${user},203.0.113.${10 + at},logout,ok,`)
    })
  }
  for (let i = 0; i < 40; i++) lines.push(`2026-03-${pad(from + days)} 22:00:${pad(i)},ada,198.51.100.7,login,denied,`)
  return lines
}

const text = (lines: readonly string[]) => `${[HEADER, ...lines].join('\n')}\n`

describe('heedful map', () => {
  it('proposes a mapping that scan reads the log by, and says what it guessed', async () => {
    const folder = fresh()
    const log = file(folder, 'portal.csv', text(portal()))
    const out = join(folder, 'portal.yaml')
    const { code, out: said, err } = await heedful(['map', log, '--out', out])
    expect([code, err]).toEqual([ExitCode.ok, ''])
    const words = said.replace(/\s+/g, ' ')
    for (const part of [
      'time from Timestamp, written as iso (sure)',
      'user.name from User Name (sure)',
      'status from Result (sure)',
      'carry no time zone',
      '0 refused',
      `heedful scan ${log} --map ${out}`,
    ])
      expect(words).toContain(part)
    expect(said.match(/^ {2}time /gm)).toHaveLength(3)
    const alerts = join(folder, 'alerts.ndjson')
    const scanned = await heedful(['scan', log, '--map', out, '--timezone', 'UTC', '--json', '--alerts', alerts])
    expect(scanned.err).toBe('')
    const { read, refused, files, absorbed } = JSON.parse(scanned.out)
    expect(read).toMatchObject({ events: 21 * 18 + 40, refused: 0 })
    expect([refused, files[0].format]).toEqual([[], 'mapped'])
    expect(absorbed).toContainEqual({ why: 'a line of a record that goes on in the next one', count: 126 })
    expect(readFileSync(alerts, 'utf8')).toContain('198.51.100.0/24')
  })

  it('writes the mapping alone to standard output, its words beside it, and reads standard input and packed files', async () => {
    const lines = text(portal())
    const first = await heedful(['map', '-'], gzipSync(lines))
    expect(first.code).toBe(ExitCode.ok)
    expect(first.out).toMatch(/^# How the lines of standard input become events/)
    expect(first.out).toContain('user.name: User Name # sure')
    expect(first.err).toContain('Guessed')
    expect((await heedful(['map', '-'], lines)).out).toBe(first.out)
  })

  it('shows nothing of a log that would move a cursor', async () => {
    const log = file(
      fresh(),
      'a.csv',
      'time,user\u001b[2J,action\n2026-03-01T00:00:00Z,a\u001b]0;x\u0007,login\n2026-03-01T00:00:01Z,\u202eb,login\n',
    )
    const { out, err } = await heedful(['map', log])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    for (const shown of [out, err]) expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })

  it('refuses what it cannot read, and writes nothing', async () => {
    const folder = fresh()
    const out = join(folder, 'm.yaml')
    const missing = await heedful(['map', join(folder, 'nothing.csv'), '--out', out])
    expect([missing.code, missing.err]).toEqual([ExitCode.input, expect.stringContaining('file-missing')])
    const prose = await heedful(['map', file(folder, 'a.txt', 'once upon a time\nthere was\n'), '--out', out])
    expect([prose.code, prose.err]).toEqual([
      ExitCode.input,
      expect.stringContaining('neither a table nor JSON objects'),
    ])
    expect(existsSync(out)).toBe(false)
  })
})

describe('scan --map', () => {
  const MAPPING = `format: csv
time: {from: Timestamp, format: iso, zone: UTC}
fields:
  class: {value: authentication}
  user.name: User Name
  src_endpoint.ip: Client IP
  status: {from: Result, values: {ok: success, denied: failure}}
rules:
  - when: {Action: logout}
    set: {activity: logoff}
  - when: {Action: search}
    skip: true
`

  it('keeps the mapping in the log: the next scan goes on by it, and a replay gives the same alerts', async () => {
    const folder = fresh()
    const mapping = file(folder, 'm.yaml', MAPPING)
    const data = join(folder, 'data')
    const whole = text(portal())
    const half = `${whole.split('\n').slice(0, 200).join('\n')}\n`
    const log = file(folder, 'portal.csv', half)
    const first = await heedful(['scan', log, '--map', mapping, '--data', data, '--json'])
    expect([first.err, first.code]).toEqual(['', ExitCode.ok])
    file(folder, 'portal.csv', whole)
    const second = await heedful(['scan', log, '--data', data, '--json', '--alerts', join(folder, 'kept.ndjson')])
    expect(second.err).toBe('')
    expect(JSON.parse(first.out).read.events + JSON.parse(second.out).read.events).toBe(21 * 12 + 40)
    const { code } = await heedful(['replay', '--data', data, '--alerts', join(folder, 'again.ndjson')])
    expect(code).toBe(ExitCode.ok)
    const kept = readFileSync(join(folder, 'kept.ndjson'), 'utf8')
    expect(kept).toContain('198.51.100.0/24')
    expect(readFileSync(join(folder, 'again.ndjson'), 'utf8')).toBe(kept)
    const other = file(folder, 'other.yaml', MAPPING.replace('denied: failure', 'denied: unknown'))
    const changed = await heedful(['scan', log, '--map', other, '--data', data])
    expect([changed.code, changed.err]).toEqual([
      ExitCode.usage,
      expect.stringContaining('was read by another mapping into this data folder'),
    ])
  })

  it('reads files whose columns stand in another order by their own first line', async () => {
    const folder = fresh()
    const mapping = file(folder, 'm.yaml', MAPPING)
    const turned = portal(21, 3).filter((line) => line.includes('2026') && !line.includes('"'))
    const swapped = turned
      .map((line) => line.split(','))
      .map(([time, user, ...rest]) => [user, time, ...rest].join(','))
    const one = file(folder, 'one.csv', text(portal()))
    const two = file(folder, 'two.csv', `User Name,Timestamp,Client IP,Action,Result,Note\n${swapped.join('\n')}\n`)
    const { out, err } = await heedful(['scan', one, two, '--map', mapping, '--json'])
    expect(err).toBe('')
    expect(JSON.parse(out).read).toMatchObject({ refused: 0, events: 21 * 12 + 40 + 3 * 6 + 40 })
  })

  it.each([
    [['--map', 'MAP', '--format', 'auth-log'], ExitCode.usage, 'usage-invalid'],
    [['--format', 'mapped'], ExitCode.usage, 'mapping-missing: the format "mapped" is read by a mapping'],
    [
      ['--map', 'WRONG'],
      ExitCode.usage,
      'wrong.yaml, line 5: fields.user.name: there is no column "User"; did you mean "User Name"',
    ],
    [['--map', 'NOTHING'], ExitCode.input, 'file-missing'],
    [[], ExitCode.input, 'heedful map LOG proposes one'],
  ])('%j is refused: exit code %i', async (args, code, said) => {
    const folder = fresh()
    const log = file(folder, 'portal.csv', text(portal()))
    const paths = new Map([
      ['MAP', file(folder, 'm.yaml', MAPPING)],
      ['WRONG', file(folder, 'wrong.yaml', MAPPING.replace('user.name: User Name', 'user.name: User'))],
      ['NOTHING', join(folder, 'nothing.yaml')],
    ])
    const result = await heedful(['scan', log, ...args.map((arg) => paths.get(arg) ?? arg)])
    expect(result.code).toBe(code)
    expect(result.err).toContain(said.replace('LOG', log))
  })
})
