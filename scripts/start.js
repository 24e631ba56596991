/**
 * `npm start`: builds what changed, then runs the command line with the arguments given (`npm start -- scan FILE`), or the
 * live demonstration without any. It calls the build itself because this project installs and runs without package scripts.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildPage } from './build-page.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiler = `${root}node_modules/typescript/bin/tsc`

if (!existsSync(compiler)) {
  process.stderr.write('error not-built: the packages are not installed yet\nwhat to do: npm ci\n')
  process.exit(2)
}

const first = !existsSync(`${root}apps/heedful/dist/entry.js`)
if (first) process.stderr.write('Building (once, about half a minute) …\n')
const build = spawnSync(process.execPath, [compiler, '-b', root], { encoding: 'utf8' })
refuseUnbuilt(build.status, `${build.stdout}${build.stderr}`)
const page = buildPage()
refuseUnbuilt(page.status, page.said)

function refuseUnbuilt(status, said) {
  if (status === 0) return
  process.stderr.write(`${said}error not-built: the build failed, see above\n`)
  process.exit(1)
}

// Where the person typed the line, so that the paths in it mean what they say.
process.chdir(process.env['INIT_CWD'] ?? process.cwd())
if (process.argv.length === 2) process.argv.push('demo')
await import('../apps/heedful/bin/heedful.js')
