import { expect, it } from 'vitest'
import { quietJob } from '../../contracts/job.ts'
import { createRandom } from '../../contracts/random.ts'
import { numberRows } from '../../contracts/rows.ts'
import { mahalanobis } from './mahalanobis.ts'
import { mcd } from './mcd.ts'

const random = createRandom('mcd')
const COLUMNS = ['x', 'y', 'z']
/** 700 rows about 0, then 300 far away and close together: they hide themselves from a mean. */
const crowded = numberRows(
  COLUMNS,
  Float64Array.from({ length: 3000 }, (_, i) => (i < 2100 ? random.normal() : 8 + 0.1 * random.normal())),
)
const asked = numberRows(COLUMNS, Float64Array.of(8, 8, 8, 2.5, -2.5, 2.5))

it('bears a third of anomalies that lie together, where a mean does not', () => {
  const [masked, ordinary] = mahalanobis.fitNow(crowded).score(asked)
  expect(masked).toBeLessThan(ordinary as number)
  const [found, inside] = mcd.fitNow(crowded).score(asked)
  expect(found).toBeGreaterThan(5 * (inside as number))
})

it('is consistent: distances of normal rows have the mean of a chi-squared distribution', () => {
  const normal = numberRows(
    COLUMNS,
    Float64Array.from({ length: 30_000 }, () => random.normal()),
  )
  const scores = mcd.fitNow(normal).score(normal)
  expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeCloseTo(3, 0)
})

it('rows of which most lie in a plane are refused without a ridge, and say the way out', () => {
  const flat = numberRows(
    COLUMNS,
    Float64Array.from({ length: 300 }, (_, i) => (i % 3 === 2 && i > 100 ? 1 : random.normal())),
  )
  expect(() => mcd.fitNow(flat, { params: { ridge: 0 } })).toThrow(/ridge above 0/)
  expect(() => mcd.fitNow(numberRows(COLUMNS, new Float64Array(9)), { params: { ridge: 0 } })).toThrow(
    /more than 4 rows/,
  )
  expect(mcd.fitNow(flat).score(flat).every(Number.isFinite)).toBe(true)
})

it('a fit that is stopped stops', async () => {
  const signal = { aborted: false }
  const job = quietJob({
    signal,
    due: () => true,
    tick: async (done) => {
      if (done > 20) signal.aborted = true
    },
  })
  await expect(mcd.fit(crowded, { job })).rejects.toMatchObject({ code: 'fit-aborted' })
})

it('rows of weight 0 are left out', () => {
  const weights = Float64Array.from({ length: 1000 }, (_, row) => (row < 700 ? 1 : 0))
  const few = numberRows(COLUMNS, crowded.data.slice(0, 2100))
  const [all, part] = [mcd.fitNow(crowded, { lesson: { weights } }), mcd.fitNow(few)]
  expect(all.score(asked)).toEqual(part.score(asked))
})
