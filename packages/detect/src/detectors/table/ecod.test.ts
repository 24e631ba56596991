import { describe, expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { numberRows, type Rows } from '../../contracts/rows.ts'
import { ecod } from './ecod.ts'

const COLUMNS = ['x', 'y', 'z']
const rowsOf = (...rows: number[][]): Rows =>
  numberRows(COLUMNS.slice(0, rows[0]?.length), Float64Array.from(rows.flat()))

/** Skewed to the right, to the left, and with many ties. */
function sample(seed: string, count: number): number[][] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => [Math.exp(random.normal()), -Math.exp(random.normal()), random.integer(5)])
}

/** Algorithm 1 by counting, the slow way. */
function scoreSlowly(train: number[][], row: number[], largest: 'sum' | 'column'): number {
  const n = train.length
  const terms = row.map((value, j) => {
    const share = (is: (other: number) => boolean) =>
      train.filter((other) => is(other[j] as number)).length / n || 1 / (n + 1)
    const mean = train.reduce((sum, other) => sum + (other[j] as number), 0) / n
    const cubes = train.reduce((sum, other) => sum + ((other[j] as number) - mean) ** 3, 0)
    const [left, right] = [-Math.log(share((other) => other <= value)), -Math.log(share((other) => other >= value))]
    return { left, right, long: cubes < 0 ? left : right }
  })
  const sum = (of: (term: (typeof terms)[number]) => number) => terms.reduce((total, term) => total + of(term), 0)
  return largest === 'column'
    ? sum(({ left, right }) => Math.max(left, right))
    : Math.max(...[sum(({ left }) => left), sum(({ right }) => right), sum(({ long }) => long)])
}

describe('algorithm 1', () => {
  const train = sample('train', 300)
  const asked = [...sample('asked', 60), ...train.slice(0, 20), [1e6, 1e6, 2], [-1, -1e6, 9]]

  it.each(['sum', 'column'] as const)('by binary search equals counting (largest: %s)', (largest) => {
    const scores = ecod.fitNow(rowsOf(...train), { params: { largest } }).score(rowsOf(...asked))
    for (const [i, row] of asked.entries()) expect(scores[i]).toBeCloseTo(scoreSlowly(train, row, largest), 10)
  })

  it('the weights of a row add up to its score', () => {
    for (const largest of ['sum', 'column'] as const) {
      const model = ecod.fitNow(rowsOf(...train), { params: { largest } })
      const scores = model.score(rowsOf(...asked))
      const weights = model.explain(rowsOf(...asked))
      for (const [i, score] of scores.entries()) {
        const own = weights.subarray(3 * i, 3 * i + 3)
        expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(score, 10)
        expect(Math.min(...own)).toBeGreaterThanOrEqual(0)
      }
    }
  })
})

describe('trap: PyOD ECOD ranks training rows and batch together', () => {
  it('a row scores the same alone, and beside a thousand rows that lie farther out', () => {
    const model = ecod.fitNow(rowsOf(...sample('train', 100)))
    const row = [3, -3, 4]
    const crowd = Array.from({ length: 1000 }, (_, i) => [10 + i, -10 - i, 9])
    expect(model.score(rowsOf(row, ...crowd))[0]).toBe(model.score(rowsOf(row))[0])
  })
})

it('what lies beyond everything taught is finite, and stranger than the outermost row', () => {
  const model = ecod.fitNow(rowsOf(...Array.from({ length: 50 }, (_, i) => [i])))
  const [outermost, beyond, farBeyond, least, below] = model.score(rowsOf([49], [49.1], [1e300], [0], [-1]))
  expect(outermost).toBeCloseTo(Math.log(50), 12)
  expect(beyond).toBeCloseTo(Math.log(51), 12)
  expect(farBeyond).toBe(beyond)
  expect(below).toBeGreaterThan(least as number)
})

it('a missing value speaks neither for nor against a row, whether it was taught or asked', () => {
  const gaps = [
    [1, Number.NaN],
    [2, 5],
    [3, 6],
    [Number.NaN, 7],
  ]
  const model = ecod.fitNow(rowsOf(...gaps))
  expect(model.score(rowsOf([3, Number.NaN]))[0]).toBeCloseTo(Math.log(3), 12)
  expect(model.explain(rowsOf([3, Number.NaN]))[1]).toBe(0)
  expect(model.score(rowsOf([Number.NaN, Number.NaN]))[0]).toBe(0)
  const unknown = ecod.fitNow(rowsOf([1, Number.NaN], [2, Number.NaN]))
  expect(unknown.explain(rowsOf([9, 9]))[1]).toBe(0)
})

it('a row of weight 3 counts as three rows, and one of weight 0 as none', () => {
  const weights = Float64Array.of(3, 1, 0, 2)
  const weighted = ecod.fitNow(rowsOf([1], [2], [50], [8]), { lesson: { weights } })
  const repeated = ecod.fitNow(rowsOf([1], [1], [1], [2], [8], [8]))
  const asked = rowsOf([1], [1.5], [2], [8])
  const expected = repeated.score(asked)
  for (const [i, score] of weighted.score(asked).entries()) expect(score).toBeCloseTo(expected[i] as number, 12)
})

it('scores more rows than are scored at a time as it scores each alone', () => {
  const train = sample('many', 70_000)
  const model = ecod.fitNow(rowsOf(...train.slice(0, 500)))
  const scores = model.score(rowsOf(...train))
  for (const row of [0, 65_535, 65_536, 69_999]) {
    expect(scores[row]).toBe(model.score(rowsOf(train[row] as number[]))[0])
  }
})

it('distributions larger than the memory they are given are refused before they are made', () => {
  expect(() => ecod.fitNow(rowsOf(...sample('big', 100)), { job: { memoryBytes: 1000 } })).toThrow(/fit on fewer rows/)
})
