import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { detectors } from './registry.ts'

const KINDS = ['table'] as const

it('the folder of each kind and the registry hold the same names', () => {
  for (const kind of KINDS) {
    const files = readdirSync(join(import.meta.dirname, kind)).filter((file) => /^[^.]+\.ts$/.test(file))
    const held = detectors.filter((detector) => detector.kind === kind).map(({ id }) => id)
    expect(held).toEqual(files.map((file) => file.slice(0, -3)).sort())
  }
})
