/** Every measure says how it is asked, before it measures anything. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './house/sources.ts'

const built = existsSync(join(ROOT, 'packages/stream/dist/pipeline.js'))
const names = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith('.js') && file !== 'run.js')
  .map((file) => file.slice(0, -3))

it.for(names)('%s', (name, context) => {
  if (!built) return context.skip('the packages are not built (npm run build)')
  const ask = (word: string) =>
    spawnSync(process.execPath, [join(ROOT, 'bench/run.js'), name, '--no-build', word], { encoding: 'utf8' })
  const help = ask('--help')
  expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' })
  expect(help.stdout).toContain(`npm run bench -- ${name} `)
  expect(help.stdout).toContain(`bench/results/${name}.md`)
  expect(ask('--no-such-option').status).not.toBe(0)
})

it('options of a log are read in one place by those that measure one log', () => {
  const own = names.filter((name) => {
    const text = readFileSync(join(ROOT, 'bench', `${name}.js`), 'utf8')
    return text.includes('parseArgs') && text.includes('seed: text(')
  })
  expect(own).toEqual([])
})
