import { describe, expect, it } from 'vitest'
import { features } from '../features/registry.ts'
import { forgetPerson } from '../peers.ts'
import { Around } from './around.ts'
import { type Capacity, Entities, owner } from './entities.ts'

const FEW: Capacity = { user: 10, host: 10, address: 20, network: 10, organisation: 1 }

const withPeople = (shards: number): Entities => {
  const entities = new Entities('tenant', shards, features, FEW)
  for (let i = 0; i < 13; i++) entities.touch('user', `user ${i}`, 1000 - i)
  return entities
}

describe('trap: entities are split by a hash that is salted per process', () => {
  it('an entity has the same owner on every machine, and shards are about as large', () => {
    expect(owner('tenant', 'user', 'ada')).toBe(1806040060)
    expect(owner('tenant', 'user', 'bob')).toBe(3270297419)
    const shares = [0, 0, 0, 0]
    for (let i = 0; i < 4000; i++) {
      const shard = owner('tenant', 'user', `user ${i}`) % 4
      shares[shard] = (shares[shard] as number) + 1
    }
    for (const share of shares) expect(Math.abs(share - 1000)).toBeLessThan(150)
  })
})

describe('entities', () => {
  it.each([1, 2, 4])('forget the same with %d shards: who is silent for longest', (shards) => {
    const entities = withPeople(shards)
    expect(entities.evict().map(({ id }) => id)).toEqual(['user 12', 'user 11', 'user 10', 'user 9'])
    expect(entities.count('user')).toBe(9)
    expect(entities.evict()).toEqual([])
  })

  it('forget addresses when addresses come in floods, and nobody else', () => {
    const entities = new Entities('tenant', 1, features, FEW)
    entities.touch('user', 'constructor', 1)
    for (let i = 0; i < 1000; i++) entities.touch('address', `2001:db8::${i}`, 100 + i)
    for (const { type } of entities.evict()) expect(type).toBe('address')
    expect(entities.count('address')).toBe(18)
    expect(entities.find('user', 'constructor')).toBeDefined()
  })

  it('sleep when others are used, and wake as they were', () => {
    const entities = new Entities('tenant', 2, features, { ...FEW, user: 1000 }, 5)
    for (let i = 0; i < 40; i++) {
      const person = entities.touch('user', `user ${i}`, i)
      person.lessons = i
      person.group = `group ${i % 3}`
      entities.rest()
    }
    const { tables } = structuredClone(entities.save())
    const again = new Entities('tenant', 3, features, { ...FEW, user: 30 }, 5)
    again.load(structuredClone(entities.save()))
    expect(again.save().tables).toEqual(tables)
    for (let i = 0; i < 40; i++) expect(again.find('user', `user ${i}`)).toEqual(entities.find('user', `user ${i}`))
    expect(again.find('user', 'user 7')).toMatchObject({ lessons: 7, group: 'group 1' })
    again.rest()
    again.rest()
    expect(again.evict().map(({ entity }) => entity.last)).toEqual(Array.from({ length: 13 }, (_, i) => i))
  })

  it('hold nothing any more among their peers when they are forgotten', () => {
    const around = new Around()
    const entities = new Entities('tenant', 1, features, FEW)
    const person = entities.touch('user', 'ada', 1)
    const at = entities.featuresOf('user').findIndex(({ id }) => id === 'country')
    const held = person.slots[at] as { values: string[] }
    held.values.push('DE')
    person.lessons = 1
    around.count('country', '', 'DE', 1)
    around.countPerson(1)
    forgetPerson(entities, person, around)
    around.tick()
    around.tick()
    expect(around.holders('country', 'DE')).toBe(0)
    expect(around.vector('people')).toEqual([0])
  })
})
