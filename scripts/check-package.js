/**
 * `node scripts/check-package.js`: what a consumer's TypeScript makes of the packed library, by arethetypeswrong. It is large,
 * so it is no dependency: it is installed, pinned, in a folder of the user's cache. Run `npm run build` first.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPacked } from './pack-library.js'

const VERSION = '0.18.5'
const tools = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'heedful', `arethetypeswrong-${VERSION}`)
const attw = join(tools, 'node_modules/@arethetypeswrong/cli/dist/index.js')

function install() {
  mkdirSync(tools, { recursive: true })
  writeFileSync(join(tools, 'package.json'), '{"private":true}\n')
  const wanted = `@arethetypeswrong/cli@${VERSION}`
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', wanted], {
    cwd: tools,
    stdio: 'pipe',
    timeout: 120_000,
  })
}

if (!existsSync(attw)) {
  try {
    install()
  } catch (error) {
    console.log(`skipped: @arethetypeswrong/cli ${VERSION} cannot be had from the registry (${error.message})`)
    process.exit(0)
  }
}
const folder = mkdtempSync(join(tmpdir(), 'heedful-package-'))
const { tarball } = installPacked(folder)
// The library is ES modules alone (.attw.json): what CommonJS and resolution without "exports" make of it does not count.
const config = fileURLToPath(new URL('../packages/detect/.attw.json', import.meta.url))
const entries = ['.', 'detectors/table/ecod', 'evaluate/evaluate', 'prepare/imputer']
const { status } = spawnSync(
  process.execPath,
  [attw, tarball, '--config-path', config, '--entrypoints', ...entries, '--no-color'],
  { stdio: 'inherit' },
)
rmSync(folder, { recursive: true, force: true })
process.exitCode = status ?? 1
