import { expect, test } from 'vitest'
import { decay, learnDecayed, readDecayed } from './decay.ts'

test('one half is left per half-life, and nothing is forgotten backwards or for ever', () => {
  expect(decay(14, 7)).toBeCloseTo(0.25, 15)
  expect(decay(0, 7)).toBe(1)
  expect(decay(-3, 7)).toBe(1)
  expect(decay(1e12, Number.POSITIVE_INFINITY)).toBe(1)
})

test('however the span is cut, the same is left', () => {
  expect(decay(3, 5) * decay(9, 5)).toBeCloseTo(decay(12, 5), 15)
})

test('a late arrival counts as it would have counted in order', () => {
  const inOrder = { value: 0, time: 0 }
  for (const time of [1, 2, 5]) learnDecayed(inOrder, time, 3)
  const late = { value: 0, time: 0 }
  for (const time of [5, 1, 2]) learnDecayed(late, time, 3)
  expect(late.value).toBeCloseTo(inOrder.value, 14)
  expect(late.time).toBe(5)
  expect(readDecayed(late, 8, 3)).toBeCloseTo(inOrder.value / 2, 14)
})
