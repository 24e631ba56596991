import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode } from '../contracts/codec.ts'
import { createRandom } from '../contracts/random.ts'
import { upperGamma } from '../numerics/gamma.ts'
import { Reservoir, type ReservoirState, startReservoir } from './reservoir.ts'

type Offer = [score: number, owner: string | null, draw: number]

function collected(offers: Offer[], state: ReservoirState): Reservoir {
  const reservoir = new Reservoir(state)
  for (const [score, owner, draw] of offers) reservoir.collect(score, owner, draw)
  return reservoir
}

/** The slow twin: keeps everything, then sorts. */
function sampleAtOnce(offers: Offer[], { cap, capacity }: ReservoirState): number[] {
  const lowest = offers.map(([score, owner, draw]) => ({ score, owner, draw })).sort((a, b) => a.draw - b.draw)
  const taken = new Map<string | null, number>()
  const capped = lowest.filter(({ owner }) => {
    const before = taken.get(owner) ?? 0
    taken.set(owner, before + 1)
    return owner === null || before < cap
  })
  return capped.slice(0, capacity).map(({ score }) => score)
}

const ascending = (scores: Iterable<number>) => [...scores].sort((a, b) => a - b)
const OWNERS = ['alice', 'bob', '__proto__', 'constructor', null]
const offers = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.constantFrom(...OWNERS)), { maxLength: 300 })
  .map((all) => {
    const random = createRandom('offers')
    return all.map(([score, owner]): Offer => [score, owner, random.next()])
  })
const settings = fc
  .record({ capacity: fc.integer({ min: 1, max: 60 }), cap: fc.integer({ min: 1, max: 30 }) })
  .map(startReservoir)

test('keeps what the slow twin keeps, in any order of arrival', () => {
  fc.assert(
    fc.property(offers, settings, fc.nat(), (all, state, turn) => {
      const expected = ascending(sampleAtOnce(all, state))
      expect(ascending(collected(all, state).scores())).toEqual(expected)
      const cut = all.length === 0 ? 0 : turn % all.length
      const turned = [...all.slice(cut), ...all.slice(0, cut)].reverse()
      expect(collected(turned, state).save()).toEqual(collected(all, state).save())
    }),
    { seed: 11 },
  )
})

test('saved in the middle or collected in two places and merged, it ends the same', () => {
  fc.assert(
    fc.property(offers, settings, fc.nat(300), (all, state, cut) => {
      const whole = collected(all, state).save()
      const saved = collected(all.slice(0, cut), state).save()
      expect(collected(all.slice(cut), saved).save()).toEqual(whole)
      const here = collected(all.slice(0, cut), state)
      here.merge(collected(all.slice(cut), state).save())
      expect(here.save()).toEqual(whole)
    }),
    { seed: 12 },
  )
})

test('never more than the capacity, nor more than the cap of one owner', () => {
  const random = createRandom('caps')
  const reservoir = new Reservoir(startReservoir({ capacity: 200, cap: 5 }))
  for (let i = 0; i < 20_000; i++) reservoir.collect(i, `user${random.integer(100)}`, random.next())
  const { owners, scores, seen } = reservoir.save()
  expect(scores.length).toBe(200)
  expect(seen).toBe(20_000)
  for (const owner of new Set(owners)) expect(owners.filter((one) => one === owner).length).toBeLessThanOrEqual(5)
})

test('every score of an owner is as likely kept, early or late', () => {
  const kept = new Float64Array(10)
  const random = createRandom('fair')
  for (let run = 0; run < 400; run++) {
    const reservoir = new Reservoir(startReservoir({ capacity: 100, cap: 5 }))
    for (let i = 0; i < 100; i++) reservoir.collect(i, 'one', random.next())
    for (const score of reservoir.scores()) kept[Math.floor(score / 10)]! += 1
  }
  const statistic = kept.reduce((sum, seen) => sum + ((seen - 200) * (seen - 200)) / 200, 0)
  expect(upperGamma(4.5, statistic / 2)).toBeGreaterThan(0.001)
})

test('with a half-life, scores two half-lives old are kept a quarter as often', () => {
  const random = createRandom('age')
  const reservoir = new Reservoir(startReservoir({ capacity: 500, halfLife: 10 }))
  for (let i = 0; i < 40_000; i++) reservoir.collect(i % 2, null, random.next(), i % 2 === 0 ? 0 : 20)
  const late = reservoir.scores().reduce((sum, score) => sum + score, 0) / 500
  expect(Math.abs(late - 0.8)).toBeLessThan(0.06)
})

test('its state is plain', () => {
  const state = collected(
    [
      [1, 'a', 0],
      [2, null, 1],
    ],
    startReservoir(),
  ).save()
  expect(decode(encode(state))).toEqual(state)
})
