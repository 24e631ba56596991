/** The built `heedful serve` as a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/heedful.js', import.meta.url))
export const built = existsSync(fileURLToPath(new URL('../../dist/entry.js', import.meta.url)))

export interface ServeProcess {
  port: number
  child: ChildProcess
  err(): string
  out(): string
  /** Resolves with its exit code and signal when it has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Resolves when it serves; rejects with what it said where it ends before. */
export function startProcess(...args: string[]): Promise<ServeProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'serve', '--port', '0', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [err, out] = ['', '']
    const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
      child.on('exit', (code, signal) => {
        done({ code, signal })
        reject(new Error(`it ended (${code ?? signal}): ${err}`))
      }),
    )
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString()
    })
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString()
      const port = /Serving http:\/\/\S+?:(\d+)/.exec(err)?.[1]
      if (port !== undefined) resolve({ port: Number(port), child, err: () => err, out: () => out, ended })
    })
  })
}
