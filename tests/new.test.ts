/** The generator: what it writes compiles, is registered, and keeps the house's promises. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register } from '../scripts/registry-line.js'
import { makeTemporaryCopy, type TemporaryCopy } from './house/temporary-copy.ts'

describe('a line in a registry', () => {
  const line = { entry: 'fresh', from: './fresh.ts' }

  it('goes before the bracket that closes the list, and its import after the others', () => {
    const text =
      "import { old } from './old.ts'\n\nexport const things: readonly Thing<any>[] = [\n  old,\n]\n\nexport const other = [1]\n"
    expect(register(text, line)).toBe(
      "import { old } from './old.ts'\nimport { fresh } from './fresh.ts'\n\nexport const things: readonly Thing<any>[] = [\n  old,\n  fresh,\n]\n\nexport const other = [1]\n",
    )
  })

  it.each([
    ['an empty list', 'export const things: Thing[] = []\n', '[\n  fresh,\n]'],
    ['a list without its last comma', 'const things = [a, b]\n', '[a, b,\n  fresh,\n]'],
    ['a list inside a call', 'export const things = Object.freeze([a])\n', '[a,\n  fresh,\n])'],
    [
      'brackets in texts and comments',
      "const things = [\n  a, // ]\n  ']', [b],\n]\n",
      "[\n  a, // ]\n  ']', [b],\n  fresh,\n]",
    ],
  ])('goes into %s', (_, text, expected) => {
    expect(register(text, line)).toContain(expected)
  })

  it('goes to its place where the entries stand in the order of their files, and last where they do not', () => {
    const text = (...names: string[]) =>
      `${names.map((name) => `import { ${name} } from './${name}.ts'\n`).join('')}\nconst things = [${names.join(', ')}]\n`
    expect(register(text('apple', 'pear'), line)).toMatch(/\[apple,\s+fresh, pear\s+\]/)
    expect(register(text('apple', 'egg'), line)).toMatch(/\[apple, egg,\s+fresh,\s+\]/)
    expect(register(text('pear', 'apple'), line)).toMatch(/\[pear, apple,\s+fresh,\s+\]/)
  })

  it('is refused twice, and where there is no list', () => {
    expect(() => register('const fresh = [fresh]', line)).toThrow('names fresh already')
    expect(() => register('export const things = new Map()', line)).toThrow('no list')
    expect(() => register('const things = [a', line)).toThrow('never closed')
  })
})

describe('npm run new', { timeout: 120_000 }, () => {
  let copy: TemporaryCopy
  const at = (path: string): string => join(copy.path, path)
  const run = (...given: string[]) =>
    spawnSync(process.execPath, [at('scripts/new.js'), ...given], { encoding: 'utf8' })

  beforeAll(() => {
    copy = makeTemporaryCopy()
  })
  afterAll(() => copy.remove())

  const KINDS = [
    ['detector', 'packages/detect/src/detectors/table/made-up-thing.ts'],
    ['preparer', 'packages/detect/src/prepare/made-up-preparer.ts'],
    ['source', 'packages/stream/src/sources/made-up-thing/made-up-thing.ts'],
    ['feature', 'packages/stream/src/features/made-up-thing.ts'],
    ['behaviour', 'packages/stream/src/behaviours/made-up-thing.ts'],
  ] as const

  it.each(KINDS)('writes a %s once', (kind, path) => {
    const name = basename(path, '.ts')
    const first = run(kind, name)
    expect(first.stderr).toBe('')
    expect(first.status).toBe(0)
    expect(first.stdout).toContain('wrote ')
    const written = readFileSync(at(path), 'utf8')
    const again = run(kind, name)
    expect(again.status).toBe(2)
    expect(again.stderr).toContain('nothing is overwritten')
    expect(readFileSync(at(path), 'utf8')).toBe(written)
  })

  it('what it wrote compiles, is formatted, and passes the promises of its kind', () => {
    const node = (...given: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, given, { cwd: copy.path, encoding: 'utf8' })
      expect(status, `${given.join(' ')}\n${stdout}\n${stderr}`).toBe(0)
    }
    node(at('node_modules/typescript/bin/tsc'), '-b', 'packages/detect', 'packages/stream')
    const made = KINDS.map(([, path]) => path)
    node(at('node_modules/@biomejs/biome/bin/biome'), 'check', '--vcs-enabled=false', ...made)
    const suites = ['packages/detect/src/conformance', 'packages/stream/src/conformance', 'packages/stream/src/sources']
    const held = ['tests/architecture.test.ts', ...suites.filter((path) => existsSync(at(path)))]
    node(
      at('node_modules/vitest/vitest.mjs'),
      'run',
      ...held,
      '-t',
      'made-up-thing|made_up_thing|made-up-preparer|registries and folders',
    )
  })

  it.each([
    [['detector'], 'Say what to make'],
    [['gadget', 'x'], '"gadget" is no kind'],
    [['constructor', 'x'], '"constructor" is no kind'],
    [['feature', 'Camel'], 'is no name'],
    [['feature', '../escape'], 'is no name'],
    [['feature', 'a'.repeat(49)], 'is no name'],
    [['feature', 'default'], 'is taken'],
    [['feature', 'x', 'y'], 'Say what to make'],
  ])('%j is refused: %s', (given, why) => {
    const { status, stderr } = run(...given)
    expect(status).toBe(2)
    expect(stderr).toContain(why)
    expect(stderr).toContain('Usage: npm run new')
  })

  it('changes nothing in the project that was copied', () => {
    const changed = KINDS.filter(([, path]) => existsSync(join(import.meta.dirname, '..', path)))
    expect(changed).toEqual([])
  })
})
