/** The fixtures that stand beside a source: for the tests of sources only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sources } from '../sources/registry.ts'
import type { Source } from '../sources/source.ts'

export interface Fixture {
  name: string
  /** Of a format that is described: bound to the fixture's `mapping.json`. */
  source: Source
  lines: string[]
  /** Where the expected events stand. */
  expected: string
}

function readFixture(name: string, source: Source, folder: string): Fixture {
  const mapping = join(folder, 'mapping.json')
  const file = readdirSync(folder).find((one) => one !== 'expected.json' && one !== 'mapping.json') as string
  return {
    name,
    source: existsSync(mapping) ? (source.readBy?.(readFileSync(mapping, 'utf8')) as Source) : source,
    lines: readFileSync(join(folder, file), 'utf8').replace(/\n$/, '').split('\n'),
    expected: join(folder, 'expected.json'),
  }
}

/** One of each source, or one of each folder in its `fixtures/`. */
export function readFixtures(): Fixture[] {
  return [...sources.values()].flatMap((source) => {
    const folder = fileURLToPath(new URL(`../sources/${source.id}/fixtures`, import.meta.url))
    const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    if (inner.length === 0) return [readFixture(source.id, source, folder)]
    return inner.map(({ name }) => readFixture(`${source.id} ${name}`, source, join(folder, name)))
  })
}
