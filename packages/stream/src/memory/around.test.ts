import { describe, expect, it } from 'vitest'
import { Around, EVERYBODY } from './around.ts'

/** What is counted is read as of the last tick but one. */
function settle(around: Around): void {
  around.tick()
  around.tick()
}

describe('what entities share', () => {
  it('tells no more groups apart than a bound, and goes on counting them among all', () => {
    const around = new Around()
    for (let i = 0; i < 5000; i++) around.count('country', `department ${i}`, 'DE', 1)
    settle(around)
    expect(around.holders('country', 'DE')).toBe(5000)
    expect(around.save().tables.get('country')?.size).toBe(2000)
    expect(around.commonness('country', 'department 4999', 'DE')).toBe(around.commonness('country', EVERYBODY, 'DE'))
  })

  it('keeps no more vectors than a bound', () => {
    const around = new Around()
    for (let i = 0; i < 30_000; i++) around.addTo(`volume ${i}`, 3, 0, 1)
    settle(around)
    expect(around.save().vectors.size).toBe(20_000)
  })
})
