/** `heedful scan` as a person runs it: a process of its own, several times. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PROGRAM = join(ROOT, 'apps/heedful/bin/heedful.js')
const PROBE = join(ROOT, 'bench/stream/probe.js')

/** Runs the program; resolves to its code and what it printed. */
export function runHeedful(args, { preload = [], env = {} } = {}) {
  const words = [...preload.flatMap((path) => ['--import', pathToFileURL(path).href]), PROGRAM, ...args]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd: ROOT, env: { ...process.env, ...env, NO_COLOR: '1' } })
    const out = []
    child.stdout.on('data', (piece) => out.push(piece))
    child.stderr.on('data', (piece) => out.push(piece))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text: Buffer.concat(out).toString('utf8') }))
  })
}

/** One measured scan of a file. */
export async function measureScan(path, number) {
  const probe = join(ROOT, 'bench/.data', `probe-${process.pid}-${number}.json`)
  const started = performance.now()
  const { code, text } = await runHeedful(['scan', path, '--warmup', '14d'], {
    preload: [PROBE],
    env: { HEEDFUL_BENCH_PROBE: probe },
  })
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) throw new Error(`heedful scan ended with ${code}:\n${text.slice(-2000)}`)
  const usage = JSON.parse(readFileSync(probe, 'utf8'))
  rmSync(probe)
  return { seconds, ...usage }
}
