import { decode, encode } from '@heedful/detect/contracts/codec'
import type { Plain } from '@heedful/detect/contracts/plain'
import { createRandom } from '@heedful/detect/contracts/random'
import { describe, expect, it } from 'vitest'
import { Comparison, type ComparisonState } from './comparison.ts'

const reopened = (comparison: Comparison): Comparison =>
  new Comparison(decode(encode(comparison.save() as unknown as Plain)) as unknown as ComparisonState)

function teach(comparison: Comparison, part: string, count: number, seed: string, from = 0): void {
  const random = createRandom(seed)
  for (let i = 0; i < count; i++) comparison.learn(part, from + random.next(), random.integer(0x1_0000_0000), i)
}

describe('a comparison', () => {
  it('answers by part from 200 scores on, and for the others by all together', () => {
    const comparison = new Comparison()
    teach(comparison, 'many', 500, 'many')
    teach(comparison, 'few', 50, 'few', 10)
    expect(comparison.reference('many')).toBeUndefined()
    comparison.refit()
    expect(comparison.reference('many')?.scores).toHaveLength(500)
    expect(comparison.reference('few')?.scores).toHaveLength(550)
    expect(comparison.reference('never met')).toBe(comparison.reference('few'))
  })

  it('is asked as of the last refit, and costs nothing where nothing came', () => {
    const comparison = new Comparison()
    teach(comparison, 'part', 400, 'first')
    comparison.refit()
    const before = comparison.reference('part')
    expect(comparison.work).toBe(0)
    comparison.refit()
    expect(comparison.reference('part')).toBe(before)
    teach(comparison, 'part', 5, 'too few')
    expect(comparison.work).toBe(0)
    comparison.refit()
    teach(comparison, 'part', 5, 'second')
    expect(comparison.reference('part')).toBe(before)
    expect(comparison.work).toBe(410)
    comparison.refit()
    expect(comparison.reference('part')?.scores).toHaveLength(410)
  })

  it('puts parts together at their rates, also where one of them let go of most', () => {
    const comparison = new Comparison()
    teach(comparison, 'busy', 200_000, 'busy')
    teach(comparison, 'quiet', 190, 'quiet', 10)
    comparison.refit()
    const { scores } = comparison.reference('quiet') as { scores: Float64Array }
    const share = scores.filter((score) => score >= 10).length / scores.length
    expect(share).toBeGreaterThan(0.0003)
    expect(share).toBeLessThan(0.002)
  })

  it('goes on as if it had never been closed', () => {
    let cut = new Comparison()
    const whole = new Comparison()
    for (let epoch = 0; epoch < 12; epoch++) {
      for (const comparison of [cut, whole]) {
        teach(comparison, epoch % 3 === 0 ? 'some' : 'most', 900, `epoch ${epoch}`)
        comparison.refit()
      }
      cut = reopened(cut)
    }
    expect(cut.save()).toEqual(whole.save())
  })
})
