import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readIso } from './read-iso.ts'

const built = fileURLToPath(new URL('../../dist/api/read-iso.js', import.meta.url))

it('is read, or refused', () => {
  const noon = Date.UTC(2026, 2, 4, 12)
  for (const text of ['2026-03-04T12:00', '2026-03-04T12:00:00', '2026-03-04T12:00Z', '2026-03-04T13:00:00.000+01:00'])
    expect([text, readIso(text, 'from')]).toEqual([text, noon])
  expect(readIso('2026-03-04', 'from')).toBe(Date.UTC(2026, 2, 4))
  for (const text of ['', 'noon', '2026-03-04 (about)', '2026-13-01', '2026-03-04T25:00Z', '20260304'])
    expect(() => readIso(text, 'from'), text).toThrow('is no time')
})

it('without a zone is UTC, wherever the server stands', (context) => {
  if (!existsSync(built)) return context.skip('the command is not built (npm run build)')
  const code = `import { readIso } from ${JSON.stringify(built)}; console.log(readIso('2026-03-04T12:00', 'from'), new Date(2026, 0, 1).getTimezoneOffset())`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, TZ: 'America/New_York' },
    encoding: 'utf8',
  })
  expect(stdout.trim()).toBe(`${Date.UTC(2026, 2, 4, 12)} 300`)
})
