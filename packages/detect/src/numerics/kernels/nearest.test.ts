import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { openNearest } from './nearest.ts'
import { nearestSlow } from './nearest-slow.ts'

const random = createRandom('nearest')

it.each([
  [1, 1, 1],
  [5, 1, 3],
  [100, 2, 1],
  [103, 3, 7],
  [1000, 20, 21],
  [400, 150, 5],
])('among %i points of %i columns the %i nearest are those of the slow twin, to the bit', (count, width, k) => {
  const normals = (size: number) =>
    Float64Array.from({ length: size * width }, () => (random.integer(4) === 0 ? random.integer(3) : random.normal()))
  const points = normals(count)
  const nearest = openNearest(points, width, k)
  let rows = 0
  for (const size of [0, 1, 2, 5, 8, 513]) {
    const asked = normals(size)
    const expected = nearestSlow(points, asked, width, k)
    const found = { points: new Int32Array(size * k), values: new Float64Array(size * k) }
    nearest.find(asked, (part, from) => {
      found.points.set(part.points, from * k)
      found.values.set(part.values, from * k)
    })
    expect(found).toEqual(expected)
    rows += size
    expect(nearest.rowsTaken()).toBe(rows)
  }
})
