/** A real process, killed without warning: what it left behind must be enough to go on as if nothing had happened. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom } from '@heedful/detect'
import { afterAll, describe, expect, it } from 'vitest'
import { lockFolder } from '../store/lock.ts'
import { writeBreakIns } from './break-ins.fixture.ts'

const program = fileURLToPath(new URL('../../bin/heedful.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../dist/entry.js', import.meta.url)))
/** 3 in every run; HEEDFUL_KILLS=20 for the long one. */
const KILLS = Number(process.env['HEEDFUL_KILLS'] ?? 3)

const root = mkdtempSync(join(tmpdir(), 'heedful-kill-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  milliseconds: number
  err: string
}

/** Runs the built command; `signal` is sent after `after` ms. */
function heedful(args: string[], signal?: NodeJS.Signals, after = 0): Promise<Ended> {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let err = ''
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString()
    })
    const timer = signal === undefined ? undefined : setTimeout(() => child.kill(signal), after)
    child.on('exit', (code, by) => {
      clearTimeout(timer)
      resolve({ code, signal: by, milliseconds: performance.now() - started, err })
    })
  })
}

describe('a scan into a data folder', () => {
  it(`killed ${KILLS} times at random moments ends with the alerts and scores of an undisturbed one`, {
    timeout: 60_000 + KILLS * 15_000,
  }, async (context) => {
    if (!built) return context.skip('the command is not built (npm run build)')
    const { log } = await writeBreakIns(root, 60)
    const scan = (name: string) => {
      const outputs = ['--alerts', join(root, `${name}.ndjson`), '--scores', join(root, `${name}.csv`)]
      return ['scan', log, '--timezone', 'UTC', '--year', '2026', '--data', join(root, name), ...outputs]
    }
    const undisturbed = await heedful(scan('undisturbed'))
    expect(undisturbed).toMatchObject({ code: 0, err: '' })

    const random = createRandom(Date.now())
    let killed = 0
    for (let i = 0; i < KILLS; i++) {
      // Every third is asked politely, so that memory is kept in the middle and loaded again.
      const signal = i % 3 === 1 ? 'SIGTERM' : 'SIGKILL'
      // Not to its very end: on a busy machine one scan is slower than the next.
      const ended = await heedful(scan('killed'), signal, 150 + 0.7 * random.next() * (undisturbed.milliseconds - 150))
      // Before it listens to signals, SIGTERM kills it, too.
      if (ended.signal !== null || ended.code === 143) killed++
      else expect(ended).toMatchObject({ code: 0, err: '' })
    }
    expect(killed).toBeGreaterThan(0)
    expect(await heedful(scan('killed'))).toMatchObject({ code: 0, err: '' })
    for (const form of ['ndjson', 'csv']) {
      const expected = readFileSync(join(root, `undisturbed.${form}`), 'utf8')
      expect(expected.split('\n').length).toBeGreaterThan(3)
      expect(readFileSync(join(root, `killed.${form}`), 'utf8')).toBe(expected)
    }
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('is refused while another process holds the folder, which is named', async (context) => {
    if (!built) return context.skip('the command is not built (npm run build)')
    const data = join(root, 'shared')
    const lock = lockFolder(data)
    const ended = await heedful(['scan', fileURLToPath(import.meta.url), '--data', data])
    lock.release()
    expect(ended.code).toBe(4)
    expect(ended.err).toContain(`process ${process.pid}`)
  })
})
