/** Builds the analyst's page and those of reports, when something that they are made of is newer than what was built. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'apps/dashboard')
/** What is built, by the configuration that builds it. The first one empties the folder. */
const BUILT = new Map([
  ['vite.config.js', join(page, 'dist/index.html')],
  ['vite.report.config.js', join(page, 'dist/report/report.html')],
  ['vite.comparison.config.js', join(page, 'dist/report/comparison.html')],
])
const MADE_OF = ['src', 'index.html', 'package.json', 'page-of-report.js', ...BUILT.keys()]
/** Only one builds at a time: tests of several processes may ask for it at once. */
const LOCK = join(root, 'node_modules/.building-page')
/** So long a build may take before its lock is taken for one that was left behind. Milliseconds. */
const PATIENCE = 120_000

/** Of a file, or of the newest below a folder, in ms. Tests are no part of the page. */
function changed(path) {
  if (!statSync(path).isDirectory()) return path.endsWith('.test.ts') ? 0 : statSync(path).mtimeMs
  const below = readdirSync(path).map((name) => changed(join(path, name)))
  return Math.max(statSync(path).mtimeMs, ...below)
}

export function isPageFresh() {
  const newest = Math.max(...MADE_OF.map((name) => changed(join(page, name))))
  return [...BUILT.values()].every((path) => existsSync(path) && newest <= statSync(path).mtimeMs)
}

/** @returns {{ status: number | null, said: string }} 0 when the pages are built; else what the bundler said */
export function buildPage() {
  if (isPageFresh()) return { status: 0, said: '' }
  takeLock()
  try {
    return isPageFresh() ? { status: 0, said: '' } : build()
  } finally {
    rmdirSync(LOCK)
  }
}

function takeLock() {
  for (;;) {
    try {
      return mkdirSync(LOCK)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - since > PATIENCE) rmdirSync(LOCK)
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

function build() {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  // Also below a test runner, which would have it built for development.
  const env = { ...process.env, NODE_ENV: 'production' }
  let said = ''
  for (const config of BUILT.keys()) {
    const words = [vite, 'build', '--config', config]
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: page, env, encoding: 'utf8' })
    said += `${stdout}${stderr}`
    if (status !== 0) return { status, said }
  }
  return { status: 0, said }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { status, said } = buildPage()
  process.stdout.write(said)
  process.exitCode = status ?? 1
}
