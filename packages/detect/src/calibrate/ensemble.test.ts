import { describe, expect, it } from 'vitest'
import { decode, encode } from '../contracts/codec.ts'
import { defineDetector } from '../contracts/define-detector.ts'
import { quietJob } from '../contracts/job.ts'
import { createRandom } from '../contracts/random.ts'
import { numberRows, pickRows, type Rows } from '../contracts/rows.ts'
import { runningMeans } from '../contracts/toys.fixture.ts'
import { gradientBoosting } from '../detectors/table/gradient-boosting.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { mahalanobis } from '../detectors/table/mahalanobis.ts'
import { rarity } from '../detectors/table/rarity.ts'
import { ensemble } from './ensemble.ts'
import { freezeReference, surprise } from './reference.ts'
import { presetEnsemble, weightPresets } from './weight-presets.ts'

/** How far column `j` is from 0; fails in its fit, or on rows beyond `limit`, where that is asked of it. */
function away(id: string, j: number, { limit = Number.POSITIVE_INFINITY, unfit = false } = {}) {
  return defineDetector({
    ...{ id, version: 1, summary: `Column ${j}.`, reference: 'A toy.', params: {}, columns: 'number' as const },
    ...{ missing: 'rejects' as const, kind: 'table' as const, learnsFrom: 'unlabelled' as const },
    fit() {
      if (unfit) throw new Error('it lost its way')
      return {}
    },
    open: () => ({
      score: ({ data, count, columns }: Rows) =>
        Float64Array.from({ length: count }, (_, row) => {
          const far = Math.abs(data[row * columns.length + j] as number)
          return far > limit ? Number.NaN : far
        }),
      save: () => ({}),
    }),
  })
}

const random = createRandom('ensemble')
const train = numberRows(
  ['x', 'y'],
  Float64Array.from({ length: 600 }, (_, i) => random.normal() * (i % 2 === 0 ? 1 : 100)),
)
const asked = numberRows(['x', 'y'], Float64Array.of(0.1, 3, 2, 400, 9, 10, 0.5, -900))
const [x, y] = [away('x-away', 0), away('y-away', 1)]

/** What a member says by itself. */
const alone = (j: number, rows = asked): number[] => {
  const reference = freezeReference(Array.from({ length: train.count }, (_, row) => Math.abs(train.data[2 * row + j]!)))
  return Array.from({ length: rows.count }, (_, row) => surprise(reference, Math.abs(rows.data[2 * row + j]!)))
}
const pairs = alone(0).map((said, row) => [said, alone(1)[row]!] as const)

function expectScores(found: Float64Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length)
  for (const [row, score] of expected.entries()) expect(found[row]).toBeCloseTo(score, 12)
}

describe('an ensemble', () => {
  const both = ensemble([x, y])

  it('fuses surprises against training rows, whatever the units of its members', () => {
    expectScores(
      both.fitNow(train).score(asked),
      pairs.map(([a, b]) => (a + b) / 2),
    )
    expectScores(
      both.fitNow(train, { params: { rule: 'maximum' } }).score(asked),
      pairs.map(([a, b]) => Math.max(a, b)),
    )
  })

  it('trap: no scaling over the rows that are asked about', () => {
    const model = both.fitNow(train)
    const scores = model.score(asked)
    for (let row = 0; row < asked.count; row++) expect(model.score(pickRows(asked, [row]))[0]).toBe(scores[row])
  })

  it('weighs by parameters, by options and by the presets', () => {
    const expected = pairs.map(([a, b]) => 0.3 * a + 0.7 * b)
    expectScores(both.fitNow(train, { params: { 'x-away.weight': 3, 'y-away.weight': 7 } }).score(asked), expected)
    expectScores(
      ensemble([x, y], { weights: [0.3, 0.7] })
        .fitNow(train)
        .score(asked),
      expected,
    )
    const preset = presetEnsemble('forestAndAutoencoder', { autoencoder: y, isolationForest: x })
    expectScores(preset.fitNow(train).score(asked), expected)
    for (const weights of Object.values(weightPresets))
      expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
  })

  it('shares out the weight of a part that nobody plays, and refuses a part that is none', () => {
    const preset = presetEnsemble('voting', { anomaly: x, pattern: y })
    expectScores(
      preset.fitNow(train).score(asked),
      pairs.map(([a, b]) => (0.3 * a + 0.25 * b) / 0.55),
    )
    expect(() => presetEnsemble('voting', { oracle: x } as never)).toThrow(/no part "oracle"; it has: anomaly/)
  })

  it('leaves out a member of weight 0, without a word', () => {
    const model = both.fitNow(train, { params: { 'x-away.weight': 0 } })
    expectScores(model.score(asked), alone(1))
    expect(model.notes()).toEqual([])
  })

  it('a copy of a member changes a maximum not at all', () => {
    const copied = ensemble([x, y, away('y-again', 1)])
    const scores = (detector: typeof both, rule: string) => detector.fitNow(train, { params: { rule } }).score(asked)
    expect(scores(copied, 'maximum')).toEqual(scores(both, 'maximum'))
    expect(scores(copied, 'average')).not.toEqual(scores(both, 'average'))
  })

  it('is saved as one model', () => {
    const third = away('lost', 0, { unfit: true })
    for (const rule of ['average-of-maxima', 'maximum-of-averages', 'rank']) {
      const detector = ensemble([x, third, y, isolationForest])
      const model = detector.fitNow(train, { params: { rule } })
      const loaded = detector.load(decode(encode(model.save())))
      expect(loaded.score(asked)).toEqual(model.score(asked))
      expect(loaded.notes()).toEqual(model.notes())
      expect(model.notes().length).toBe(1)
    }
    const saved = both.fitNow(train).save()
    expect(() => ensemble([x], { id: both.id }).load(saved)).toThrow(/saved with a member "y-away"; it now has: x-away/)
  })

  it('teaches the members that learn on, and their references', () => {
    const detector = ensemble([defineDetector(runningMeans), y])
    const model = detector.fitNow(train)
    const far = numberRows(['x', 'y'], Float64Array.of(1000, 5))
    const before = model.score(far)[0]!
    for (let i = 0; i < 20; i++) model.learn(far)
    expect(model.score(far)[0]).toBeLessThan(before)
    expect(both.fitNow(train).learns).toBe(false)
  })

  it('holds rows out for its references where members learn labels', () => {
    const detector = ensemble([gradientBoosting, mahalanobis])
    const labels = Float64Array.from({ length: train.count }, (_, row) => (train.data[2 * row]! > 1 ? 1 : 0))
    expect([detector.learnsFrom, detector.params['holdout']?.default]).toEqual(['labels', 0.3])
    const model = detector.fitNow(train, { lesson: { labels } })
    const [inside, outside] = model.score(numberRows(['x', 'y'], Float64Array.of(0, 0, 2, 0)))
    expect(outside).toBeGreaterThan(inside!)
    expect(model.notes()).toEqual([])
  })

  it('refuses members that do not go together', () => {
    const categories = { ...rarity, columns: 'category' as const }
    expect(() => ensemble([x, categories])).toThrow(/numbers alone, others categories alone/)
    expect(() => ensemble([x, { ...y, kind: 'series' }])).toThrow(/kinds table, series/)
    expect(() => ensemble([])).toThrow(/at least one member/)
    expect(() => ensemble([x, x])).toThrow(/"x-away" stands twice/)
    expect(() => ensemble([x, y], { weights: [1] })).toThrow(/1 weights for 2 members/)
  })
})

describe('a member that fails', () => {
  it('in its fit is named, and the others share its weight', () => {
    const detector = ensemble([x, away('lost', 0, { unfit: true }), y], { weights: [1, 5, 1] })
    const model = detector.fitNow(train)
    expectScores(
      model.score(asked),
      pairs.map(([a, b]) => (a + b) / 2),
    )
    expect(model.notes()).toEqual(['lost was left out, as it could not be fitted: it lost its way'])
  })

  it('in a fit that takes time is named, too', async () => {
    const late = { ...away('late', 0), train: () => Promise.reject(new Error('too late')) }
    const model = await ensemble([late, y]).fit(train)
    expectScores(model.score(asked), alone(1))
    expect(model.notes()).toEqual(['late was left out, as it could not be fitted: too late'])
  })

  it('on a row is left out there alone, and named', () => {
    const model = ensemble([away('x-near', 0, { limit: 5 }), y]).fitNow(train)
    expect(model.notes()).toEqual([])
    expectScores(
      model.score(asked),
      pairs.map(([a, b], row) => (row === 2 ? b : (a + b) / 2)),
    )
    expect(model.notes()[0]).toMatch(/^x-near was left out where it gave no score: .*row 2 is NaN/)
    expect(model.clone().notes()).toEqual([])
  })

  it('is an error where no other is left', () => {
    const lost = away('lost', 0, { unfit: true })
    expect(() => ensemble([lost]).fitNow(train)).toThrow(/no member could be fitted \(lost: it lost its way\)/)
    const near = ensemble([away('x-near', 0, { limit: 5 }), away('y-near', 1, { limit: 5 })], { id: 'near' })
    const quiet = numberRows(['x', 'y'], new Float64Array(100))
    expect(() => near.fitNow(quiet).score(asked)).toThrow(/near: no member could score row 2 \(x-near: .*y-near: /)
  })

  it('because the whole was stopped stops the whole', async () => {
    const signal = { aborted: false }
    const stops = {
      ...away('stops', 0),
      train() {
        signal.aborted = true
        throw new Error('stopped')
      },
    }
    await expect(ensemble([stops, y]).fit(train, { job: quietJob({ signal }) })).rejects.toThrow('stopped')
  })
})
