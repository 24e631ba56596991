import { describe, expect, it } from 'vitest'
import { features } from '../features/registry.ts'
import { forgetPerson } from '../peers.ts'
import { Around } from './around.ts'
import { type Capacity, Entities, PARTS } from './entities.ts'
import { EntityKeys } from './entity-key.ts'

const FEW: Capacity = { user: 10, host: 10, address: 20, network: 10, organisation: 1 }

const withPeople = (shards: number): Entities => {
  const entities = new Entities('tenant', shards, features, FEW, { parts: 1 })
  for (let i = 0; i < 13; i++) entities.touch('user', `user ${i}`, 1000 - i)
  return entities
}

describe('trap: entities are split by a hash that is salted per process', () => {
  it('an entity has the same owner on every machine, and shards are about as large', () => {
    const keys = new EntityKeys('tenant')
    expect(keys.hash('user', 'ada')).toBe(1806040060)
    expect(keys.hash('user', 'bob')).toBe(3270297419)
    const shares = [0, 0, 0, 0]
    for (let i = 0; i < 4000; i++) {
      const shard = (keys.hash('user', `user ${i}`) % PARTS) % 4
      shares[shard] = (shares[shard] as number) + 1
    }
    for (const share of shares) expect(Math.abs(share - 1000)).toBeLessThan(150)
  })
})

describe('entities', () => {
  it.each([1, 2, 4])('forget the same with %d shards: who is silent for longest', (shards) => {
    const entities = withPeople(shards)
    expect([...entities.evict()].map(({ id }) => id)).toEqual(['user 12', 'user 11', 'user 10', 'user 9'])
    expect(entities.count('user')).toBe(9)
    expect([...entities.evict()]).toEqual([])
  })

  it('forget addresses when addresses come in floods, and nobody else', () => {
    const entities = new Entities('tenant', 1, features, FEW, { parts: 1 })
    entities.touch('user', 'constructor', 1)
    for (let i = 0; i < 1000; i++) entities.touch('address', `2001:db8::${i}`, 100 + i)
    for (const { type } of entities.evict()) expect(type).toBe('address')
    expect(entities.count('address')).toBe(18)
    expect(entities.find('user', 'constructor')).toBeDefined()
  })

  it('sleep when others are used, and wake as they were', () => {
    const entities = new Entities('tenant', 2, features, { ...FEW, user: 1000 }, { awake: 5, parts: 1 })
    for (let i = 0; i < 40; i++) {
      const person = entities.touch('user', `user ${i}`, i)
      person.lessons = i
      person.group = `group ${i % 3}`
      entities.rest()
    }
    expect([...entities.resting('user')].length).toBeGreaterThan(30)
    const saved = structuredClone(entities.save())
    const again = new Entities('tenant', 3, features, { ...FEW, user: 30 }, { awake: 5, parts: 1 })
    again.load(saved)
    expect(again.count('user')).toBe(40)
    for (let i = 0; i < 40; i++) expect(again.find('user', `user ${i}`)).toEqual(entities.find('user', `user ${i}`))
    expect(again.find('user', 'user 7')).toMatchObject({ lessons: 7, group: 'group 1' })
    again.rest()
    again.rest()
    expect([...again.evict()].map(({ entity }) => entity.last)).toEqual(Array.from({ length: 13 }, (_, i) => i))
  })

  it.each([1, 2, 4])('forget the same in many parts with %d shards, also when they were saved and loaded', (shards) => {
    const capacity = { ...FEW, address: 4000 }
    const forgotten = (among: number, restarts: boolean): string[] => {
      let entities = new Entities('tenant', among, features, capacity, { awake: 50 })
      const gone: string[] = []
      for (let i = 0; i < 12_000; i++) {
        entities.touch('address', `10.0.${i % 3}.${i}`, i)
        if (i % 10 === 0) {
          entities.rest()
          gone.push(...[...entities.evict()].map(({ id }) => id))
        }
        if (restarts && i % 2000 === 1999) {
          const saved = structuredClone(entities.save())
          entities = new Entities('tenant', among, features, capacity, { awake: 50 })
          entities.load(saved)
        }
      }
      expect(entities.count('address')).toBeGreaterThan(3400)
      expect(entities.count('address')).toBeLessThan(7000)
      expect(entities.count('address')).toBe(12_000 - gone.length)
      return gone
    }
    const gone = forgotten(1, false)
    expect(gone.length).toBeGreaterThan(5000)
    expect(forgotten(shards, false)).toEqual(gone)
    expect(forgotten(shards, true)).toEqual(gone)
  })

  it('do not change what was saved while they go on', () => {
    const entities = new Entities('tenant', 1, features, { ...FEW, user: 1000 }, { awake: 5, parts: 1 })
    const live = (round: number) => {
      for (let i = 0; i < 200; i++) {
        entities.touch('user', `user ${i}`, i).lessons = round
        entities.rest()
      }
    }
    live(1)
    const saved = entities.save()
    const copy = structuredClone(saved.parts)
    for (let round = 2; round < 30; round++) live(round)
    expect(saved.parts).toEqual(copy)
    expect(entities.save().parts[0]?.generation).toBeGreaterThan(0)
    const again = new Entities('tenant', 1, features, { ...FEW, user: 1000 }, { parts: 1 })
    again.load(saved)
    for (let i = 0; i < 200; i++) expect(again.find('user', `user ${i}`)?.lessons).toBe(1)
  })

  it.each([1, 7, 1000])('are taken down as they were, though %d were used between two steps', (used) => {
    const open = () => new Entities('tenant', 2, features, { ...FEW, user: 150 }, { awake: 40, parts: 4 })
    const entities = open()
    for (let i = 0; i < 300; i++) {
      entities.touch('user', `user ${i % 140}`, i).lessons = i
      if (i % 3 === 0) entities.rest()
    }
    const before = Array.from({ length: 140 }, (_, i) => structuredClone(entities.peek('user', `user ${i}`)))
    const frozen = entities.freeze()
    let next = 0
    do {
      for (let i = 0; i < used; i++) {
        const time = 1000 + next++
        entities.touch('user', `user ${next % 3 === 0 ? `new ${next}` : (next * 37) % 140}`, time).lessons = time
        entities.rest(12)
        if (i % 50 === 0) expect([...entities.evict()].every(({ type }) => type === 'user')).toBe(true)
      }
    } while (frozen.step())
    const again = open()
    again.load(structuredClone(frozen.state()))
    expect(again.count('user')).toBe(140)
    for (const [i, entity] of before.entries()) expect(again.peek('user', `user ${i}`)).toEqual(entity)
    expect(entities.peek('user', 'user 37')).not.toEqual(before[37])
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
