/** Documentation that runs: every code block is checked, every link leads somewhere. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CodeBlock, type Link, readBlocks, readLinks } from './house/markdown.ts'
import { ROOT, readSources, type SourceFile } from './house/sources.ts'
import { makeTemporaryCopy, type TemporaryCopy } from './house/temporary-copy.ts'

const front = ['README.md', 'CONTRIBUTING.md', 'packages/detect/README.md']
const pages: SourceFile[] = [
  ...front.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
  ...readSources(['docs'], ['.md']),
]
const blocks = pages.flatMap(readBlocks)
const of = (language: string): CodeBlock[] => blocks.filter((block) => block.language === language)
const nameOf = ({ path, line }: CodeBlock): string => `${path}:${line}`

/** What a block may be: run, type-checked, parsed, something that only people read, or run by the test of its subject. */
const LANGUAGES = ['ts', 'sh', 'json', 'ndjson', 'text', 'python']

/** The only commands that a block may ask a reader to type without the tests typing them: `npm start` ends when it is stopped. */
const NOT_RUN = ['npm ci', 'npm test', 'npm start', 'npm i @heedful/detect']

const scratch = join(ROOT, '.tmp', 'docs')
const fileOf = ({ path, line }: CodeBlock): string => join(scratch, `${path.replaceAll(/[/.]/g, '-')}-${line}.ts`)

it('every block says what it is', () => {
  const unknown = blocks.filter(({ language }) => !LANGUAGES.includes(language))
  expect(unknown.map((block) => `${nameOf(block)}: "${block.language}" is none of ${LANGUAGES.join(', ')}`)).toEqual([])
})

describe('links', () => {
  const drawings = readSources(['docs'], ['.svg'])
  const own = [...pages, ...drawings]
    .flatMap(readLinks)
    .filter(({ target }) => !/^(https?:|mailto:|#|data:)/.test(target))
  const fileOf = ({ path, target }: Link): string => join(ROOT, dirname(path), target.split('#')[0] as string)

  it('lead somewhere', () => {
    const dead = own.filter((link) => !existsSync(fileOf(link)))
    expect(dead.map(({ path, line, target }) => `${path}:${line} links to ${target}, which is not there`)).toEqual([])
  })

  it('that name a thing in code lead to the file that has it', () => {
    const naming = own.filter(
      (link) => link.named !== undefined && link.target.endsWith('.ts') && existsSync(fileOf(link)),
    )
    expect(naming.length).toBeGreaterThan(0)
    const wrong = naming.filter((link) => {
      const exported = new RegExp(`^export .*\\b${link.named}\\b`, 'm')
      return !link.target.includes(link.named as string) && !exported.test(readFileSync(fileOf(link), 'utf8'))
    })
    expect(wrong.map(({ path, line, named, target }) => `${path}:${line}: ${target} exports no ${named}`)).toEqual([])
  })
})

describe('TypeScript', () => {
  const written = of('ts')

  beforeAll(() => {
    mkdirSync(scratch, { recursive: true })
    for (const block of written) writeFileSync(fileOf(block), block.code)
  })
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('type-checks', () => {
    const config = ts.readConfigFile(join(ROOT, 'tests', 'tsconfig.json'), ts.sys.readFile)
    const { options } = ts.parseJsonConfigFileContent(
      { ...config.config, include: [], files: [] },
      ts.sys,
      join(ROOT, 'tests'),
    )
    const program = ts.createProgram(written.map(fileOf), options)
    const ours = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.startsWith(scratch))
    const said = ours.map(({ file, start, messageText }) => {
      const block = written.find((candidate) => fileOf(candidate) === file?.fileName) as CodeBlock
      const line = block.line + (file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1
      return `${block.path}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
    expect(said).toEqual([])
  })

  it.each(written.map((block) => [nameOf(block), block] as const))('%s runs', async (_, block) => {
    await import(fileOf(block))
  })
})

it('JSON parses', () => {
  for (const { code } of of('json')) JSON.parse(code)
  for (const { code } of of('ndjson')) for (const line of code.trim().split('\n')) JSON.parse(line)
})

const env = { ...process.env, NO_COLOR: '1' }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Commands that go on until they are stopped run beside the ones below them, as in windows of their own; on `port`, as 8787 may be taken. */
function runLive(code: string, cwd: string, port: number): void {
  const lines = code.replaceAll('8787', String(port)).split('\n')
  const script = lines.map((line) => {
    const command = line.replace(/\s+#.*$/, '')
    if (!/^npx heedful (serve|tail) /.test(command)) return command
    const ready = command.startsWith('npx heedful serve')
      ? `curl -fs --retry 60 --retry-connrefused --retry-delay 1 http://localhost:${port}/readyz`
      : 'sleep 3'
    const own = command.startsWith('npx heedful serve') && !command.includes('--port') ? ` --port ${port}` : ''
    return `${command}${own} & started+=($!)\n${ready}\nkill -0 $!`
  })
  // Job control, so that what npx itself started is stopped with it.
  const stop = 'set -m; started=(); trap \'for one in "$' + '{started[@]}"; do kill -- "-$one"; done; wait\' EXIT'
  execFileSync('bash', ['-euo', 'pipefail', '-c', [stop, ...script].join('\n')], {
    cwd,
    stdio: 'pipe',
    env,
    timeout: 100_000,
  })
}

describe('shell', () => {
  const typed = of('sh').filter(({ note }) => note === '')
  const live = of('sh').filter(({ note }) => note === 'live')
  let copy: TemporaryCopy | undefined

  beforeAll(() => {
    copy = makeTemporaryCopy()
    // The log that a reader would have.
    copyFileSync(join(ROOT, 'packages/stream/src/sources/auth-log/fixtures/auth.log'), join(copy.path, 'auth.log'))
  })
  afterAll(() => copy?.remove())

  it('only installing and testing itself is not run', () => {
    const left = of('sh').filter(({ note }) => note === 'no-run')
    const lines = left.flatMap(({ code }) =>
      code
        .trim()
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, '')),
    )
    expect(lines.filter((line) => !NOT_RUN.includes(line))).toEqual([])
  })

  it.each(typed.map((block) => [nameOf(block), block.code] as const))('%s runs', { timeout: 240_000 }, (_, code) => {
    const cwd = copy?.path as string
    execFileSync('bash', ['-euo', 'pipefail', '-c', code], { cwd, stdio: 'pipe', env })
  })

  it.each(live.map((block) => [nameOf(block), block.code] as const))(
    '%s runs, live',
    { timeout: 120_000 },
    async (_, code) => {
      runLive(code, copy?.path as string, await freePort())
    },
  )
})
