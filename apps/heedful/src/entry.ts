/** The process around a command: its streams and the signals that stop it. */

import { ExitCode } from './exit-codes.ts'
import { run } from './main.ts'
import { typedBy } from './terminal/as-typed.ts'

const stop = new AbortController()
let signalled: number | undefined
for (const [signal, code] of [
  ['SIGINT', ExitCode.interrupted],
  ['SIGTERM', ExitCode.terminated],
] as const) {
  process.on(signal, () => {
    // Asked twice: the person means it. Whatever stands in the data folder is whole at any moment.
    if (signalled !== undefined) process.exit(code)
    signalled = code
    stop.abort()
  })
}
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : ExitCode.output))

process.stderr.on('error', () => undefined)

const code = await run(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  in: process.stdin,
  signal: stop.signal,
  typed: typedBy(process.env, process.argv[1] ?? 'heedful', process.cwd()),
  now: Date.now,
})
process.exitCode = code === ExitCode.interrupted && signalled !== undefined ? signalled : code
