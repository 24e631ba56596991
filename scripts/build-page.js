/** Builds the analyst's page, when something that it is made of is newer than what was built. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'apps/dashboard')
const built = join(page, 'dist/index.html')
const MADE_OF = ['src', 'index.html', 'vite.config.js', 'package.json']

/** Of a file, or of the newest below a folder, in ms. Tests are no part of the page. */
function changed(path) {
  if (!statSync(path).isDirectory()) return path.endsWith('.test.ts') ? 0 : statSync(path).mtimeMs
  const below = readdirSync(path).map((name) => changed(join(path, name)))
  return Math.max(statSync(path).mtimeMs, ...below)
}

export const isPageFresh = () =>
  existsSync(built) && MADE_OF.every((name) => changed(join(page, name)) <= statSync(built).mtimeMs)

/** @returns {{ status: number | null, said: string }} 0 when the page is built; else what the bundler said */
export function buildPage() {
  if (isPageFresh()) return { status: 0, said: '' }
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  // Also below a test runner, which would have it built for development.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build'], { cwd: page, env, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { status, said } = buildPage()
  process.stdout.write(said)
  process.exitCode = status ?? 1
}
