/** Commands run in the test's own process, in folders that are removed afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, expect } from 'vitest'
import { ExitCode } from '../exit-codes.ts'
import { run } from '../main.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-commands-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

export const fresh = () => mkdtempSync(join(root, 'case-'))

export function file(folder: string, name: string, text: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const NOW = Date.parse('2026-06-01T00:00:00Z')

function gather(columns?: number) {
  const stream = new PassThrough()
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns })
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => Buffer.concat(pieces).toString('utf8') }
}

/** Runs a command, its streams gathered; `columns`: standard error is a terminal so wide. */
export async function heedful(
  args: string[],
  input: string | Buffer = '',
  signal = new AbortController().signal,
  columns?: number,
  typed = 'heedful',
) {
  const [out, err] = [gather(), gather(columns)]
  const code = await run(args, {
    out: out.stream,
    err: err.stream,
    in: Readable.from([typeof input === 'string' ? Buffer.from(input) : input]),
    signal,
    typed,
    now: () => NOW,
  })
  return { code, out: out.text(), err: err.text() }
}

export const scan = (...args: string[]) => heedful(['scan', '--timezone', 'UTC', '--year', '2026', ...args])

/** The alerts of a scan that keeps nothing: what every other way must equal. */
export async function alertsOf(...args: string[]): Promise<string> {
  const path = join(fresh(), 'alerts.ndjson')
  const { code, err } = await scan(...args, '--alerts', path)
  expect(err).toBe('')
  expect(code).toBe(ExitCode.ok)
  return readFileSync(path, 'utf8')
}
