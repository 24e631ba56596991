import { encode } from '@heedful/detect/contracts/codec'
import type { Plain } from '@heedful/detect/contracts/plain'
import { describe, expect, it } from 'vitest'
import { behaviours } from '../behaviours/registry.ts'
import type { Feature, Seen, Surroundings, Values } from '../features/feature.ts'
import { features } from '../features/registry.ts'
import { Around } from '../memory/around.ts'
import { Packer } from '../memory/packer.ts'
import { type Mix, seenEvents } from './events.ts'

type AnyFeature = Feature<unknown, Values>
type Check = (feature: AnyFeature) => void

const surroundings = (): Surroundings => ({ around: new Around(), group: '' })
const everyday: Mix = { count: 400, seed: 1 }

/** Everything that a fold asks of a feature, in the fold's order. */
function live(feature: AnyFeature, memory: unknown, seen: Seen, around: Surroundings): Values | undefined {
  const captured = feature.capture?.(memory, seen)
  const values = feature.read(memory, seen, around)
  feature.note?.(memory, seen)
  if (seen.event.status === 'success') feature.learn?.(memory, seen, around, captured)
  return values
}

const bytes = (memory: unknown): string => Buffer.from(encode(memory as Plain)).toString('base64')

const checks: Record<string, Check> = {
  'Asking changes nothing.': (feature) => {
    const around = surroundings()
    const memory = feature.start()
    for (const seen of seenEvents(everyday, around.around)) {
      const before = bytes(memory)
      feature.read(memory, seen, around)
      feature.capture?.(memory, seen)
      feature.tell(memory, seen, around)
      feature.maturity(memory)
      feature.portrait?.(memory, around)
      expect(bytes(memory)).toBe(before)
      live(feature, memory, seen, around)
    }
  },
  'The future does not change the past.': (feature) => {
    const run = (count: number) => {
      const around = surroundings()
      const memory = feature.start()
      return [...seenEvents({ ...everyday, count }, around.around)].map((seen) => live(feature, memory, seen, around))
    }
    expect(run(200)).toEqual(run(400).slice(0, 200))
  },
  'Memory is plain, and goes on the same when it was packed.': (feature) => {
    const around = surroundings()
    const again = surroundings()
    const memory = feature.start()
    const packer = new Packer()
    let saved = feature.start()
    for (const seen of seenEvents(everyday, around.around)) {
      saved = packer.unpack(packer.pack(saved, 0), 0)
      expect(live(feature, saved, seen, again)).toEqual(live(feature, memory, seen, around))
    }
    expect(bytes(saved)).toBe(bytes(memory))
  },
  'Memory is bounded.': (feature) => {
    const around = surroundings()
    const memory = feature.start()
    for (const seen of seenEvents({ count: 5000, seed: 2, unbounded: true }, around.around)) {
      live(feature, memory, seen, around)
    }
    expect(encode(memory as Plain).length).toBeLessThan(8192)
  },
  'A portrait is bounded, and of shares.': (feature) => {
    const around = surroundings()
    const memory = feature.start()
    for (const seen of seenEvents({ count: 3000, seed: 4, hostile: true, unbounded: true }, around.around)) {
      live(feature, memory, seen, around)
      around.around.tick()
      const { values = [], hours = [] } = feature.portrait?.(memory, around) ?? {}
      expect(values.length).toBeLessThanOrEqual(24)
      expect([0, 168]).toContain(hours.length)
      const shares = [...values.map(({ share }) => share), ...hours]
      expect(shares.every((share) => share >= 0)).toBe(true)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(1.01)
      for (const { value, peersShare } of values) {
        expect(value.length).toBeLessThanOrEqual(200)
        expect(Number.isNaN(peersShare) || (peersShare >= 0 && peersShare <= 1)).toBe(true)
      }
    }
  },
  'Hostile names are names.': (feature) => {
    const around = surroundings()
    const memory = feature.start()
    for (const seen of seenEvents({ count: 2000, seed: 3, hostile: true }, around.around)) {
      for (const value of Object.values(live(feature, memory, seen, around) ?? {})) expect(value).not.toBeNaN()
      feature.tell(memory, seen, around)
    }
  },
}

describe('every feature', () => {
  for (const feature of features as readonly AnyFeature[]) {
    describe(feature.id, () => {
      for (const [promise, check] of Object.entries(checks)) it(promise, () => check(feature))
    })
  }

  it('has an id and a summary of its own', () => {
    expect(new Set(features.map(({ id }) => id)).size).toBe(features.length)
    for (const { summary } of features) expect(summary).toMatch(/\.$/)
  })
})

/** One feature that breaks each promise: a check that lets its twin pass proves nothing. */
const sound: AnyFeature = {
  id: 'sound',
  version: 1,
  about: 'user',
  summary: 'Counts.',
  start: () => ({ seen: 0, list: [] as unknown[] }),
  read: (memory) => ({ seen: (memory as { seen: number }).seen }),
  tell: () => ({ observed: '', expected: '' }),
  maturity: () => 0,
  note: (memory) => {
    ;(memory as { seen: number }).seen++
  },
}
let leaked = 0
const breaking: Record<string, AnyFeature> = {
  'Asking changes nothing.': { ...sound, maturity: (memory) => ++(memory as { seen: number }).seen },
  'The future does not change the past.': { ...sound, read: () => ({ seen: leaked++ }) },
  'Memory is plain, and goes on the same when it was packed.': {
    ...sound,
    start: () =>
      new (class {
        seen = 0
        #hidden = 0
        next = () => ++this.#hidden
      })(),
    read: (memory) => ({ seen: (memory as { next: () => number }).next() }),
  },
  'Memory is bounded.': {
    ...sound,
    note: (memory, { event }) => {
      ;(memory as { list: unknown[] }).list.push(event.id)
    },
  },
  'A portrait is bounded, and of shares.': {
    ...sound,
    portrait: (memory) => ({
      values: Array.from({ length: Math.min(99, (memory as { seen: number }).seen) }, (_, i) => ({
        value: `${i}`,
        share: 0,
        peersShare: 0,
      })),
    }),
  },
  'Hostile names are names.': {
    ...sound,
    start: () => ({ counts: {} as Record<string, number> }),
    read: (memory, { event }) => ({
      seen: Number((memory as { counts: Record<string, number> }).counts[event.service ?? ''] ?? 0),
    }),
  },
}

describe('the checks themselves', () => {
  for (const [promise, check] of Object.entries(checks)) {
    it(`find who breaks "${promise}"`, () => {
      check(sound)
      expect(() => check(breaking[promise] as AnyFeature)).toThrow()
    })
  }
})

describe('every behaviour', () => {
  const readers = new Map<AnyFeature, (typeof behaviours)[number][]>()
  for (const behaviour of behaviours) {
    readers.set(behaviour.reads as AnyFeature, [...(readers.get(behaviour.reads as AnyFeature) ?? []), behaviour])
  }

  it('has an id of its own, and a feature that is registered', () => {
    expect(new Set(behaviours.map(({ id }) => id)).size).toBe(behaviours.length)
    for (const { reads } of behaviours) expect(features).toContain(reads)
  })

  it('names ATT&CK techniques', () => {
    for (const { techniques } of behaviours) {
      expect(techniques.length).toBeGreaterThan(0)
      for (const technique of techniques) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/)
    }
  })

  for (const [feature, reading] of readers) {
    for (const behaviour of reading) {
      it(`${behaviour.id}: scores are finite, the expected values give the lowest, and a reason has words`, () => {
        const around = surroundings()
        const memory = feature.start()
        let spoke = 0
        for (const seen of seenEvents({ ...everyday, hostile: true }, around.around)) {
          const values = feature.read(memory, seen, around)
          if (values !== undefined) {
            const score = behaviour.score(values)
            if (!Number.isNaN(score)) {
              spoke++
              expect(Number.isFinite(score)).toBe(true)
              expect(behaviour.score(behaviour.expected(values))).toBeLessThanOrEqual(score)
              const told = behaviour.explain(values, feature.tell(memory, seen, around))
              expect(told.text).toMatch(/\S/)
              expect(told.text).not.toMatch(/NaN|undefined|Infinity/)
            }
            const own = behaviour.surprise?.(values)
            if (own !== undefined && !Number.isNaN(own)) expect(own).toBeLessThanOrEqual(8)
          }
          live(feature, memory, seen, around)
        }
        expect(spoke).toBeGreaterThan(0)
      })
    }
  }
})
