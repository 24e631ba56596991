/** The promises of features, over every one that is registered. */
import type { Feature } from '@heedful/stream/features/feature'
import { features } from '@heedful/stream/features/registry'
import { describe, expect, it } from 'vitest'
import {
  type AnyFeature,
  checkAskingChangesNothing,
  checkDescription,
  checkMemoryIsBounded,
  checkMemoryIsPlain,
  checkNumbers,
  checkPastStays,
} from './house/feature-checks.ts'
import { wander } from './house/wandering-events.ts'

const ordinary = wander('ordinary', 300)
const hostile = wander('hostile', 300, true)
const long = wander('long', 3000)
const MOST_BYTES = 6144

const PROMISES: Record<string, (feature: AnyFeature) => string[]> = {
  'describes itself': checkDescription,
  'asking changes nothing': (feature) => checkAskingChangesNothing(feature, ordinary),
  'its memory is plain: a copy goes on alike': (feature) => checkMemoryIsPlain(feature, ordinary),
  'the future does not change the past': (feature) => checkPastStays(feature, ordinary),
  'numbers are numbers and words are words': (feature) => checkNumbers(feature, ordinary),
  'names that hurt do no harm': (feature) => [
    ...checkAskingChangesNothing(feature, hostile),
    ...checkMemoryIsPlain(feature, hostile),
    ...checkNumbers(feature, hostile),
  ],
  'its memory of one entity is bounded': (feature) => checkMemoryIsBounded(feature, long, MOST_BYTES),
}

describe.each(features.map((feature) => [feature.id, feature] as const))('%s', (_, feature) => {
  it.each(Object.keys(PROMISES))('%s', (promise) => {
    expect(PROMISES[promise]?.(feature)).toEqual([])
  })
})

/** A feature that keeps every promise; each twin below breaks one. */
const counter: Feature<{ names: string[] }, { count: number }> = {
  id: 'counter',
  version: 1,
  about: 'user',
  summary: 'Counts names.',
  start: () => ({ names: [] }),
  read: (memory) => ({ count: memory.names.length }),
  tell: (memory) => ({ observed: 'one', expected: `${memory.names.length} names` }),
  maturity: (memory) => memory.names.length,
  note: (memory, { event }) => {
    memory.names = [event.user?.name ?? '', ...memory.names].slice(0, 5)
  },
}

const moved: { count: number } = { count: 0 }
const beside = new WeakMap<object, number>()
const TWINS: Record<string, Partial<typeof counter>> = {
  'describes itself': { version: 2 },
  'asking changes nothing': {
    read: (memory) => ({ count: memory.names.push('asked') }),
  },
  'its memory is plain: a copy goes on alike': {
    note: (memory) => {
      beside.set(memory, (beside.get(memory) ?? 0) + 1)
    },
    read: (memory) => ({ count: beside.get(memory) ?? 0 }),
  },
  'the future does not change the past': {
    read: () => {
      moved.count++
      return moved
    },
  },
  'numbers are numbers and words are words': { read: (memory) => ({ count: 1 / memory.names.length }) },
  'names that hurt do no harm': {
    note: (memory, { event }) => {
      const table: Record<string, string[]> = {}
      const name = event.user?.name ?? ''
      if (table[name] === undefined) table[name] = []
      table[name].push('seen')
      memory.names = table[name].slice(0, 5)
    },
  },
  'its memory of one entity is bounded': {
    note: (memory, { event }) => {
      memory.names.push(event.user?.name ?? '')
    },
  },
}

describe('each promise can be broken', () => {
  it('and a good feature breaks none', () => {
    for (const promise of Object.values(PROMISES)) expect(promise(counter)).toEqual([])
  })

  it.each(Object.keys(PROMISES))('%s', (promise) => {
    const twin = { ...counter, ...TWINS[promise] }
    let told: string[]
    try {
      told = PROMISES[promise]?.(twin) ?? []
    } catch (error) {
      told = [(error as Error).message]
    }
    expect(told.length).toBeGreaterThan(0)
  })
})
