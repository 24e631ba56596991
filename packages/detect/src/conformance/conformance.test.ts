import { describe, expect, it } from 'vitest'
import type { CheckName } from '../contracts/check-name.ts'
import { assertKept, checkNames, conform } from './conform.ts'
import { honest, subjectOf } from './honest.fixture.ts'
import { twins } from './twins.fixture.ts'

const subject = subjectOf(honest)

describe('every check', () => {
  it('is passed by an honest detector', async () => {
    const verdicts = await conform(subject)
    expect(verdicts.filter(({ outcome }) => outcome !== 'kept')).toEqual([])
    expect(verdicts.map(({ check }) => check)).toEqual(checkNames)
    assertKept(subject, verdicts)
  })

  const cases = checkNames.flatMap((name) =>
    Object.entries(twins[name]).map(([how, twin]) => [name, how, twin] as const),
  )
  it.each(cases)('%s catches a detector that breaks it: %s', async (name, _, twin) => {
    const [verdict] = await conform(twin, [name])
    expect(verdict).toMatchObject({ check: name, outcome: 'broken' })
    expect(() => assertKept(twin, [verdict!])).toThrow(verdict!.promise)
  })

  it('gives the same verdicts at other seeds', async () => {
    for (const seed of [2, 3]) assertKept(subject, await conform(subject, checkNames, seed))
  })
})

describe('exemptions', () => {
  const name: CheckName = 'trust-0-changes-no-belief'
  const exempt = { [name]: 'it trusts everyone' }

  it('excuse a promise that is broken', async () => {
    const broken = Object.values(twins[name])[0]!
    const verdicts = await conform({ ...broken, detector: { ...broken.detector, exempt } }, [name])
    expect(verdicts[0]).toMatchObject({ outcome: 'exempt', why: 'it trusts everyone' })
    assertKept(broken, verdicts)
  })

  it('fail when the promise is kept', async () => {
    const verdicts = await conform({ ...subject, detector: { ...subject.detector, exempt } }, [name])
    expect(verdicts[0]!.outcome).toBe('exemption-outdated')
    expect(() => assertKept(subject, verdicts)).toThrow(/remove the exemption/)
  })
})
