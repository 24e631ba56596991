import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { conformal } from '../calibrate/conformal.ts'
import { ensemble } from '../calibrate/ensemble.ts'
import { calibrated } from '../contracts/calibrated.ts'
import type { Detector } from '../contracts/model.ts'
import { prepared } from '../contracts/prepared.ts'
import { joinRows, type Rows } from '../contracts/rows.ts'
import { detectors } from '../detectors/registry.ts'
import { isolationForest } from '../detectors/table/isolation-forest.ts'
import { mahalanobis } from '../detectors/table/mahalanobis.ts'
import { rarity } from '../detectors/table/rarity.ts'
import { averagePathLengths } from '../numerics/average-path.ts'
import { type Forest, sumPathsSlow } from '../numerics/kernels/forest-slow.ts'
import { categoryEncoder } from '../prepare/category-encoder.ts'
import { imputer } from '../prepare/imputer.ts'
import { robustScaler } from '../prepare/robust-scaler.ts'
import { assertKept, conform } from './conform.ts'
import { readRecorded } from './recorded.fixture.ts'
import { tableScenario } from './scenario.ts'
import { scikitForest } from './scikit-forest.fixture.ts'
import type { Scenario, Subject } from './subject.ts'

/** Rows of twenty groups, at times. */
function grouped(rows: Rows): Rows {
  const index = Float64Array.from({ length: rows.count }, (_, i) => i)
  return { ...rows, time: index.map((i) => i * 1000), group: Int32Array.from(index, (i) => i % 20) }
}

/** Planted rows stand among the training rows, too, and are labelled. */
function labelled(detector: Detector, seed: number): Scenario {
  const unlabelled = { ...detector, learnsFrom: 'unlabelled' as const }
  const { train, normal, planted, plantedIn } = tableScenario(unlabelled, seed)
  const known = tableScenario(unlabelled, seed + 100).planted
  const rows = joinRows(train, joinRows(known, known))
  const labels = Float64Array.from({ length: rows.count }, (_, row) => (row < train.count ? 0 : 1))
  /** A weighted sum knows one direction a column: up. */
  const up = (given: Rows) => ({
    ...given,
    data: given.data.map((value) => (Math.abs(value) > 10 ? Math.abs(value) : value)),
  })
  const linear = detector.id === 'logistic-regression'
  if (linear) return { train: up(rows), lesson: { labels }, normal, planted: up(planted), plantedIn }
  return { train: rows, lesson: { labels }, normal, planted, plantedIn }
}

/** What the registry itself cannot know. */
const known: { readonly [id: string]: readonly Omit<Subject, 'detector'>[] } = {
  'isolation-forest': [
    {
      vectors: scikitForest,
      slowTwin(saved, rows) {
        const forest = saved.state as Forest & { width: number; subSample: number }
        const average = averagePathLengths(forest.subSample)[forest.subSample] as number
        const perTree = 1 / (forest.roots.length * average)
        return sumPathsSlow(forest, rows.data, forest.width).map((sum) => Math.exp(-Math.LN2 * (sum * perTree)))
      },
    },
  ],
  /** Masses of 2^15 nodes a tree are saved and compared at every check: lower trees promise the same. */
  'half-space-trees': [{ params: { height: 7 } }],
  sciforest: [{ params: { trees: 20, subSample: 96 } }],
  'online-one-class-svm': [{ params: { steps: 3000 } }],
  xstream: [{ params: { chains: 20, slots: 512 } }],
  auto: [{ params: { sample: 200 } }],
  xgbod: [{ params: { sample: 100, rounds: 20, leastRows: 3 } }],
  'label-weighted-fusion': [{ params: { sample: 100 } }],
  'positive-unlabelled': [{ params: { draws: 4 } }],
  rarity: [
    {},
    {
      params: { groups: 50 },
      scenario(seed) {
        const { train, normal, planted, plantedIn } = tableScenario(rarity, seed)
        return { train: grouped(train), normal: grouped(normal), planted: grouped(planted), plantedIn }
      },
    },
  ],
}

/** The scaler lets categories pass, the forest does not take them: so numbers. */
const numbers = (seed: number) => tableScenario(isolationForest, seed)
const small = { 'conformal.capacity': 200 }
const frozen = ensemble([isolationForest, mahalanobis])
/** One of its members learns on. */
const learning = ensemble([rarity, prepared(categoryEncoder, isolationForest)])

/** Made of others, which prove what is recorded themselves. */
const composed: readonly Subject[] = [
  { detector: prepared(robustScaler, isolationForest), scenario: numbers },
  { detector: prepared(imputer, prepared(robustScaler, isolationForest)), scenario: numbers },
  { detector: calibrated(isolationForest, conformal), params: small },
  { detector: calibrated(rarity, conformal), params: small },
  { detector: calibrated(prepared(robustScaler, isolationForest), conformal), scenario: numbers, params: small },
  { detector: frozen, params: { rule: 'maximum-of-averages' } },
  { detector: learning, params: { rule: 'average-of-maxima', capacity: 200 } },
  { detector: calibrated(frozen, conformal), params: small },
].map((subject) => ({ ...subject, composed: true }))

/** Fewer trees keep the same promises. */
const FEWER_TREES = new Map([
  ['random-forest', { trees: 30 }],
  ['gradient-boosting', { rounds: 30 }],
  ['random-cut-forest', { trees: 20, sample: 64 }],
])

/** What is known here, else what was recorded in the fixture beside the detector. */
function subjectsOf(detector: Detector): readonly Omit<Subject, 'detector'>[] {
  const { id } = detector
  const fixture = fileURLToPath(new URL(`../detectors/table/fixtures/${id}.json`, import.meta.url))
  const recorded = known[id] ?? (existsSync(fixture) ? readRecorded(readFileSync(fixture, 'utf8')) : [{}])
  if (detector.learnsFrom !== 'labels') {
    const fewer = FEWER_TREES.get(id)
    return fewer ? recorded.map((subject) => ({ params: fewer, ...subject })) : recorded
  }
  /** Ten rows of a kind were planted on each side of a column. */
  const least = Object.hasOwn(detector.params, 'leastRows') ? { leastRows: 3 } : {}
  const few = { ...least, ...FEWER_TREES.get(detector.id) }
  return recorded.map((subject) => ({ params: few, scenario: (seed: number) => labelled(detector, seed), ...subject }))
}

const subjects: readonly Subject[] = [
  ...detectors.flatMap((detector) => subjectsOf(detector).map((more) => ({ ...more, detector }))),
  ...composed,
]

describe('every detector of the registry, and detectors made of them', () => {
  it.each(subjects.map((subject) => [subject.detector.id, subject] as const))(
    '%s keeps its promises',
    async (_, subject) => {
      const verdicts = await conform(subject)
      assertKept(subject, verdicts)
      expect(verdicts.filter(({ outcome }) => outcome === 'kept').length).toBeGreaterThanOrEqual(10)
    },
  )
})
