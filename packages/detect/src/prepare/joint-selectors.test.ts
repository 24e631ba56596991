/** Selectors that look at all columns together. Recorded from scikit-learn 1.9.0: RFE of LogisticRegression on standardised columns. */
import { expect, test } from 'vitest'
import type { FittedPreparer } from '../contracts/preparation.ts'
import { createRandom } from '../contracts/random.ts'
import { numberRows, type Rows } from '../contracts/rows.ts'
import { ensembleSelector } from './ensemble-selector.ts'
import { forestSelector } from './forest-selector.ts'
import { recursiveEliminationSelector } from './recursive-elimination-selector.ts'
import type { Selection } from './selection.ts'
import { DATA } from './selection-sample.fixture.ts'

const ELIMINATED = [2, 1, 3, 0]

const scoresOf = (fitted: FittedPreparer) => (fitted.save().state as Selection).scores
const namesOf = (fitted: FittedPreparer) => fitted.columns.map(({ name }) => name)

/** Two columns of noise, one that is higher in anomalies, one that is nearly the same, one that is lower, a constant. */
function planted(): { rows: Rows; lesson: { labels: Float64Array } } {
  const random = createRandom('planted')
  const labels = Float64Array.from({ length: 400 }, (_, row) => (row % 8 === 0 ? 1 : 0))
  const data = Array.from(labels, (label) => {
    const higher = random.normal() + 2.5 * label
    const lower = random.normal() - 2 * label
    return [random.normal(), higher, higher + 0.5 * random.normal(), random.normal(), lower, 7]
  })
  const names = ['noise', 'higher', 'nearly the same', 'more noise', 'lower', 'constant']
  return { rows: numberRows(names, Float64Array.from(data.flat())), lesson: { labels } }
}

test('recursive elimination takes columns away in the order of scikit-learn', () => {
  const rows = numberRows(['a', 'b', 'c', 'd'], Float64Array.from(DATA))
  const labels = Float64Array.from({ length: 12 }, (_, row) => (row < 8 ? 0 : 1))
  expect([...scoresOf(recursiveEliminationSelector.fit(rows, { lesson: { labels } }))]).toEqual(ELIMINATED)
})

test('recursive elimination takes one of two columns that say the same', () => {
  const { rows, lesson } = planted()
  const fitted = recursiveEliminationSelector.fit(rows, { lesson, params: { most: 2 } })
  expect(namesOf(fitted)).toEqual(['higher', 'lower'])
  expect(scoresOf(fitted)[5]).toBe(0)
})

test('a forest finds the columns that part anomalies, its shares sum to 1, and a constant has none', () => {
  const { rows, lesson } = planted()
  const fitted = forestSelector.fit(rows, { lesson, params: { most: 3 } })
  expect(namesOf(fitted)).toEqual(['higher', 'nearly the same', 'lower'])
  const scores = scoresOf(fitted)
  expect(scores.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  expect(scores[5]).toBe(0)
  expect(scoresOf(forestSelector.fit(rows, { lesson, seed: 1 }))).not.toEqual(scores)
})

test('a forest sees what only two columns together tell', () => {
  const random = createRandom('two together')
  const signs = Array.from({ length: 600 }, () => [random.normal(), random.normal(), random.normal()])
  const labels = Float64Array.from(signs, ([a, , c]) => (a! > 0.5 && c! > 0.5 ? 1 : 0))
  const rows = numberRows(['a', 'b', 'c'], Float64Array.from(signs.flat()))
  expect(namesOf(forestSelector.fit(rows, { lesson: { labels }, params: { most: 2 } }))).toEqual(['a', 'c'])
})

test('the ensemble averages ranks: what four selectors rank high stays, a constant is last', () => {
  const { rows, lesson } = planted()
  const fitted = ensembleSelector.fit(rows, { lesson, params: { most: 3 } })
  expect(namesOf(fitted)).toEqual(['higher', 'nearly the same', 'lower'])
  const scores = [...scoresOf(fitted)]
  expect(scores.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(21, 12)
  expect(scores[5]).toBe(Math.min(...scores))
})
