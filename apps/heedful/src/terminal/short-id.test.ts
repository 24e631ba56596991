import { describe, expect, it } from 'vitest'
import { shortIds } from './short-id.ts'

describe('a short id', () => {
  it('holds more than the kind of entity, also where that alone is unique', () => {
    const short = shortIds(['user-0a4d77', 'address-e51f00'])
    expect(short('address-e51f00')).toBe('address-e51f')
  })

  it('is as long as it takes, and no longer than the id', () => {
    const ids = ['user-abcdef1', 'user-abcdef2', 'host-abcdef1', 'x']
    expect(ids.map(shortIds(ids))).toEqual(['user-abcdef1', 'user-abcdef2', 'host-abcdef1', 'x'])
    expect(ids.slice(2).map(shortIds(ids.slice(2)))).toEqual(['host-abcd', 'x'])
  })
})
