import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FAMILIES, type Family } from '../behaviours/behaviour.ts'
import type { EntityRef } from '../event.ts'
import type { Alert } from './alert.ts'
import type { Case } from './case.ts'
import { Decider } from './decide.ts'
import type { Part } from './incident.ts'

const NOON = 20_000 * 86_400_000 + 12 * 3_600_000
/** What weighs less is no reason. */
const LEAST = 0.1

interface Happening {
  who: number
  where: number
  inside: boolean
  failed: boolean
  crowded: boolean
  minutes: number
  vouched: number
  parts: { family: Family; which: number; surprise: number }[]
}

const happening: fc.Arbitrary<Happening> = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  where: fc.integer({ min: 0, max: 2 }),
  inside: fc.boolean(),
  failed: fc.boolean(),
  crowded: fc.boolean(),
  // Also backwards, as events come out of their order.
  minutes: fc.integer({ min: -150, max: 200 }),
  vouched: fc.constantFrom(0, 0.5, 1),
  parts: fc.array(
    fc.record({
      family: fc.constantFrom(...FAMILIES),
      which: fc.integer({ min: 0, max: 2 }),
      surprise: fc.double({ min: 2.1, max: 12, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

function caseOf(one: Happening, ordinal: number, time: number): Case {
  const person: EntityRef = { type: 'user', id: `user ${one.who}` }
  const address: EntityRef = { type: 'address', id: `192.0.2.${one.where}` }
  const parts = new Map<string, Part>()
  for (const { family, which, surprise } of one.parts) {
    const behaviour = `${family}_${which}`
    const words = { text: behaviour, observed: '', expected: '', normal: '', another: `thing ${ordinal % 4}` }
    const entity = family === 'pace' && which === 0 ? address : person
    parts.set(behaviour, { behaviour, title: behaviour, family, entity, techniques: [], surprise, ...words })
  }
  return {
    contribution: {
      event: `e${ordinal}`,
      position: ordinal,
      ordinal,
      time,
      surprise: 5,
      modelled: false,
      failed: one.failed,
      vouch: { device: one.vouched, place: one.vouched / 2 },
      user: person.id,
      parts: [...parts.values()],
    },
    entities: [person, address],
    crowded: one.crowded,
    network: `AS${one.where}`,
    inside: one.inside,
  }
}

describe('the weights of reasons', () => {
  it('add up to the risk, but for reasons that weigh too little to be said', () => {
    let told = 0
    fc.assert(
      fc.property(fc.array(happening, { minLength: 5, maxLength: 60 }), (happenings) => {
        const said: Alert[] = []
        const behaviours = new Set<string>()
        const decider = new Decider(1000, (alert) => said.push(alert))
        let time = NOON
        happenings.forEach((one, i) => {
          time += one.minutes * 60_000
          const event = caseOf(one, i + 1, time)
          for (const { behaviour } of event.contribution.parts) behaviours.add(behaviour)
          decider.decide(event, false)
        })
        for (const { reasons, risk } of said) {
          const sum = reasons.reduce((weight, reason) => weight + reason.weight, 0)
          expect(sum).toBeLessThanOrEqual(risk + 1e-9)
          expect(sum).toBeGreaterThan(risk - LEAST * behaviours.size)
          // Where nothing was too small to be said nothing is missing.
          if (reasons.length === behaviours.size) expect(sum).toBeCloseTo(risk, 9)
          told++
        }
      }),
      { numRuns: 150, seed: 11 },
    )
    expect(told).toBeGreaterThan(500)
  })
})
