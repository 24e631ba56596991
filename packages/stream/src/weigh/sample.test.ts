import { decode, encode } from '@heedful/detect/contracts/codec'
import type { Plain } from '@heedful/detect/contracts/plain'
import { createRandom } from '@heedful/detect/contracts/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAPACITY, Sample, type SampleState } from './sample.ts'

type Offer = [score: number, draw: number, owner: number]

function offersOf(count: number, seed: string, ownerOf: (i: number) => number): Offer[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, i) => [random.next(), random.integer(0x1_0000_0000), ownerOf(i)])
}

const reopened = (sample: Sample): Sample =>
  new Sample(decode(encode(sample.save() as unknown as Plain)) as unknown as SampleState)

/** Offers everything; the sample is asked after every `every` offers, as epochs end, and reopened where `cut`. */
function fed(offers: readonly Offer[], every: number, cut: boolean): { sample: Sample; sorted: Float64Array } {
  let sample = new Sample()
  let sorted: Float64Array | undefined
  offers.forEach(([score, draw, owner], i) => {
    sample.learn(score, draw, owner)
    if ((i + 1) % every !== 0) return
    sorted = sample.sorted(sorted)
    if (cut) sample = reopened(sample)
  })
  return { sample, sorted: sample.sorted(sorted) }
}

/** The slow twin: each owner's smallest draws, all of them sorted at once. */
function capped(offers: readonly Offer[], most: number): number[] {
  const held = new Map<number, number>()
  const kept = [...offers]
    .sort((a, b) => a[1] - b[1])
    .filter(([, , owner]) => {
      held.set(owner, (held.get(owner) ?? 0) + 1)
      return (held.get(owner) as number) <= most
    })
  return kept.map(([score]) => score).sort((a, b) => a - b)
}

describe('a sample', () => {
  it('holds what its slow twin holds, however often it was asked and reopened', () => {
    const owners = fc.integer({ min: 1, max: 4000 })
    fc.assert(
      fc.property(owners, fc.integer({ min: 50, max: 900 }), fc.boolean(), fc.nat(), (many, every, cut, seed) => {
        const offers = offersOf(3000, `twin ${seed}`, (i) => (i % 3 === 0 ? 0 : 1 + (i % many)))
        const owned = new Set(offers.map(([, , owner]) => owner)).size
        const { sorted } = fed(offers, every, cut)
        // Owners come early, so that the cap was never another one when the sample was asked.
        if (many <= every / 3) expect([...sorted]).toEqual(capped(offers, Math.max(20, Math.ceil(60_000 / owned))))
        expect([...sorted]).toEqual([...sorted].sort((a, b) => a - b))
        expect([...sorted]).toEqual([...fed(offers, every, !cut).sorted])
      }),
      { numRuns: 40, seed: 7 },
    )
  })

  it('leaves what was saved as it was, and so does one that was opened from it', () => {
    const offers = offersOf(90_000, 'saved', (i) => i % 3000)
    const sample = new Sample()
    const saved: { state: SampleState; copy: SampleState }[] = []
    const others: Sample[] = []
    for (const [i, [score, draw, owner]] of offers.entries()) {
      for (const one of [sample, ...others]) one.learn(score, draw, owner)
      if (i % 9001 === 0) {
        const state = sample.save()
        saved.push({ state, copy: structuredClone(state) })
        if (others.length < 3) others.push(new Sample(state))
      }
      if (i % 7000 === 0) sample.sorted(undefined)
    }
    expect(sample.bar).toBeLessThan(0xffff_ffff)
    for (const { state, copy } of saved)
      for (const name of ['scores', 'draws', 'owners'] as const)
        expect(Buffer.from(state[name].slice().buffer).equals(Buffer.from(copy[name].slice().buffer))).toBe(true)
  })

  it('is bounded, and all draws up to its bar are in it', () => {
    const offers = offersOf(120_000, 'bounded', (i) => i % 5000)
    const { sample, sorted } = fed(offers, 7000, false)
    expect(sorted.length).toBeGreaterThanOrEqual(CAPACITY * 0.95)
    expect(sorted.length).toBeLessThanOrEqual(1.25 * CAPACITY)
    expect(sample.bar).toBeLessThan(0xffff_ffff)
    const below = offers.filter(([, draw]) => draw <= sample.bar)
    expect([...sorted]).toEqual(capped(below, 20))
  })

  it('lets nobody fill it alone', () => {
    const offers = offersOf(20_000, 'loud', (i) => (i % 2 === 0 ? 1 : i))
    const loud = offers.map(([score, draw, owner]): Offer => [owner === 1 ? 5 : score, draw, owner])
    expect(fed(loud, 1000, false).sorted.filter((score) => score === 5)).toHaveLength(20)
  })
})
