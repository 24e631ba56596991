/** The promises of behaviours, over every one that is registered. */
import { type Behaviour, behaviour } from '@heedful/stream/behaviours/behaviour'
import { behaviours } from '@heedful/stream/behaviours/registry'
import type { Feature } from '@heedful/stream/features/feature'
import { features } from '@heedful/stream/features/registry'
import { describe, expect, it } from 'vitest'
import {
  checkDescription,
  checkExpectedIsLeastStrange,
  checkExplains,
  checkScores,
  type Reading,
  readLife,
} from './house/behaviour-checks.ts'
import { wander } from './house/wandering-events.ts'

const events = [...wander('behaviours', 1500)]

const PROMISES: Record<string, (behaviour: Behaviour, readings: readonly Reading[]) => string[]> = {
  'describes itself': checkDescription,
  'its scores are numbers, its own surprise is bounded': checkScores,
  'what was expected is never stranger': checkExpectedIsLeastStrange,
  'speaks in whole sentences': checkExplains,
}

describe.each(behaviours.map((one) => [one.id, one] as const))('%s', (_, one) => {
  const readings = readLife(one, events)

  it('reads a registered feature, and that feature speaks', () => {
    expect(features).toContain(one.reads)
    expect(readings.length).toBeGreaterThan(20)
  })

  it.each(Object.keys(PROMISES))('%s', (promise) => {
    expect(PROMISES[promise]?.(one, readings)).toEqual([])
  })
})

it('every feature is read by a behaviour', () => {
  const read = new Set(behaviours.map(({ reads }) => reads))
  expect(features.filter((feature) => !read.has(feature)).map(({ id }) => id)).toEqual([])
})

/** A behaviour that keeps every promise; each twin below breaks one. */
const length: Feature<{ seen: number }, { length: number }> = {
  id: 'length',
  version: 1,
  about: 'user',
  summary: 'Length of a name.',
  start: () => ({ seen: 0 }),
  read: (_, { event }) => ({ length: event.user?.name.length ?? 0 }),
  tell: (_, { event }) => ({ observed: `a name of ${event.user?.name.length ?? 0}`, expected: 'a name of 5' }),
  maturity: (memory) => memory.seen,
}
const good = behaviour<{ length: number }>({
  id: 'long_name',
  family: 'reach',
  title: 'Long name',
  techniques: ['T1078'],
  needsHabit: true,
  reads: length,
  score: (values) => values.length,
  expected: () => ({ length: 1 }),
  explain: (_, { observed, expected }) => ({ text: `Long name: ${observed}.`, observed, expected, normal: expected }),
})

const TWINS: Record<string, Partial<Behaviour>> = {
  'describes itself': { needsHabit: false },
  'its scores are numbers, its own surprise is bounded': { score: () => Number.POSITIVE_INFINITY },
  'what was expected is never stranger': { score: (values) => -(values['length'] as number) },
  'speaks in whole sentences': {
    explain: () => ({ text: 'Long name: undefined.', observed: 'a', expected: 'b', normal: 'c' }),
  },
}

describe('each promise can be broken', () => {
  it.each(Object.entries(PROMISES))('%s', (name, promise) => {
    expect(promise(good, readLife(good, events))).toEqual([])
    const twin = { ...good, ...TWINS[name] }
    expect(promise(twin, readLife(twin, events)).length).toBeGreaterThan(0)
  })
})
