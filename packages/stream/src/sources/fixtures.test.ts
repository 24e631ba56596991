import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { comparable, drive, type Expected } from '../conformance/drive-source.ts'
import { readFixtures } from '../conformance/read-fixtures.fixture.ts'
import { sources } from './registry.ts'

/** Set to rewrite what is expected; then read the difference. */
const REWRITE = process.env['HEEDFUL_REWRITE_FIXTURES'] === '1'

describe.each(readFixtures())('$name', ({ source, lines, expected }) => {
  test('reads its fixture as expected', () => {
    const known = JSON.parse(readFileSync(expected, 'utf8')) as Expected
    const run = drive(source, lines, known)
    const found: Expected = {
      ...known,
      events: comparable(run.events, known.volatile),
      absorbed: Object.fromEntries([...run.absorbed].sort()),
      refused: run.refused.map(({ line, reason }) => ({ line, reason })),
    }
    if (REWRITE) writeFileSync(expected, `${JSON.stringify(found, null, 2)}\n`)
    else expect(found).toEqual(known)
  })

  test('is recognised by its own fixture better than any other format', () => {
    const score = source.sniff(lines.slice(0, 200))
    expect(score).toBeGreaterThan(0.7)
    for (const other of sources.values()) if (other.id !== source.id) expect(other.sniff(lines)).toBeLessThan(score)
  })
})
