/** Disks that are really full. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { run } from '../main.ts'
import { fillDisk, mountMemory } from '../store/small-disk.fixture.ts'
import { writeBreakIns } from './break-ins.fixture.ts'
import { alertsOf, fresh, scan } from './run-command.fixture.ts'

let log = ''
beforeAll(async () => {
  log = (await writeBreakIns(fresh(), 20)).log
})

describe('a full disk', () => {
  it('at the very end of a scan costs nothing: all is kept, and that is said', async (context) => {
    const disk = mountMemory(join(fresh(), 'disk'), '64m')
    if (typeof disk === 'string') return context.skip(disk)
    try {
      const data = join(disk.path, 'data')
      const told: string[] = []
      const err = new PassThrough().on('data', (piece: Buffer) => told.push(piece.toString()))
      // The report is what a scan writes between its last commit and closing its folder.
      const out = new PassThrough().on('data', () => fillDisk(join(disk.path, 'filler')))
      const code = await run(['scan', log, '--timezone', 'UTC', '--year', '2026', '--data', data], {
        out: out as unknown as NodeJS.WriteStream,
        err: err as unknown as NodeJS.WriteStream,
        in: Readable.from([]),
        signal: new AbortController().signal,
        typed: 'heedful',
        now: () => Date.parse('2026-06-01T00:00:00Z'),
      })
      expect(told.join('')).toMatch(/^note: the disk of .* is full; all that was concluded is kept/)
      expect(code).toBe(ExitCode.ok)
      expect((await scan(log, '--data', data)).err).toContain('folder-full')
      rmSync(join(disk.path, 'filler'))
      const alerts = join(fresh(), 'alerts')
      expect(await scan(log, '--data', data, '--alerts', alerts)).toMatchObject({ code: ExitCode.ok, err: '' })
      expect(readFileSync(alerts, 'utf8')).toBe(await alertsOf(log))
    } finally {
      disk.unmount()
    }
  })

  it('in the middle of a scan ends it with the code of the data folder, and it goes on when there is room', async (context) => {
    const disk = mountMemory(join(fresh(), 'disk'), '1m')
    if (typeof disk === 'string') return context.skip(disk)
    try {
      const data = join(disk.path, 'data')
      const { code, err, out } = await scan(log, '--data', data)
      expect(err).toMatch(
        /error folder-full: the disk of .* is full\nwhat to do: make room, then type the same line again/,
      )
      expect(code).toBe(ExitCode.dataFolder)
      expect(out).toBe('')
      disk.remount('size=64m')
      const alerts = join(fresh(), 'alerts')
      expect(await scan(log, '--data', data, '--alerts', alerts)).toMatchObject({ code: ExitCode.ok, err: '' })
      expect(readFileSync(alerts, 'utf8')).toBe(await alertsOf(log))
    } finally {
      disk.unmount()
    }
  })
})
