/** What a command does not need is not loaded: it would hold the event loop at the start of every scan. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../bin/heedful.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../dist/entry.js', import.meta.url)))
const root = mkdtempSync(join(tmpdir(), 'heedful-main-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Preloaded: prints at the end which packages the process loaded. */
const telltale = `data:text/javascript,${encodeURIComponent(`
import { Module } from 'node:module'
process.on('exit', () => {
  const packages = Object.keys(Module._cache).map((path) => path.split(/node_modules./).at(-1).split(/[\\\\/]/)[0])
  process.stderr.write(\`loaded \${[...new Set(packages)].join(' ')}\`)
})`)}`

function loadedBy(args: string[]): string[] {
  const { stderr } = spawnSync(process.execPath, ['--import', telltale, program, ...args], { encoding: 'utf8' })
  return stderr.slice(stderr.lastIndexOf('loaded ')).split(' ').slice(1)
}

it('reads YAML only for who scans with a mapping', (context) => {
  if (!built) return context.skip('the command is not built (npm run build)')
  const log = join(root, 'auth.log')
  const mapping = join(root, 'mapping.yaml')
  writeFileSync(log, 'Mar  1 00:00:01 web sshd[1]: Accepted password for ada from 192.0.2.1 port 22 ssh2\n')
  writeFileSync(mapping, 'version: 1\n')

  const plainly = loadedBy(['scan', log, '--timezone', 'UTC', '--year', '2026'])
  expect(plainly).toContain('moment-timezone')
  expect(plainly).not.toContain('yaml')
  expect(loadedBy(['scan', log, '--map', mapping])).toContain('yaml')
})
