import { describe, expect, it } from 'vitest'
import type { EntityRef } from '../event.ts'
import type { Case } from './case.ts'
import { chargesOf } from './charge.ts'
import type { Part } from './incident.ts'

const ada: EntityRef = { type: 'user', id: 'ada' }
const address: EntityRef = { type: 'address', id: '192.0.2.7' }
const network: EntityRef = { type: 'network', id: 'AS64500' }

const part = (behaviour: string, family: Part['family'], entity: EntityRef): Part => ({
  behaviour,
  title: behaviour,
  family,
  entity,
  techniques: [],
  surprise: 8,
  text: '',
  observed: '',
  expected: '',
  normal: '',
})

const caseOf = (change: { failed?: boolean; crowded?: boolean }): Case => ({
  contribution: {
    event: 'e',
    position: 1,
    ordinal: 1,
    time: 0,
    surprise: 8,
    modelled: false,
    failed: change.failed ?? false,
    vouch: { device: 0, place: 0 },
    user: 'ada',
    parts: [
      part('rare_country', 'place', ada),
      part('password_spray', 'pace', address),
      part('network_spray', 'pace', network),
    ],
  },
  entities: [ada, address, network],
  crowded: change.crowded ?? false,
  network: 'AS64500',
  inside: false,
})

const held = (event: Case): Record<string, string[]> =>
  Object.fromEntries(
    chargesOf(event).map(({ entity, contribution }) => [entity.type, contribution.parts.map((one) => one.behaviour)]),
  )

describe('what is held against whom', () => {
  it('holds guessing against its source, and against its victim only when it was let in', () => {
    expect(held(caseOf({ failed: true })).user).toEqual(['rare_country'])
    expect(held(caseOf({ failed: false })).user).toEqual(['rare_country', 'password_spray', 'network_spray'])
    expect(held(caseOf({ failed: true })).address).toHaveLength(3)
  })

  it('holds against what many share only what it does as a whole', () => {
    expect(held(caseOf({ crowded: true })).address).toEqual(['password_spray', 'network_spray'])
    expect(held(caseOf({})).network).toEqual(['network_spray'])
  })

  it('names nobody against whom nothing is held', () => {
    const event = caseOf({ failed: true })
    event.contribution.parts = event.contribution.parts.slice(1)
    expect(Object.keys(held(event))).toEqual(['address', 'network'])
  })
})
