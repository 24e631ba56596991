import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { detectors } from './registry.ts'

it('folder and registry hold the same names', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const names = files.map((file) => file.slice(0, -3)).filter((name) => name !== 'registry')
  expect(detectors.map(({ id }) => id)).toEqual(names.sort())
})
