/** The servers that are measured, each a process of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

function start(words, remove) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] })
    let err = ''
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${err}`)))
    child.stderr.on('data', (piece) => {
      err += piece
      const port = /Serving http:\/\/\S+?:(\d+)/.exec(err)?.[1]
      if (port === undefined) return
      const stop = () =>
        new Promise((done) => {
          child.once('exit', () => done(remove()))
          child.kill('SIGTERM')
        })
      resolve({ port: Number(port), pid: child.pid, stop })
    })
  })
}

/** `heedful serve` on a data folder that is kept. */
export function serveFolder(data, words = []) {
  const served = ['apps/heedful/bin/heedful.js', 'serve', '--data', data, '--port', '0', '--log-level', 'error']
  return start([...served, ...words], () => undefined)
}

/** `heedful serve` on an empty data folder. */
export async function startHeedful() {
  const folder = mkdtempSync(join(tmpdir(), 'heedful-bench-'))
  const server = await serveFolder(join(folder, 'data'))
  return { ...server, stop: () => server.stop().then(() => rmSync(folder, { recursive: true, force: true })) }
}

export function startBare() {
  const folder = mkdtempSync(join(tmpdir(), 'heedful-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return start(['bench/serve/bare.js', join(folder, 'events.ndjson')], remove)
}
