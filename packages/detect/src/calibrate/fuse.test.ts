import { describe, expect, it } from 'vitest'
import { fuse, RULES } from './fuse.ts'

const seats = (weights: number[], buckets: number[] = weights.map(() => 0)) => ({
  weights: Float64Array.from(weights),
  buckets: Int32Array.from(buckets),
})
const told = Float64Array.of(1, 5, 2, 4)
const pairs = seats([1, 1, 1, 1], [0, 0, 1, 1])

describe('fuse', () => {
  it('follows each rule, as worked out by hand', () => {
    expect(fuse('average', told, pairs)).toBe(3)
    expect(fuse('maximum', told, pairs)).toBe(5)
    expect(fuse('average-of-maxima', told, pairs)).toBe((5 + 4) / 2)
    expect(fuse('maximum-of-averages', told, seats([1, 1, 1, 1], [0, 1, 0, 1]))).toBe((5 + 4) / 2)
    expect(fuse('rank', Float64Array.of(Math.log(2), Math.log(4)), seats([1, 1]))).toBeCloseTo((0.5 + 0.75) / 2, 14)
  })

  it('weighs averages', () => {
    expect(fuse('average', Float64Array.of(10, 0), seats([0.3, 0.7]))).toBeCloseTo(3, 14)
    expect(fuse('rank', Float64Array.of(Math.log(2), 0), seats([3, 1]))).toBeCloseTo(0.375, 14)
  })

  it('trap: who gave no answer does not count as 0.5, the others share its weight', () => {
    const silent = Float64Array.of(1, Number.NaN, 4, Number.NaN)
    expect(fuse('average', silent, seats([2, 5, 1, 5]))).toBe(2)
    expect(fuse('maximum', silent, pairs)).toBe(4)
    expect(fuse('average-of-maxima', silent, pairs)).toBe(2.5)
    expect(fuse('average-of-maxima', silent, seats([1, 1, 1, 1], [0, 1, 0, 1]))).toBe(4)
    expect(fuse('maximum-of-averages', silent, pairs)).toBe(4)
  })

  it('says nothing where nobody answered', () => {
    for (const rule of RULES) expect(fuse(rule, new Float64Array(4).fill(Number.NaN), pairs)).toBeNaN()
  })

  it('never falls when a member finds a row stranger', () => {
    for (const rule of RULES) {
      for (let i = 0; i < 4; i++) {
        const more = told.slice()
        more[i] = told[i]! + 2
        expect(fuse(rule, more, pairs)).toBeGreaterThanOrEqual(fuse(rule, told, pairs))
      }
    }
  })

  it('a copy of a member changes a maximum not at all, and an average as much as a doubled weight', () => {
    const copied = Float64Array.of(1, 5, 5)
    expect(fuse('maximum', copied, seats([1, 1, 1]))).toBe(fuse('maximum', copied.slice(0, 2), seats([1, 1])))
    expect(fuse('average', copied, seats([1, 1, 1]))).toBe(fuse('average', copied.slice(0, 2), seats([1, 2])))
  })
})
