import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { plainText } from '../terminal/plain-text.ts'
import { writeBreakIns } from './break-ins.fixture.ts'
import { alertsOf, file, fresh, heedful, scan } from './run-command.fixture.ts'

let log = ''
let lines: string[] = []
beforeAll(async () => {
  const written = await writeBreakIns(fresh(), 20)
  log = written.log
  lines = written.lines
  expect((await alertsOf(log)).split('\n').length).toBeGreaterThan(2)
})

describe('a scan', () => {
  it('finds alerts and writes them in the names that are promised', async () => {
    const alerts = (await alertsOf(log))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(alerts.length).toBeGreaterThan(0)
    for (const alert of alerts) {
      expect(Object.keys(alert)).toEqual([
        'id',
        'time',
        'entity',
        'severity',
        'risk',
        'p_value',
        'title',
        'reasons',
        'events',
        'events_total',
        'techniques',
      ])
      expect((alert['events'] as string[]).length).toBeLessThanOrEqual(50)
      for (const reason of alert['reasons'] as object[])
        expect(Object.keys(reason)).toEqual(['text', 'behaviour', 'observed', 'expected', 'weight'])
    }
  })

  it('gives the same bytes twice, from other cuts, packed, in any order, and with any number of shards', async () => {
    const folder = fresh()
    const whole = await alertsOf(log)
    const third = Math.floor(lines.length / 3)
    const parts = [lines.slice(0, third), lines.slice(third, 2 * third), lines.slice(2 * third)].map((part, i) =>
      file(folder, `part${i}`, i === 1 ? gzipSync(`${part.join('\n')}\n`) : `${part.join('\n')}\n`),
    ) as [string, string, string]
    expect(await alertsOf(log)).toBe(whole)
    expect(await alertsOf(parts[2], parts[0], parts[1])).toBe(whole)
    for (const shards of ['2', '4']) expect(await alertsOf(log, '--shards', shards)).toBe(whole)
  })

  it('reads standard input', async () => {
    const path = join(fresh(), 'alerts.ndjson')
    const { code } = await heedful(
      ['scan', '-', '--timezone', 'UTC', '--year', '2026', '--alerts', path],
      `${lines.join('\n')}\n`,
    )
    expect(code).toBe(ExitCode.ok)
    expect(readFileSync(path, 'utf8')).toBe(await alertsOf(log))
  })

  it('calls standard input by its name, wherever its lines are shown', async () => {
    const data = join(fresh(), 'data')
    const text = `${lines.join('\n')}\nMar 99 what is this\n`
    const args = ['scan', '-', '--timezone', 'UTC', '--year', '2026']
    const table = await heedful([...args, '--data', data], text)
    expect(table.out.replace(/\s+/g, ' ')).toContain(`standard input, line ${lines.length + 1} `)
    const json = await heedful([...args, '--json'], text)
    const { files, refused } = JSON.parse(json.out) as { files: object[]; refused: object[] }
    expect(files).toEqual([expect.objectContaining({ path: 'standard input' })])
    expect(refused).toEqual([expect.objectContaining({ file: 'standard input' })])
    const [, id = ''] = / explain (\S+) --data/.exec(table.out.replace(/\s+/g, ' ')) ?? []
    const { out: explained } = await heedful(['explain', id, '--data', data])
    expect(explained).toMatch(/standard input, line \d+/)
    expect((await heedful(args, 'what is this\n')).err).toMatch(/^error format-unknown: standard input:/)
    const packed = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])
    expect((await heedful(args, packed)).err).toMatch(/^error format-packed: standard input is xz/)
    for (const said of [table.out, json.out, explained]) expect(said).not.toContain('standard-input')
  })

  it('takes no event for another of the same id from another door, and reads nothing twice', async () => {
    const folder = fresh()
    const ecs = (id: string, minute: number) =>
      `{"@timestamp":"2026-03-01T10:0${minute}:00Z","event":{"id":"${id}","category":"authentication","outcome":"success"},"user":{"name":"ada"}}\n`
    const entra = (id: string, minute: number) =>
      `{"id":"${id}","createdDateTime":"2026-03-01T10:0${minute}:30Z","userPrincipalName":"bob","appDisplayName":"mail","status":{"errorCode":0}}\n`
    const one = file(folder, 'one.ndjson', ecs('1', 1) + ecs('2', 2))
    const copy = file(folder, 'copy.ndjson', ecs('1', 1) + ecs('2', 2))
    const overlapping = file(folder, 'overlapping.ndjson', ecs('2', 2) + ecs('3', 3))
    const other = file(folder, 'other.ndjson', entra('1', 1) + entra('2', 2))
    const readBy = async (...args: string[]) => {
      const { out } = await heedful(['scan', ...args, '--warmup', '0', '--json', '--timezone', 'UTC'])
      const { read, absorbed } = JSON.parse(out) as { read: Record<string, number>; absorbed: object[] }
      return { events: read['events'], absorbed }
    }
    expect(await readBy(one, other)).toEqual({ events: 4, absorbed: [] })
    expect(await readBy(one, one, copy)).toEqual({ events: 2, absorbed: [] })
    const repeated = [{ why: 'repeated', count: 1 }]
    expect(await readBy(one, overlapping, other)).toEqual({ events: 5, absorbed: repeated })
    // The zone is no part of a door whose stamps carry their own.
    const data = join(folder, 'data')
    await heedful(['scan', one, '--data', data, '--warmup', '0', '--timezone', 'UTC'])
    const { out } = await heedful(['scan', overlapping, '--data', data, '--json', '--timezone', 'Asia/Tokyo'])
    expect(JSON.parse(out)).toMatchObject({ read: { events: 1 }, absorbed: repeated })
  })

  it('writes every judged event as a table, the warm-up without p-values', async () => {
    const folder = fresh()
    await scan(log, '--scores', join(folder, 'scores.csv'), '--data', join(folder, 'data'))
    await scan(log, '--scores', join(folder, 'other.csv'))
    const text = readFileSync(join(folder, 'scores.csv'), 'utf8')
    const rows = text.trimEnd().split('\n')
    expect(rows[0]).toBe('event_id,time,entity,p_value,risk,alert')
    expect(rows[1]?.split(',')[3]).toBe('')
    expect(Number(rows.at(-1)?.split(',')[3])).toBeGreaterThan(0)
    expect(readFileSync(join(folder, 'other.csv'), 'utf8')).toBe(text)
  })

  it('says what it read, refused and learned from, in 80 columns', async () => {
    const path = file(fresh(), 'auth.log', `${lines.slice(0, 500).join('\n')}\nMar 99 what is this\n`)
    const { out } = await scan(path)
    expect(out).toMatch(/501 lines of 1 file/)
    expect(out).toMatch(/1 refused/)
    expect(out).toContain('line 501')
    expect(out).toMatch(/Learned {3}\d+ p/)
    expect(out).toContain('travel is left out')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('prints one JSON object where it is asked to', async () => {
    const { out } = await scan(log, '--json')
    const parsed = JSON.parse(out) as { alerts: unknown[]; read: { lines: number } }
    expect(parsed.read.lines).toBe(lines.length)
    expect(parsed.alerts.length).toBeGreaterThan(0)
  })

  it('infers the year from when the file was last written, also where the year turns inside it', async () => {
    const at = (stamp: string, i: number) =>
      `${stamp} web sshd[${100 + i}]: Accepted password for ann from 10.0.0.${i} port 22 ssh2`
    const stamps = ['Dec 30 10:00:00', 'Dec 31 23:59:58', 'Jan  1 00:00:03', 'Jan  2 10:00:00']
    const path = file(fresh(), 'auth.log', `${stamps.map(at).join('\n')}\n`)
    utimesSync(path, new Date('2024-01-03'), new Date('2024-01-03'))
    const { out } = await heedful(['scan', path, '--timezone', 'UTC', '--warmup', '0'])
    expect(out.replace(/\s+/g, ' ')).toContain('2023-12-30 10:00 to 2024-01-02 10:00')
    expect(out).toContain('2023 to 2024')
  })

  it('puts 29 February into a leap year', async () => {
    const path = file(
      fresh(),
      'auth.log',
      'Feb 29 10:00:00 web sshd[1]: Accepted password for ann from 10.0.0.1 port 22 ssh2\n',
    )
    utimesSync(path, new Date('2026-05-01'), new Date('2026-05-01'))
    const { out } = await heedful(['scan', path, '--timezone', 'UTC', '--warmup', '0'])
    expect(out).toContain('2024-02-29')
  })
})

describe('bad input', () => {
  it('every file that cannot be read is named', async () => {
    const folder = fresh()
    const strange = file(folder, 'strange.bin', 'what is this\nno log at all\n')
    const { code, err, out } = await scan(join(folder, 'gone.log'), folder, log)
    expect(code).toBe(ExitCode.input)
    expect(out).toBe('')
    for (const part of ['gone.log', folder, 'no such file', 'is a folder']) expect(err).toContain(part)
    const unknown = await scan(strange)
    expect(unknown.code).toBe(ExitCode.input)
    expect(unknown.err).toMatch(/format-unknown.*strange\.bin/)
    expect(unknown.err).toContain('--format')
  })

  it('an empty file says so', async () => {
    const { code, err } = await scan(file(fresh(), 'empty.log', ''))
    expect(code).toBe(ExitCode.input)
    expect(err).toContain('input-empty')
  })

  it.each([
    [['scan'], /missing required argument[\s\S]*what to do: .*scan --help/],
    [['scan', 'x', '--bogus'], /unknown option[\s\S]*what to do: .*scan --help/],
    [['scan', 'x', '--budget', 'many'], /20\/day/],
    [['scan', 'x', '--warmup', '3 moons'], /14d/],
    [['scan', 'x', '--timezone', 'Mars/Olympus'], /Europe\/Berlin/],
    [['scan', 'x', '--format', 'runes'], /auth-log/],
    [['scna', 'x'], /did you mean scan/i],
  ])('%j is refused with the way out', async (args, expected) => {
    const { code, err } = await heedful(args)
    expect([ExitCode.usage, ExitCode.input]).toContain(code)
    expect(err).toMatch(expected)
  })

  it('hostile names do no harm and reach no terminal', async () => {
    const names = ['constructor', '__proto__', '$a', 'toString', '\u001b]0;owned\u0007', '\u202egnp.exe', 'a\u009b31mb']
    const attempts = names.flatMap((name, n) =>
      Array.from(
        { length: 40 },
        (_, i) =>
          `Mar  1 10:${String(i % 60).padStart(2, '0')}:0${n} web sshd[${n * 100 + i}]: Failed password for ${name} from 203.0.113.${n} port ${2000 + i} ssh2`,
      ),
    )
    const logins = names
      .slice(0, 4)
      .map(
        (name, i) =>
          `Mar  1 09:0${i}:00 web sshd[${9000 + i}]: Accepted password for ${name} from 198.51.100.1 port 22 ssh2`,
      )
    const folder = fresh()
    const path = file(folder, 'auth.log', `${[...logins, ...attempts.sort()].join('\n')}\n`)
    const alerts = join(folder, 'alerts.ndjson')
    const { code, out, err } = await scan(path, '--warmup', '0', '--data', join(folder, 'data'), '--alerts', alerts)
    expect(code).toBe(ExitCode.ok)
    for (const text of [out, err, readFileSync(alerts, 'utf8')]) {
      const oneLine = text.replaceAll('\n', '')
      expect(plainText(oneLine)).toBe(oneLine)
    }
    expect(await alertsOf(path, '--warmup', '0')).toBe(readFileSync(alerts, 'utf8'))
  })

  it('damaged lines, wrong clocks and absurd sizes are refused by name, and the rest is read', async () => {
    const bad = [
      'x'.repeat(1024 * 1024 + 1),
      `Mar  1 00:00:01 web sshd[1]: ${'\u0000'.repeat(50)}`,
      '\uFFFD'.repeat(10),
      `{"a":`.repeat(5000),
    ]
    const middle = Math.floor(lines.length / 2)
    const mixed = [...lines.slice(0, middle), ...bad, ...lines.slice(middle)]
    const { code, out } = await scan(file(fresh(), 'auth.log', `${mixed.join('\n')}\n`), '--json')
    expect(code).toBe(ExitCode.ok)
    const { read, refused } = JSON.parse(out) as {
      read: Record<string, number>
      refused: { reason: string; line: number }[]
    }
    expect(read['lines']).toBe(lines.length + bad.length)
    expect(refused).toContainEqual(expect.objectContaining({ reason: 'line_too_long', line: middle + 1 }))
    const clean = JSON.parse((await scan(log, '--json')).out) as { read: Record<string, number> }
    expect(read['events']).toBe(clean.read['events'])
  })

  it('an output that cannot be written leaves nothing behind', async () => {
    const folder = fresh()
    const { code, err } = await scan(log, '--alerts', join(file(folder, 'file', ''), 'alerts.ndjson'))
    expect(code).toBe(ExitCode.output)
    expect(err).toContain('output-unwritable')
    expect(readdirSync(folder)).toEqual(['file'])
  })
})

describe('help', () => {
  it.each(['scan', 'explain', 'replay', 'simulate'])('of %s teaches with an example', async (command) => {
    const { code, out } = await heedful([command, '--help'])
    expect(code).toBe(ExitCode.ok)
    expect(out).toContain(`$ heedful ${command}`)
  })

  it('lists exit codes', async () => {
    expect((await heedful(['--help'])).out).toContain('4 data folder')
  })
})
