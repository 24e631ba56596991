import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { preparers } from '../prepare/registry.ts'
import { preparationCheckNames, tryPreparation } from './preparation-checks.ts'
import { honestPreparer, preparationTwins } from './preparation-twins.fixture.ts'

describe('every preparer of the registry', () => {
  const cases = preparers.flatMap((preparer) =>
    preparationCheckNames.map((check) => [preparer.id, check, preparer] as const),
  )
  it.each(cases)('%s: %s', (_, check, preparer) => {
    tryPreparation(preparer, check)
  })

  it('is a file of the folder, and every preparer of the folder is in the registry', () => {
    const folder = join(import.meta.dirname, '../prepare')
    const files = readdirSync(folder).filter((file) => /^[^.]+\.ts$/.test(file))
    const defining = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes('definePreparer<'))
    expect(preparers.map(({ id }) => `${id}.ts`)).toEqual(defining.sort())
  })
})

describe('every check', () => {
  it.each(preparationCheckNames)('%s is passed by an honest preparer', (check) => {
    tryPreparation(honestPreparer, check)
  })

  const twins = preparationCheckNames.flatMap((check) =>
    preparationTwins[check].map((twin, i) => [check, i, twin] as const),
  )
  it.each(twins)('%s catches preparer %i that breaks it', (check, _, twin) => {
    expect(() => tryPreparation(twin, check)).toThrow(expect.objectContaining({ code: 'promise-broken' }))
  })
})
