/** The house: which way imports point, what pure rooms leave alone, and that registries and folders agree. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  checkCycles,
  checkDependencies,
  checkNode,
  checkRooms,
  checkSimulator,
  checkWorkspaces,
} from './house/arrows.ts'
import { checkBans, checkLength, checkNames } from './house/bans.ts'
import { readImports } from './house/imports.ts'
import { checkEntriesApart, checkIds, checkRegistry } from './house/registries.ts'
import { isGenerated, isTest, ROOT, readSources, type SourceFile, workspaceOf } from './house/sources.ts'

const files = readSources(['packages', 'apps'])
const sources = files.filter(({ path }) => path.includes('/src/'))
const imports = sources.flatMap(readImports)
const registries = sources.filter(({ path }) => path.endsWith('/registry.ts'))

/** What a made-up file would be told. */
const told = (path: string, text: string, check: (imports: ReturnType<typeof readImports>) => string[]): string[] =>
  check(readImports({ path, text }))

function listDependencies(): Map<string, string[]> {
  const workspaces = new Set(sources.map(({ path }) => workspaceOf(path) as string))
  const read = (workspace: string): string[] => {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(
      readFileSync(join(ROOT, workspace, 'package.json'), 'utf8'),
    )
    return [...Object.keys(dependencies), ...Object.keys(peerDependencies)]
  }
  return new Map([...workspaces].map((workspace) => [workspace, read(workspace)]))
}

it('reads the project at all', () => {
  expect(sources.length).toBeGreaterThan(20)
  expect(imports.length).toBeGreaterThan(20)
})

describe('arrows between workspaces run one way', () => {
  it('in the project', () => expect(checkWorkspaces(imports)).toEqual([]))

  it.each([
    ['packages/detect/src/a.ts', "import '@heedful/stream'", 'no arrow runs from packages/detect to packages/stream'],
    ['packages/stream/src/a.ts', "import type { X } from '@heedful/simulate/x'", 'no arrow runs from packages/stream'],
    ['packages/stream/src/a.ts', "export * from '@heedful/neural'", 'no arrow runs from packages/stream'],
    ['packages/simulate/src/a.ts', "await import('heedful')", 'no arrow runs from packages/simulate to apps/heedful'],
    ['apps/dashboard/src/a.tsx', "import '@heedful/detect'", 'no arrow runs from apps/dashboard'],
    ['packages/stream/src/a.ts', "import '../../detect/src/index.ts'", 'by a relative path'],
  ])('a file %s with %s is told', (path, text, sentence) => {
    expect(told(path, text, checkWorkspaces)).toEqual([expect.stringContaining(sentence)])
  })

  it('lets the right ones pass', () => {
    expect(told('packages/stream/src/a.ts', "import '@heedful/detect'", checkWorkspaces)).toEqual([])
    expect(told('apps/heedful/src/a.ts', "import '@heedful/neural'", checkWorkspaces)).toEqual([])
    expect(
      told(
        'packages/detect/src/a.ts',
        "// import '@heedful/stream'\nconst a = `import '@heedful/stream'`",
        checkWorkspaces,
      ),
    ).toEqual([])
  })
})

describe('the simulator knows nothing of what it measures', () => {
  it('in the project', () => expect(checkSimulator(imports)).toEqual([]))

  it.each([
    "import { openFold } from '@heedful/stream'",
    "import { place } from '@heedful/stream/enrich/place'",
    "import { isolationForest } from '@heedful/detect'",
    "import type { Live } from '@heedful/detect/contracts/algorithm'",
  ])('%s is told', (text) => {
    expect(told('packages/simulate/src/a.ts', text, checkSimulator)).toEqual([
      expect.stringContaining('nothing of what it measures'),
    ])
  })

  it('may use the vocabulary and random numbers', () => {
    const text = `
      import type { Event } from '@heedful/stream'
      import type { Event as Again } from '@heedful/stream/event'
      import { createRandom, type Random } from '@heedful/detect'
      import { createRandom as again } from '@heedful/detect/contracts/random'
      import './other.ts'`
    expect(told('packages/simulate/src/a.ts', text, checkSimulator)).toEqual([])
  })
})

describe('arrows between rooms run one way', () => {
  it('in the project', () => expect(checkRooms(imports)).toEqual([]))

  it.each([
    ['packages/detect/src/contracts/a.ts', '../numerics/gamma.ts', 'contracts/ may import nothing, not numerics/'],
    ['packages/detect/src/numerics/a.ts', '../detectors/table/x.ts', 'numerics/ may import'],
    ['packages/stream/src/event.ts', './log.ts', 'event/ may import nothing'],
    ['packages/stream/src/sources/authlog/a.ts', '../../pipeline.ts', 'not pipeline/'],
    ['packages/stream/src/behaviours/a.ts', '../memory/habit.ts', 'not memory/'],
    ['packages/stream/src/features/a.ts', '../behaviours/burst.ts', 'not behaviours/'],
    ['packages/stream/src/memory/a.ts', '../features/week.ts', 'not features/'],
    ['packages/stream/src/weigh/a.ts', '../decide/alert.ts', 'not decide/'],
    ['packages/stream/src/decide/a.ts', '../pipeline.ts', 'not pipeline/'],
  ])('a file %s that imports %s is told', (path, target, sentence) => {
    expect(told(path, `import type { X } from '${target}'`, checkRooms)).toEqual([expect.stringContaining(sentence)])
  })

  it('lets a test look into other rooms, and the journey into all', () => {
    expect(told('packages/stream/src/behaviours/a.test.ts', "import '../memory/habit.ts'", checkRooms)).toEqual([])
    expect(told('packages/stream/src/pipeline.ts', "import './decide/alert.ts'", checkRooms)).toEqual([])
    expect(told('packages/stream/src/memory/a.ts', "import '../features/feature.ts'", checkRooms)).toEqual([])
  })
})

describe('no files import each other in a circle', () => {
  it('in the project', () => expect(checkCycles(imports)).toEqual([]))

  it('three made-up files are told', () => {
    const circle = ['a', 'b', 'c'].flatMap((name, i) =>
      readImports({ path: `packages/x/src/${name}.ts`, text: `import './${'bca'[i]}.ts'` }),
    )
    expect(checkCycles(circle)).toEqual([
      expect.stringContaining('a.ts → packages/x/src/b.ts → packages/x/src/c.ts → packages/x/src/a.ts'),
    ])
    expect(checkCycles(circle.slice(1))).toEqual([])
    expect(checkCycles(circle.map((one) => ({ ...one, typeOnly: true })))).toEqual([])
  })
})

describe('packages open nothing', () => {
  it('in the project', () => expect(checkNode(imports)).toEqual([]))

  it('a made-up file is told; its test and the app are not', () => {
    const text = "import { readFileSync } from 'node:fs'"
    expect(told('packages/stream/src/a.ts', text, checkNode)).toEqual([expect.stringContaining('packages are pure')])
    expect(told('packages/stream/src/a.test.ts', text, checkNode)).toEqual([])
    expect(told('apps/heedful/src/a.ts', text, checkNode)).toEqual([])
  })
})

describe('what is imported is listed', () => {
  it('in the project', () => expect(checkDependencies(imports, listDependencies())).toEqual([]))

  it('a made-up file is told', () => {
    const listed = new Map([['packages/detect', []]])
    expect(
      told('packages/detect/src/a.ts', "import x from 'left-pad/x'", (read) => checkDependencies(read, listed)),
    ).toEqual(['packages/detect/src/a.ts:1 imports left-pad, which packages/detect/package.json does not list.'])
  })
})

describe('nothing that machines disagree about', () => {
  const pure = sources.filter(({ path }) => path.startsWith('packages/') && !isTest(path) && !isGenerated(path))

  it('in the project', () => expect(pure.flatMap(checkBans)).toEqual([]))

  it.each([
    'x ** 2',
    'x **= 2',
    'Math.pow(x, 2)',
    'Math.random()',
    'Date.now()',
    'new Date()',
    'new Date(2026, 1, 1)',
    'Date()',
    'date.getHours()',
    'date.getDay()',
    'date.setDate(1)',
    'date.getTimezoneOffset()',
    'a.localeCompare(b)',
    'date.toLocaleString()',
    '["b", "a"].sort((a, b) => a.localeCompare(b))',
  ])('%s is told', (text) => {
    expect(checkBans({ path: 'a.ts', text })).toEqual([expect.stringMatching(/^a\.ts:1 uses .+: .+\.$/)])
  })

  it('lets what is the same everywhere pass', () => {
    const text =
      '/* x ** 2 */ const s = "Date.now()"; new Date(5).getUTCHours(); Date.UTC(2026, 1, 1); Math.exp(x); a < b'
    expect(checkBans({ path: 'a.ts', text })).toEqual([])
  })
})

describe('small files with names that say something', () => {
  const ours = files.filter(({ path }) => !isGenerated(path))

  it('no file is longer than 400 lines', () => expect(ours.flatMap(checkLength)).toEqual([]))
  it('no name is vague', () => expect(ours.flatMap(checkNames)).toEqual([]))

  it('a made-up file is told', () => {
    expect(checkLength({ path: 'a.ts', text: 'x\n'.repeat(401) })).toEqual([expect.stringContaining('401 lines')])
    expect(checkLength({ path: 'a.ts', text: 'x\n'.repeat(400) })).toEqual([])
    for (const path of ['packages/x/src/utils.ts', 'packages/x/src/helpers/a.ts', 'apps/x/src/common.ts']) {
      expect(checkNames({ path, text: '' })).toHaveLength(1)
    }
    expect(checkNames({ path: 'packages/x/src/commons/uncommon.ts', text: '' })).toEqual([])
  })
})

describe('registries and folders hold the same names', () => {
  /** A registry exports a list of things with ids, or a Map by id. */
  const idsOf = async (registry: SourceFile): Promise<(string | undefined)[]> => {
    const exported: unknown[] = Object.values(await import(join(ROOT, registry.path)))
    return exported.flatMap((value) => {
      if (value instanceof Map) return [...value.keys()]
      return Array.isArray(value) ? value.map(({ id }) => id) : []
    })
  }

  it.each(registries)('$path', async (registry) => {
    expect(checkRegistry(registry, sources, imports)).toEqual([])
    expect(checkEntriesApart(registry, imports)).toEqual([])
    // The simulator's attacks are composed of what its registry imports, and have no ids of files.
    if (registry.path.startsWith('packages/simulate/')) return
    const ids = await idsOf(registry)
    expect(ids).not.toContain(undefined)
    expect(checkIds(registry, ids as string[])).toEqual([])
  })

  it('made-up ones are told', () => {
    const registry = {
      path: 'packages/x/src/things/registry.ts',
      text: "import { a } from './a.ts'\nimport { b } from './b/b.ts'",
    }
    const paths = ['a', 'b/b', 'c', 'd/d', 'base', 'a.test'].map((name) => `packages/x/src/things/${name}.ts`)
    const around = paths.map((path) => ({ path, text: path.endsWith('/a.ts') ? "import './base.ts'" : '' }))
    const all = [registry, ...around]
    expect(checkRegistry(registry, all, all.flatMap(readImports))).toEqual([
      expect.stringContaining('c stands below packages/x/src/things'),
      expect.stringContaining('d stands below packages/x/src/things'),
    ])
    expect(checkIds(registry, ['a', 'b'])).toEqual([])
    const crossing = { path: 'packages/x/src/things/b/b.ts', text: "import '../e/e.ts'\nimport '../json/j.ts'" }
    const two = { ...registry, text: "import { b } from './b/b.ts'\nimport { e } from './e/e.ts'" }
    expect(checkEntriesApart(two, readImports(crossing))).toEqual([
      expect.stringContaining('b/b.ts:1 imports e: an entry'),
    ])
    expect(checkIds(registry, ['a', 'a', 'x'])).toEqual([
      expect.stringContaining('holds "x", but imports no file'),
      expect.stringContaining('imports b, but holds nothing'),
      expect.stringContaining('holds "a" twice'),
    ])
  })
})
