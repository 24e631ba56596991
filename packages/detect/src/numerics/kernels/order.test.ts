import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { openOrder } from './order.ts'
import { countUpToSlow, sortSlow } from './order-slow.ts'

const EDGES = [0, -0, 1, -1, 5e-324, -5e-324, 1.7e308, -1.7e308, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
const random = createRandom('order')

const makes: readonly (readonly [string, (i: number) => number])[] = [
  ['normals', () => random.normal()],
  ['few values', () => random.integer(7) - 3],
  ['one value', () => 4],
  ['edges', () => EDGES[random.integer(EDGES.length)] as number],
  ['every magnitude', () => random.normal() * Math.exp(300 * random.normal())],
  ['falling', (i) => -i],
]

describe.each(makes)('order of %s', (_, make) => {
  it.each([256, 257, 1000, 20_000])('sorts %i of them as the slow twin does, to the bit', (count) => {
    const order = openOrder()
    const values = Float64Array.from({ length: count }, (__, i) => make(i))
    expect(order.sort(values)).toEqual(sortSlow(values))
    expect(order.valuesTaken()).toBe(count)
  })

  it.each([1, 2, 3, 1000])('counts those up to a value among %i as the slow twin does', (size) => {
    const order = openOrder()
    const sorted = sortSlow(Float64Array.from({ length: size }, (__, i) => make(i)))
    const values = Float64Array.from({ length: 1003 }, (__, i) => (i % 3 === 0 ? random.normal() : make(i)))
    const counts = new Int32Array(values.length)
    order.countUpTo(sorted, values, counts)
    expect([...counts]).toEqual([...values].map((value) => countUpToSlow(sorted, value)))
    expect(order.valuesTaken()).toBe(1003)
  })
})

it('few values take the slow way, with the same answer', () => {
  const order = openOrder()
  expect(order.sort(Float64Array.of(3, 1, 2))).toEqual(Float64Array.of(1, 2, 3))
  const counts = new Int32Array(3)
  order.countUpTo(Float64Array.of(1, 2, 2, 5), Float64Array.of(2, 0, 9), counts)
  expect([...counts]).toEqual([3, 0, 4])
  expect(order.valuesTaken()).toBe(0)
})
