import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verdict } from '@heedful/stream'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { splitFields } from '../enrichment/csv.ts'
import { csvField } from './csv-field.ts'
import { SCORES_HEADER, scoreLine } from './scores.ts'

const root = mkdtempSync(join(tmpdir(), 'heedful-scores-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const verdict = (event: string, id: string): Verdict => ({
  event,
  position: 1,
  time: 0,
  entity: { type: 'user', id },
  pValue: 0.5,
  modelled: false,
  risk: 1,
})

const HOSTILE = [
  '=cmd|"/c calc"!A1',
  '+1',
  '-2+3',
  '@SUM(A1)',
  "'=1",
  '＝1',
  '\t=1',
  '\r=1',
  '\n',
  'a;=1',
  'two\nlines',
  'cr\rlf\r\n',
  'nul\u0000nul',
  '"quoted", "twice"',
  '\u001b]0;owned\u0007',
  '\u202egnp.exe',
  '\ud800 half',
  'CORP\\ann',
  'CORP\\u0041nn',
  '\\\\u0000',
  '😀',
  ' spaces ',
  '',
]

/** How a reader gets a text back, as `docs/formats.md` says it. */
const readBack = (field: string) =>
  field
    .replace(/^'/, '')
    .replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

describe('a text of a stranger in a table', () => {
  it.each(HOSTILE)('%j comes back whole, is not calculated and moves no terminal', (text) => {
    const field = csvField(text)
    const [read = ''] = splitFields(field)
    expect(readBack(read)).toBe(text)
    expect(field.replace(/^"/, '')).not.toMatch(/^[=+\-@＝\t\r\n]/)
    expect(field.replace(/[\r\n]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  })

  it('comes back whole, whatever it is', () => {
    const pieces = fc.constantFrom(...HOSTILE, '\\', 'u0041', "'", '"', ',', '\u0000')
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((some) => some.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(readBack(splitFields(csvField(text))[0] as string)).toBe(text)
      }),
      {
        numRuns: 2000,
        seed: 5,
      },
    )
  })

  it("is what Python's csv reads, as the documentation reads it", (context) => {
    const guide = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8')
    const [, program = ''] = /```python\n([\s\S]*?)```/.exec(guide) ?? []
    expect(program).toContain('csv.reader')
    const rows = HOSTILE.map((text, i) => scoreLine(verdict(text, HOSTILE.at(-1 - i) as string)))
    writeFileSync(join(root, 'scores.csv'), SCORES_HEADER + rows.join(''))
    const print = 'import json; print(json.dumps(rows))'
    const { status, stdout, stderr, error } = spawnSync('python3', ['-c', `${program}\n${print}`], {
      cwd: root,
      encoding: 'utf8',
    })
    if (error !== undefined) return context.skip('there is no python3')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const [header, ...read] = JSON.parse(stdout) as string[][]
    expect(`${header?.join(',')}\n`).toBe(SCORES_HEADER)
    expect(read.map(([event]) => event)).toEqual(HOSTILE)
    expect(read.map(([, , entity]) => entity)).toEqual([...HOSTILE].reverse().map((text) => `user:${text}`))
    for (const row of read) expect(row).toHaveLength(6)
  })
})
