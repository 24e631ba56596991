import { decode, encode } from '@heedful/detect/contracts/codec'
import { describe, expect, it } from 'vitest'
import { Said, type SaidState } from './said.ts'

const PLACE = Float64Array.of(6, 0, 0, 0, 0, 0, 0)
const BOTH = Float64Array.of(6, 4, 0, 0, 0, 0, 0)

const heard = (...said: readonly [owner: string, worths: Float64Array][]): Said => {
  const memory = new Said()
  for (const [owner, worths] of said) memory.note(owner, worths)
  return memory
}

describe('what is said again', () => {
  it('is hardly news, however often; what another family says is', () => {
    expect(new Said().newsOf('ada', PLACE)).toBe(6)
    const once = heard(['ada', PLACE])
    const again = once.newsOf('ada', PLACE)
    expect(again).toBeLessThan(4)
    expect(heard(['ada', PLACE], ['ada', PLACE]).newsOf('ada', PLACE)).toBe(again)
    expect(once.newsOf('ada', BOTH)).toBe(4 + again)
    expect(once.newsOf('ada', Float64Array.of(7, 0, 0, 0, 0, 0, 0))).toBe(1 + again)
  })

  it('is news where it was said of somebody else, and where it was said long ago', () => {
    const memory = heard(['ada', PLACE])
    expect(memory.newsOf('constructor', PLACE)).toBe(6)
    memory.endDay()
    expect(memory.newsOf('ada', PLACE), 'the day after').toBeLessThan(4)
    memory.endDay()
    expect(memory.newsOf('ada', PLACE)).toBe(6)
  })

  it('keeps what is a little unusual as unusual as it is', () => {
    const little = Float64Array.of(0, 1, 0, 0, 0, 0, 0)
    expect(heard(['ada', little]).newsOf('ada', little)).toBe(1)
  })
})

describe('the memory of what was said', () => {
  it('changes nothing when it is asked, and is the same saved and loaded', () => {
    const memory = heard(['ada', PLACE])
    memory.endDay()
    memory.note('__proto__', BOTH)
    const saved = encode(memory.save())
    memory.newsOf('ada', BOTH)
    expect(encode(memory.save())).toEqual(saved)
    const loaded = new Said(decode(saved) as SaidState)
    for (const owner of ['ada', '__proto__', 'bob']) expect(loaded.newsOf(owner, BOTH)).toBe(memory.newsOf(owner, BOTH))
  })

  it('saved stays as it was', () => {
    const memory = heard(['ada', PLACE])
    const saved = memory.save()
    const bytes = encode(saved)
    memory.note('ada', BOTH)
    memory.note('bob', BOTH)
    memory.endDay()
    expect(encode(saved)).toEqual(bytes)
  })

  it('does not keep the numbers that it was shown: they go on changing', () => {
    const shown = PLACE.slice()
    const memory = heard(['ada', shown])
    shown[0] = 0
    expect(memory.newsOf('ada', PLACE)).toBeLessThan(4)
  })

  it('is bounded: of very many owners the last are remembered', () => {
    const memory = new Said()
    for (let i = 0; i < 120_000; i++) memory.note(`name ${i}`, PLACE)
    const { today, yesterday } = memory.save()
    expect(today.size + yesterday.size).toBeLessThanOrEqual(40_000)
    expect(memory.newsOf('name 119999', PLACE)).toBeLessThan(4)
    expect(memory.newsOf('name 0', PLACE)).toBe(6)
  })
})
