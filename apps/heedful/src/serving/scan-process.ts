/** One scan by a process of its own: it goes behind live judging, fills no disk, and ends when it is told to. */
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../errors.ts'

export interface ScanOrder {
  file: string
  /** The data folder to scan into. */
  data: string
  /** Bytes that the data folder may grow to: a small file unpacks to a thousand times its size. */
  most: number
}

/** `locked`: another process still holds the data folder. */
export type Outcome = { kind: 'done' | 'stopped' | 'locked' } | { kind: 'failed'; error: string }

export interface ScanProcess {
  readonly ended: Promise<Outcome>
  /** Resolves when it has ended. */
  stop(): Promise<void>
}

/** What is kept of its words, characters. */
const SAID = 4000
const PROGRAM = fileURLToPath(new URL('../../bin/heedful.js', import.meta.url))
/** ms between two looks at how large its data is, and until it is ended the hard way. */
const LOOK = 250
const PATIENCE = 5_000

export function startScan({ file, data, most }: ScanOrder): ScanProcess {
  const child = spawn(process.execPath, [PROGRAM, 'scan', file, '--data', data], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let said = ''
  let [stopped, tooLarge] = [false, false]
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-SAID)
  })
  yieldTo(child.pid)
  const look = setInterval(() => {
    if (sizeOf(data) <= most) return
    tooLarge = true
    child.kill('SIGKILL')
  }, LOOK)
  const concludes = (code: number | null): Outcome => {
    if (tooLarge)
      return { kind: 'failed', error: `what is in it takes more than ${most} bytes; read it with heedful scan` }
    if (stopped) return { kind: 'stopped' }
    if (code === 0) return { kind: 'done' }
    if (said.includes('folder-locked')) return { kind: 'locked' }
    return { kind: 'failed', error: said.trim() || `it ended with ${code}` }
  }
  const ended = new Promise<Outcome>((resolve) => {
    child.on('error', (error) => resolve({ kind: 'failed', error: messageOf(error) }))
    child.on('exit', (code) => resolve(concludes(code)))
  }).finally(() => clearInterval(look))
  return {
    ended,
    async stop() {
      stopped = true
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
      await ended
      clearTimeout(hard)
    },
  }
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  } catch {
    // Not made yet, or a file of it was just put away.
    return 0
  }
}

/**
 * What a scan said when it gave up, for who dropped a file: what is wrong, then a line with the way out. There are no options
 * to name on a page, so what only a mapping can read is sent where one is made.
 */
export function whyFailed(said: string): string {
  const found = /^error ([a-z-]+): ([\s\S]*?)\nwhat to do: ([\s\S]*)$/m.exec(said.trim())
  if (found === null) return said.trim()
  const [, code, what = '', wayOut = ''] = found
  const [command] = /\S.* map (?=\S+ proposes)/.exec(wayOut.split(': ')[1] ?? '') ?? []
  if (code !== 'format-unknown' || command === undefined) return `${what}\n${wayOut}`
  const scan = command.replace(/ map $/, ' scan')
  return `${what}\nA table (CSV) or JSON lines of another shape are read by a mapping, in a terminal: ${command}FILE --out mapping.yaml proposes one; ${scan} FILE --map mapping.yaml reads by it.`
}

/** Live judging goes first, where the system lets us say so. */
function yieldTo(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system has no priorities.
  }
}
