import { expect, it } from 'vitest'
import { createRandom } from '../../contracts/random.ts'
import { joinRows, numberRows } from '../../contracts/rows.ts'
import { rocAuc } from '../../metrics/roc-auc.ts'
import { isolationForest } from './isolation-forest.ts'
import { sciforest } from './sciforest.ts'

const random = createRandom('sciforest')

/** Rows along a line through the origin. */
const along = numberRows(
  ['x', 'y'],
  Float64Array.from(
    Array.from({ length: 500 }, () => {
      const x = 3 * random.normal()
      return [x, x + 0.2 * random.normal()]
    }).flat(),
  ),
)
/** A small, tight group beside the line, well within the range of every column. */
const group = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1.5 : -1.5) + 0.1 * random.normal()),
)
const rows = joinRows(along, group)
const labels = Float64Array.from({ length: rows.count }, (_, row) => (row < along.count ? 0 : 1))

it('finds anomalies that lie together, where cuts along the columns do not', () => {
  const found = rocAuc(sciforest.fitNow(rows).score(rows), labels)
  expect(found).toBeGreaterThan(0.95)
  expect(found).toBeGreaterThan(rocAuc(isolationForest.fitNow(rows).score(rows), labels) + 0.05)
})

it('a step outside the range of what was learned adds nothing: farther is never less strange', () => {
  const model = sciforest.fitNow(along)
  const scores = model.score(numberRows(['x', 'y'], Float64Array.of(0, 0, 20, -20, 1000, -1000, 1e6, -1e6)))
  expect(scores[1]).toBeGreaterThan(scores[0]!)
  expect(scores[2]).toBeGreaterThanOrEqual(scores[1]!)
  expect(scores[3]).toBeGreaterThanOrEqual(scores[2]!)
})

it('can be watched and stopped', async () => {
  const signal = { aborted: false }
  const tick = (done: number) => {
    if (done >= 5) signal.aborted = true
    return Promise.resolve()
  }
  const fit = sciforest.fit(rows, { job: { signal, due: () => true, tick } })
  await expect(fit).rejects.toMatchObject({ code: 'fit-aborted' })
})
