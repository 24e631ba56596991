/** Recorded from scikit-learn 1.9.0: f_classif, mutual_info_score, PCA of StandardScaler. */
import { expect, test } from 'vitest'
import { decode, encode } from '../contracts/codec.ts'
import type { FittedPreparer } from '../contracts/preparation.ts'
import { prepared } from '../contracts/prepared.ts'
import { createRandom } from '../contracts/random.ts'
import { type Column, numberRows, type Rows } from '../contracts/rows.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { logisticRegression } from '../detectors/table/logistic-regression.ts'
import { anovaSelector } from './anova-selector.ts'
import { mutualInformationSelector } from './mutual-information-selector.ts'
import { principalComponents } from './principal-components.ts'
import type { Selection } from './selection.ts'
import { DATA } from './selection-sample.fixture.ts'

const SAMPLE = numberRows(['a', 'b', 'c', 'd'], Float64Array.from(DATA))
const LABELS = Float64Array.from({ length: 12 }, (_, row) => (row < 8 ? 0 : 1))
const LESSON = { lesson: { labels: LABELS } }
const F = [40.850492390330665, 5.845410628019251, 797.2881355932927, 1.4285714285714286]
const INFORMATION = [0.636514168294813, 0.5209896382014887, 0.6365141682948128, 0.06465997358168765]
const AXES = [
  -0.03046204807449575, 1.4236291966629693, 3.5559824370572097, -1.028044759305728, 19.836288683846075,
  -1.9229242880837256,
]

const scoresOf = (fitted: FittedPreparer) => (fitted.save().state as Selection).scores
const namesOf = (fitted: FittedPreparer) => fitted.columns.map(({ name }) => name)

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! / value - 1)).toBeLessThan(1e-9)
}

test('F agrees with scikit-learn, and the best columns stay in their order', () => {
  const fitted = anovaSelector.fit(SAMPLE, { ...LESSON, params: { most: 2 } })
  expectClose(scoresOf(fitted), F)
  expect(namesOf(fitted)).toEqual(['a', 'c'])
  expect([...fitted.prepare(SAMPLE).data.slice(0, 4)]).toEqual([5.1, 1.4, 4.9, 1.4])
  expect(namesOf(anovaSelector.fit(SAMPLE, LESSON))).toEqual(['a', 'b', 'c', 'd'])
})

test('mutual information agrees with scikit-learn, less what chance gives so many bins', () => {
  const different = [0, 1, 2, 3].map((column) => new Set(DATA.filter((_, i) => i % 4 === column)).size)
  const fitted = mutualInformationSelector.fit(SAMPLE, { ...LESSON, params: { most: 1 } })
  const expected = INFORMATION.map((information, j) => Math.max(0, information - (different[j]! - 1) / 24))
  const found = scoresOf(fitted)
  for (const [j, value] of expected.entries()) expect(found[j]).toBeCloseTo(value, 12)
})

/** 400 rows, one in ten an anomaly: higher, on both sides, unlike in nothing, a name of its own, missing. */
function planted(): { rows: Rows; labels: Float64Array } {
  const random = createRandom('planted')
  const names = Array.from({ length: 400 }, (_, row) => `id-${row}`)
  const columns: Column[] = ['noise', 'higher', 'both sides', 'constant', 'missing'].map((name) => ({
    name,
    type: 'number',
  }))
  columns.push({ name: 'own name', type: 'category', categories: names })
  const labels = Float64Array.from(names, (_, row) => (row % 10 === 0 ? 1 : 0))
  const data = names.flatMap((_, row) => {
    const strange = labels[row] === 1
    const side = row % 20 === 0 ? 4 : -4
    const gap = strange && row % 20 === 0 ? Number.NaN : random.normal()
    return [random.normal(), random.normal() + (strange ? 3 : 0), strange ? side : random.normal(), 7, gap, row]
  })
  return { rows: { columns, count: 400, data: Float64Array.from(data) }, labels }
}

test('mutual information finds what moves no mean and what is missing, and is not taken in by a name for every row', () => {
  const { rows, labels } = planted()
  const fitted = mutualInformationSelector.fit(rows, { lesson: { labels }, params: { most: 3 } })
  expect(namesOf(fitted)).toEqual(['higher', 'both sides', 'missing'])
  const scores = scoresOf(fitted)
  expect(scores[3]).toBe(0)
  expect(scores[5]).toBe(0)
})

test('F finds what is higher, and no more', () => {
  const { rows, labels } = planted()
  const width = rows.columns.length
  const numbers = {
    columns: rows.columns.slice(0, -1),
    count: 400,
    data: rows.data.filter((_, i) => i % width < width - 1),
  }
  const scores = scoresOf(anovaSelector.fit(numbers, { lesson: { labels } }))
  expect(scores[1]).toBeGreaterThan(100)
  expect(scores[2]).toBeLessThan(20)
  expect(scores[3]).toBe(0)
})

test('columns are chosen by labelled rows that count alone', () => {
  const half = { labels: LABELS.map((label, row) => (row % 2 === 0 ? label : Number.NaN)) }
  const odd = { labels: LABELS, weights: LABELS.map((_, row) => (row % 2 === 0 ? 1 : 0)) }
  for (const selector of [anovaSelector, mutualInformationSelector]) {
    const byLabels = scoresOf(selector.fit(SAMPLE, { lesson: half }))
    expect(scoresOf(selector.fit(SAMPLE, { lesson: odd }))).toEqual(byLabels)
    expect(byLabels).not.toEqual(scoresOf(selector.fit(SAMPLE, LESSON)))
  }
})

test('a selector makes the whole learn from labels, and columns that went are not named as reasons', () => {
  const detector = prepared(anovaSelector, logisticRegression)
  const params = { 'anova-selector.most': 2 }
  const model = detector.fitNow(SAMPLE, { ...LESSON, params })
  const weights = model.explain(SAMPLE)
  expect(weights.filter((_, i) => i % 4 === 1 || i % 4 === 3).every((weight) => weight === 0)).toBe(true)
  expect(weights.filter((_, i) => i % 4 === 2).some((weight) => weight !== 0)).toBe(true)
  const loaded = detector.load(decode(encode(model.save())))
  expect(loaded.score(SAMPLE)).toEqual(model.score(SAMPLE))
  expect(prepared(anovaSelector, isolationForest).learnsFrom).toBe('labels')
  expect(() => prepared(anovaSelector, isolationForest).fitNow(SAMPLE)).toThrow('learns from labels')
  expect(() => anovaSelector.fit(SAMPLE)).toThrow('anova-selector learns from labels')
  const alike = { lesson: { labels: new Float64Array(12).fill(1) } }
  expect(() => anovaSelector.fit(SAMPLE, alike)).toThrow('all labelled rows are of one kind')
})

const ASKED = numberRows(['a', 'b', 'c', 'd'], Float64Array.of(5, 3, 1.5, 1, 7, 2, 6, 0, 20, -4, 0, 0.5))

test('principal components agree with scikit-learn', () => {
  const fitted = principalComponents.fit(SAMPLE, { params: { most: 2 } })
  expect(namesOf(fitted)).toEqual(['axis 1', 'axis 2'])
  expectClose(fitted.prepare(ASKED).data, AXES)
})

test('as many axes stay as hold the share, and at least one', () => {
  const axes = (share: number) => principalComponents.fit(SAMPLE, { params: { share } }).columns.length
  expect([axes(0.01), axes(0.7), axes(0.9), axes(1)]).toEqual([1, 2, 3, 4])
  const constant = numberRows(['x', 'y'], Float64Array.of(1, 2, 1, 2))
  const fitted = principalComponents.fit(constant)
  expect([...fitted.prepare(constant).data]).toEqual([0, 0])
  const line = numberRows(['x', 'y'], Float64Array.of(1, 2, 2, 4, 3, 6))
  expect(principalComponents.fit(line, { params: { share: 1 } }).columns.length).toBe(1)
})
