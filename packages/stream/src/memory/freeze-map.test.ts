import { expect, it } from 'vitest'
import { freezeMap } from './freeze-map.ts'

it('takes a map as it was, in its order, whatever happens to it between the steps', () => {
  const map = new Map(Array.from({ length: 10_000 }, (_, i): [string, number] => [`k${i}`, i]))
  const expected = [...map]
  const frozen = freezeMap(map)
  let steps = 1
  for (; frozen.step(); steps++) {
    map.delete(`k${9_999 - steps}`)
    map.set(`k${9_000 + steps}`, -1)
    map.set(`new ${steps}`, 0)
  }
  expect(steps).toBeGreaterThan(3)
  expect([...frozen.state()]).toEqual(expected)
  const none = freezeMap(new Map())
  expect(none.step()).toBe(false)
  expect(none.state().size).toBe(0)
})
