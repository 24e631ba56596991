import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { OUTER_BLOCK, openOuter, openProjection } from './matrix.ts'
import { largestTwoSlow, MOST, projectSlow, sumOuterSlow } from './matrix-slow.ts'

const random = createRandom('matrix')
const normals = (count: number): Float64Array => Float64Array.from({ length: count }, () => random.normal())

describe('rows times a matrix', () => {
  it.each([
    [1, 1],
    [3, 5],
    [20, 20],
    [7, 100],
    [300, 2],
  ])('of %i inputs and %i outputs equal the slow twin, to the bit, at every count of rows', (inputs, outputs) => {
    const plan = { inputs, outputs, matrix: normals(inputs * outputs), centre: normals(inputs), scale: normals(inputs) }
    const projection = openProjection(plan)
    let rows = 0
    for (const count of [0, 1, 2, 3, 4, 5, 7, 130, 1000]) {
      const data = normals(count * inputs)
      const found = new Float64Array(count * outputs)
      projection.each(data, (products, from, size) => {
        for (let i = 0; i < size; i++)
          found.set(products.subarray(i * projection.stride, i * projection.stride + outputs), (from + i) * outputs)
      })
      expect(found).toEqual(projectSlow(plan, data))
      rows += count
      expect(projection.rowsTaken()).toBe(rows)
    }
  })

  it.each([
    [1, 1],
    [3, 5],
    [20, 8],
  ])('of %i inputs and %i outputs: the two largest equal the slow twin', (inputs, outputs) => {
    const plan = { inputs, outputs, matrix: normals(inputs * outputs), centre: normals(inputs) }
    const projection = openProjection(plan)
    const [data, halves] = [normals(1001 * inputs), normals(outputs)]
    data.fill(0, 0, 4 * inputs)
    const products = projectSlow(plan, data)
    let rows = 0
    projection.eachLargest(data, halves, (best, near, from, size) => {
      for (let i = 0; i < size; i++, rows++) {
        const row = from + i
        const expected = largestTwoSlow(products.subarray(row * outputs, (row + 1) * outputs), halves)
        expect({ best: best[i], near: [near[2 * i], near[2 * i + 1]] }).toEqual(expected)
      }
    })
    expect(rows).toBe(1001)
  })

  it('rows that are taken as they are give the same', () => {
    const plan = { inputs: 3, outputs: 2, matrix: normals(6) }
    const data = normals(300)
    const [found, expected]: number[][] = [[], []]
    openProjection(plan).each(data, (products) => expected?.push(...products))
    openProjection({ ...plan, asIs: true }).each(data, (products) => found?.push(...products))
    expect(found).toEqual(expected)
  })

  it('huge values are held where their squares are numbers', () => {
    const plan = { inputs: 2, outputs: 1, matrix: Float64Array.of(1, 0), scale: Float64Array.of(1e10, 1) }
    const found: number[] = []
    openProjection(plan).each(Float64Array.of(1e300, 1, -1e300, 1, 1, 1), (products, _, size) => {
      for (let i = 0; i < size; i++) found.push(products[4 * i] as number)
    })
    expect(found).toEqual([MOST, -MOST, 1e10])
  })
})

describe('sums of outer products', () => {
  it.each([1, 2, 4, 5, 20, 33])('of %i columns equal the slow twin, to the bit, with and without weights', (width) => {
    const outer = openOuter(width)
    for (const count of [0, 1, 3, 255, 256, 257, 1000]) {
      const data = normals(count * width)
      const centre = normals(width)
      const weights = normals(count).map(Math.abs)
      expect(outer.sum(data, centre)).toEqual(sumOuterSlow(data, width, centre, undefined, OUTER_BLOCK))
      expect(outer.sum(data, centre, weights)).toEqual(sumOuterSlow(data, width, centre, weights, OUTER_BLOCK))
    }
  })
})
