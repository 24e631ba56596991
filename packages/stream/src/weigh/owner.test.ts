import { expect, it } from 'vitest'
import { rareCountry } from '../behaviours/rare-country.ts'
import type { EntityRef } from '../event.ts'
import type { Seen } from '../features/feature.ts'
import type { Evidence } from './evidence.ts'
import { ownerOf } from './owner.ts'

const from = (address?: string): Seen => {
  const context = address === undefined ? {} : { place: { address } }
  return { account: 'ada', context } as Seen
}

const said = (type: EntityRef['type'], surprise: number): Evidence => ({
  behaviour: rareCountry,
  entity: { type, id: 'whoever' },
  values: {},
  score: surprise,
  maturity: 100,
  surprise,
  told: undefined,
})

it("an event is its account's, but its address's where it is mostly about that", () => {
  expect(ownerOf(from('192.0.2.7'), [said('user', 5), said('address', 3)])).toBe('ada')
  expect(ownerOf(from('192.0.2.7'), [said('user', 3), said('network', 5)])).toBe('192.0.2.7')
  expect(ownerOf(from('2001:db8:1:2:3::4'), [said('address', 5)])).toBe(
    ownerOf(from('2001:db8:1:2::9'), [said('address', 5)]),
  )
  expect(ownerOf(from(), [said('address', 5)])).toBe('ada')
  expect(ownerOf(from('192.0.2.7'), [])).toBe('ada')
})
