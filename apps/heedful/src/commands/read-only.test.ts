/** Data folders that really cannot be written. */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { mountReadOnly } from '../store/small-disk.fixture.ts'
import { writeBreakIns } from './break-ins.fixture.ts'
import { fresh, heedful, scan } from './run-command.fixture.ts'

const program = fileURLToPath(new URL('../../bin/heedful.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../dist/entry.js', import.meta.url)))
const NOBODY = 65_534

let log = ''
beforeAll(async () => {
  log = (await writeBreakIns(fresh(), 20)).log
})

/** Every file of a folder, byte for byte. */
const bytesOf = (folder: string) =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')])

const commandsOn = (data: string) => [
  ['scan', log, '--timezone', 'UTC', '--year', '2026', '--data', data],
  ['explain', 'user', '--data', data],
  ['replay', '--data', data],
]

describe('a data folder that cannot be written', () => {
  it('on a read-only file system is refused as such, for root too, and copied it serves', async (context) => {
    const folder = fresh()
    expect((await scan(log, '--data', join(folder, 'data'))).code).toBe(ExitCode.ok)
    const disk = mountReadOnly(join(fresh(), 'disk'), folder)
    if (typeof disk === 'string') return context.skip(disk)
    try {
      const data = join(disk.path, 'data')
      const before = bytesOf(data)
      for (const args of [...commandsOn(data), ['scan', log, '--data', join(disk.path, 'new')]]) {
        const { code, err, out } = await heedful(args)
        expect(err).toMatch(/^error folder-read-only: .*EROFS.*\nwhat to do: /)
        expect(code).toBe(ExitCode.dataFolder)
        expect(out).toBe('')
      }
      const output = await scan(log, '--alerts', join(disk.path, 'alerts'))
      expect(output.err).toMatch(/^error output-unwritable: .*EROFS/)
      expect(output.code).toBe(ExitCode.output)
      expect(bytesOf(data)).toEqual(before)
      const copy = join(fresh(), 'copy')
      cpSync(data, copy, { recursive: true })
      expect(await heedful(['replay', '--data', copy])).toMatchObject({ code: ExitCode.ok, err: '' })
    } finally {
      disk.unmount()
    }
  })

  it("that is somebody else's is refused as such", async (context) => {
    if (!built) return context.skip('the command is not built (npm run build)')
    if (process.getuid?.() !== 0) return context.skip('only root acts as somebody else')
    const folder = fresh()
    const data = join(folder, 'data')
    expect((await scan(log, '--data', data)).code).toBe(ExitCode.ok)
    for (let at = folder; at.includes('heedful-commands-'); at = join(at, '..')) chmodSync(at, 0o755)
    for (const path of [log, join(log, '..')]) chmodSync(path, 0o755)
    const before = bytesOf(data)
    const as = { uid: NOBODY, gid: NOBODY, encoding: 'utf8' } as const
    if (spawnSync(process.execPath, [program, '--help'], as).status !== 0) {
      return context.skip('nobody but root may read this checkout')
    }
    for (const args of commandsOn(data)) {
      const { status, stderr, stdout } = spawnSync(process.execPath, [program, ...args], as)
      expect(stderr).toMatch(/^error folder-read-only: .*EACCES.*\nwhat to do: make it writable for you, or copy it/)
      expect(status).toBe(ExitCode.dataFolder)
      expect(stdout).toBe('')
    }
    expect(bytesOf(data)).toEqual(before)
  })
})
