/** Standard input, kept in a temporary file first: its span, its years and its end are known only then. */
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { CommandError, Interrupted, messageOf, systemCode } from '../errors.ts'
import type { Input } from './bytes.ts'

export interface Spool {
  input: Input
  remove(): void
}

/** Throws `Interrupted` where `signal` ends it. */
export async function spool(input: NodeJS.ReadableStream, signal: AbortSignal): Promise<Spool> {
  const folder = mkdtempSync(join(tmpdir(), 'heedful-'))
  const path = join(folder, 'standard-input')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const output = createWriteStream(path)
    const failed = once(output, 'error').then(([error]) => Promise.reject(error))
    failed.catch(() => undefined)
    for await (const piece of addAbortSignal(signal, input as Readable)) {
      if (!output.write(piece)) await Promise.race([once(output, 'drain'), failed])
    }
    output.end()
    await Promise.race([once(output, 'finish'), failed])
    return { input: { path, name: 'standard input' }, remove }
  } catch (error) {
    remove()
    if (signal.aborted) throw new Interrupted()
    const wayOut =
      systemCode(error) === 'ENOSPC' ? `make room in ${tmpdir()}, or give the file itself` : 'give the file itself'
    throw new CommandError('file-unreadable', `standard input cannot be kept: ${messageOf(error)}`, wayOut)
  }
}
