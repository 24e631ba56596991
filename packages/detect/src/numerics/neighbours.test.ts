import { expect, it } from 'vitest'
import { createRandom } from '../contracts/random.ts'
import { openNeighbours } from './neighbours.ts'

const random = createRandom('neighbours')

/** By sorting all distances. */
function bySorting(train: Float64Array, row: Float64Array, k: number): { rows: number[]; squares: number[] } {
  const width = row.length
  const all = Array.from({ length: train.length / width }, (_, i) => {
    let square = 0
    for (let j = 0; j < width; j++) square += ((train[i * width + j] as number) - (row[j] as number)) ** 2
    return { row: i, square }
  }).sort((a, b) => a.square - b.square || a.row - b.row)
  const from = all[0]?.square === 0 ? 1 : 0
  const taken = all.slice(from, from + k)
  return { rows: taken.map((one) => one.row), squares: taken.map(({ square }) => square) }
}

it.each([1, 3, 5, 6, 20])(
  'finds the nearest of %i columns as sorting does; a training row leaves itself out',
  (width) => {
    const train = Float64Array.from({ length: 600 * width }, () => 100 + random.normal())
    const asked = Float64Array.of(
      ...train.slice(0, 20 * width),
      ...Float64Array.from({ length: 30 * width }, () => 100 + 3 * random.normal()),
    )
    openNeighbours(train, width, 7).each(asked, ({ rows, squares }, from, count) => {
      for (let i = 0; i < count; i++) {
        const expected = bySorting(train, asked.subarray((from + i) * width, (from + i + 1) * width), 7)
        expect([...rows.subarray(i * 7, (i + 1) * 7)]).toEqual(expected.rows)
        for (let c = 0; c < 7; c++) expect(squares[i * 7 + c]).toBeCloseTo(expected.squares[c] as number, 9)
      }
    })
  },
)

it('of many equal training rows one is left out, the others are neighbours at distance 0', () => {
  openNeighbours(new Float64Array(30), 3, 4).each(new Float64Array(3), ({ squares }) => {
    expect([...squares]).toEqual([0, 0, 0, 0])
  })
})

it('many equal rows among few columns: as many neighbours as asked, all at distance 0', () => {
  const train = Float64Array.from({ length: 2000 }, (_, i) => (i < 1800 ? 1 : i))
  openNeighbours(train, 2, 20).each(Float64Array.of(1, 1, 1900, 1901), ({ rows, squares }, from) => {
    expect(new Set(rows).size).toBe(20)
    if (from === 0) expect(squares.every((square) => square === 0)).toBe(true)
    else expect(squares[0]).toBe(8)
  })
})

it('a row infinitely far away still has neighbours', () => {
  const train = Float64Array.from({ length: 1200 }, () => random.normal())
  openNeighbours(train, 2, 3).each(Float64Array.of(1e300, -1e300), ({ rows, squares }) => {
    expect(rows.every((row) => row >= 0)).toBe(true)
    expect(squares.every(Number.isFinite)).toBe(true)
  })
})
