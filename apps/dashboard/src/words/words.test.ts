import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { count, percent, rarity, rate, whole } from './numbers.ts'
import { techniqueName } from './techniques.ts'

describe('numbers', () => {
  it('whole, counted, per second', () => {
    expect(whole(55_261)).toBe('55,261')
    expect(whole(Number.NaN)).toBe('–')
    expect([count(1, 'event'), count(0, 'event'), count(2, 'entity', 'entities')]).toEqual([
      '1 event',
      '0 events',
      '2 entities',
    ])
    expect([rate(0), rate(0.42), rate(43.4), rate(Number.POSITIVE_INFINITY)]).toEqual(['0', '0.4', '43', '–'])
  })

  it('a share is never rounded to nothing or to all', () => {
    expect([percent(0), percent(0.004), percent(0.263), percent(0.998), percent(1)]).toEqual([
      '0 %',
      'under 1 %',
      '26 %',
      '99 %',
      '100 %',
    ])
  })

  it('p-values as odds', () => {
    expect([rarity(0.0024), rarity(4.7e-7), rarity(2e-12), rarity(0), rarity(Number.NaN)]).toEqual([
      '1 in 420',
      '1 in 2.1 million',
      'under 1 in a billion',
      '–',
      '–',
    ])
  })
})

it('every technique that a behaviour names has its ATT&CK name', () => {
  const folder = new URL('../../../../packages/stream/src/behaviours/', import.meta.url)
  const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const named = new Set(texts.flatMap((text) => text.match(/T1\d{3}(?:\.\d{3})?/g) ?? []))
  expect(named.size).toBeGreaterThan(10)
  expect([...named].filter((id) => techniqueName(id) === undefined)).toEqual([])
})
