import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
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

interface Said {
  read: { lines: number }
  stopped: boolean
  over_budget: object[]
}

describe('a data folder', () => {
  it('goes on where the last scan ended, also in a file that has grown and was renamed', async () => {
    const folder = fresh()
    const data = join(folder, 'data')
    const path = file(folder, 'auth.log', '')
    const cuts = [3, 700, 701, Math.floor(lines.length / 2), lines.length]
    let from = 0
    let now = path
    // The warm-up of the whole, as a beginning does not know how long its log will be.
    const warmup = '5d'
    for (const to of cuts) {
      appendFileSync(now, `${lines.slice(from, to).join('\n')}\n`)
      const { code, err } = await scan(now, '--data', data, '--warmup', warmup)
      expect(err).toBe('')
      expect(code).toBe(ExitCode.ok)
      if (to === 701) {
        now = join(folder, 'auth.log.1')
        renameSync(path, now)
      }
      from = to
    }
    const alerts = join(folder, 'alerts.ndjson')
    const { out } = await scan(now, '--data', data, '--alerts', alerts)
    expect(out).toMatch(/0 lines of 1 file/)
    expect(readFileSync(alerts, 'utf8')).toBe(await alertsOf(log, '--warmup', warmup))
  })

  it('is stopped at any moment and goes on to the same alerts', async () => {
    const data = join(fresh(), 'data')
    const alerts = join(data, '..', 'alerts.ndjson')
    for (let stops = 0; stops < 5; stops++) {
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 30 + 40 * stops)
      const { code, err } = await heedful(
        ['scan', log, '--timezone', 'UTC', '--year', '2026', '--data', data],
        '',
        stop.signal,
      )
      if (code === ExitCode.interrupted) expect(err).toContain('same line again')
    }
    await scan(log, '--data', data, '--alerts', alerts)
    expect(readFileSync(alerts, 'utf8')).toBe(await alertsOf(log))
  })

  it('and its outputs are whole up to where it was stopped, with and without a data folder', async () => {
    for (const data of [undefined, join(fresh(), 'data')]) {
      const folder = fresh()
      const [alerts, scores] = [join(folder, 'alerts'), join(folder, 'scores')]
      const outputs = ['--alerts', alerts, '--scores', scores]
      const args = ['--timezone', 'UTC', '--year', '2026', '--warmup', '3d', '--budget', '1/day', '--json']
      const kept = data === undefined ? [] : ['--data', data]
      const stop = new AbortController()
      // As by Ctrl-C, in the middle of the second break-in: there is no budget left for it, which only midnight concludes.
      const asked = new Proxy(stop.signal, {
        get: (signal, name) => (name === 'aborted' ? reads++ >= 4 : Reflect.get(signal, name, signal)),
      })
      let reads = 0
      const { code, err, out } = await heedful(['scan', log, ...args, ...kept, ...outputs], '', asked)
      expect(code).toBe(ExitCode.interrupted)
      expect(err).toMatch(/^Stopped\. What was read until then is judged to its end/)
      const { read, stopped, over_budget } = JSON.parse(out) as Said
      expect(stopped).toBe(true)
      expect(over_budget).toHaveLength(1)
      expect(read.lines).toBeLessThan(lines.length)
      const half = file(folder, 'auth.log', `${lines.slice(0, read.lines).join('\n')}\n`)
      const whole = [join(folder, 'whole alerts'), join(folder, 'whole scores')] as const
      const undisturbed = await heedful(['scan', half, ...args, '--alerts', whole[0], '--scores', whole[1]])
      expect((JSON.parse(undisturbed.out) as Said).over_budget).toEqual(over_budget)
      expect(readFileSync(alerts, 'utf8')).toBe(readFileSync(whole[0], 'utf8'))
      expect(readFileSync(scores, 'utf8')).toBe(readFileSync(whole[1], 'utf8'))
      expect(readFileSync(scores, 'utf8').split('\n').length).toBeGreaterThan(100)
    }
  })

  it('gives the terminal its cursor back when it is stopped', async () => {
    const { code, err } = await heedful(['scan', log, '--timezone', 'UTC'], '', AbortSignal.abort(), 80)
    expect(code).toBe(ExitCode.interrupted)
    const cursor = (seen: 'l' | 'h') => err.split(`\u001b[?25${seen}`).length
    expect(cursor('l')).toBeGreaterThan(1)
    expect(cursor('h')).toBe(cursor('l'))
  })

  it('replays to the same bytes, and under other settings to others', async () => {
    const folder = fresh()
    const data = join(folder, 'data')
    const [first, again, fewer, part] = ['first', 'again', 'fewer', 'part'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ]
    await scan(log, '--data', data, '--alerts', first)
    expect((await heedful(['replay', '--data', data, '--alerts', again])).code).toBe(ExitCode.ok)
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(first, 'utf8'))
    const config = file(folder, 'other.yaml', '# fewer\nbudget: 1/day\n')
    await heedful(['replay', '--data', data, '--config', config, '--alerts', fewer])
    expect(readFileSync(fewer, 'utf8').length).toBeLessThan(readFileSync(first, 'utf8').length)
    const times = readFileSync(first, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { time: string }).time)
    const middle = times[Math.floor(times.length / 2)] as string
    await heedful(['replay', '--data', data, '--from', middle, '--alerts', part])
    expect(readFileSync(part, 'utf8').trimEnd().split('\n').length).toBe(times.filter((time) => time >= middle).length)
    const wrong = await heedful(['replay', '--data', data, '--config', file(folder, 'wrong.json', '{"bugdet": 1}')])
    expect(wrong.err).toContain('there is no key "bugdet"')
  })

  it('explains an alert with its raw lines', async () => {
    const folder = fresh()
    const data = join(folder, 'data')
    await scan(log, '--data', data, '--alerts', join(folder, 'alerts'))
    const { id, title } = JSON.parse(readFileSync(join(folder, 'alerts'), 'utf8').split('\n')[0] as string) as {
      id: string
      title: string
    }
    const { code, out } = await heedful(['explain', id, '--data', data])
    expect(code).toBe(ExitCode.ok)
    for (const part of [title, 'observed', 'expected', 'auth.log, line', '█']) expect(out).toContain(part)
    const cited = /auth\.log, line (\d+)\n {2}(.*)\n/.exec(out)
    expect(lines[Number(cited?.[1]) - 1]).toBe(cited?.[2])
    expect((await heedful(['explain', 'nothing', '--data', data])).err).toContain('alert-unknown')
    expect((await heedful(['explain', '', '--data', data])).err).toContain('alert-ambiguous')
  })

  it.each([
    ['is damaged', (path: string) => writeFileSync(path, 'no memory')],
    ['is cut short', (path: string) => truncateSync(path, 100)],
    ['is gone', (path: string) => rmSync(path)],
  ])('whose memory %s is folded again from its log', async (_what, spoil) => {
    const folder = fresh()
    const data = join(folder, 'data')
    const alerts = join(folder, 'alerts')
    await scan(log, '--data', data)
    const database = new DatabaseSync(join(data, 'heedful.db'))
    database.exec('DELETE FROM alerts')
    const { file } = database.prepare('SELECT file FROM snapshots').get() as { file: string }
    database.close()
    spoil(join(data, file))
    const { out } = await scan(log, '--data', data, '--alerts', alerts)
    expect(out.replace(/\s+/g, ' ')).toContain('folded again from its start')
    expect(readFileSync(alerts, 'utf8')).toBe(await alertsOf(log))
  })

  it('says when a file has been cut short, and when nothing is new', async () => {
    const folder = fresh()
    const path = file(folder, 'auth.log', `${lines.slice(0, 300).join('\n')}\n`)
    await scan(path, '--data', join(folder, 'data'))
    expect((await scan(path, '--data', join(folder, 'data'))).out).toContain('Nothing new since the last scan')
    writeFileSync(path, `${lines.slice(0, 100).join('\n')}\n`)
    const { out } = await scan(path, '--data', join(folder, 'data'))
    expect(out.replace(/\s+/g, ' ')).toContain('is shorter than when it was last read')
  })

  it('keeps the settings that it was begun with', async () => {
    const data = join(fresh(), 'data')
    await scan(log, '--data', data, '--budget', '5/day')
    const { code, err } = await scan(log, '--data', data, '--budget', '6/day')
    expect(code).toBe(ExitCode.usage)
    expect(err).toContain('--budget 5/day')
  })

  it('is not begun in a folder of something else by a command that only reads', async () => {
    const folder = fresh()
    file(folder, 'letter.txt', 'dear')
    const { code, err } = await heedful(['explain', 'x', '--data', folder])
    expect(code).toBe(ExitCode.dataFolder)
    expect(err).toContain('folder-missing')
    expect(readdirSync(folder)).toEqual(['letter.txt'])
  })

  it('that is missing is not made by a replay', async () => {
    const data = join(fresh(), 'nowhere')
    expect((await heedful(['replay', '--data', data])).code).toBe(ExitCode.dataFolder)
    expect(existsSync(data)).toBe(false)
  })
})
