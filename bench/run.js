/**
 * `npm run bench -- NAME [options]`: builds what changed, then runs bench/NAME.js. Without a name: what there is.
 * `--no-build` runs what is built. `--write` puts the result into bench/results/.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const [name, ...rest] = process.argv.slice(2)
const names = readdirSync(here)
  .filter((file) => file.endsWith('.js') && file !== 'run.js')
  .map((file) => file.slice(0, -3))
  .sort()

function list() {
  console.log('npm run bench -- NAME [options]\n')
  for (const one of names) {
    const text = readFileSync(join(here, `${one}.js`), 'utf8')
    const first = /^\/\*\*\s*\n?\s*\*?\s*(.*?)(?:\*\/|\n)/.exec(text)?.[1]?.trim() ?? ''
    console.log(`  ${one.padEnd(12)} ${first}`)
  }
  console.log(
    '\nEvery one takes --help, --no-build (run what is built) and --write (keep the result in bench/results).',
  )
}

/** Incremental; errors of rooms that a bench does not need are shown, not fatal. */
function build() {
  const tsc = join(here, '..', 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-b'], { cwd: join(here, '..'), encoding: 'utf8' })
  if (status === 0) return
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'))
  console.error(`tsc -b found ${errors.length} errors, running what it made all the same:`)
  for (const line of errors.slice(0, 5)) console.error(`  ${line}`)
}

if (name === undefined || !names.includes(name)) {
  if (name !== undefined) console.error(`No bench is called "${name}".\n`)
  list()
  process.exit(name === undefined ? 0 : 2)
}
if (!rest.includes('--no-build') || !existsSync(join(here, '..', 'packages', 'stream', 'dist'))) build()
process.argv = [process.argv[0], join(here, `${name}.js`), ...rest.filter((word) => word !== '--no-build')]
const { main } = await import(`./${name}.js`)
await main(process.argv.slice(2))
