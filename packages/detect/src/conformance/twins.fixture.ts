/** For each promise the detectors that break it: small, and otherwise honest. */
import type { CheckName } from '../contracts/check-name.ts'
import { defineDetector } from '../contracts/define-detector.ts'
import { quietJob } from '../contracts/job.ts'
import type { Detector, Model } from '../contracts/model.ts'
import { type Honest, honest, openLive, type State, subjectOf, vectors } from './honest.fixture.ts'
import type { Subject } from './subject.ts'

const twin = (change: Partial<Honest>): Subject => subjectOf({ ...honest, ...change })

/** Breaks the model itself, past what `defineDetector` would have seen to. */
function brokenModel(change: (model: Model) => Partial<Model>): Subject {
  const detector = defineDetector(honest)
  const wrap = (model: Model): Model =>
    Object.assign(Object.create(model) as Model, { clone: () => wrap(model.clone()), ...change(model) })
  const broken: Detector = {
    ...(detector as Detector),
    fit: async (...given) => wrap(await (detector as Detector).fit(...given)),
    load: (saved) => wrap(detector.load(saved)),
  }
  return { ...subjectOf(honest), detector: broken }
}

let fits = 0

export const twins: { readonly [K in CheckName]: { readonly [how: string]: Subject } } = {
  'finds-what-was-planted': {
    'one score for all': twin({
      open: (state) => ({ ...openLive(state), score: ({ count }) => new Float64Array(count) }),
    }),
    'the sign turned': twin({
      open: (state) => ({
        ...openLive(state),
        score: (rows) =>
          openLive(state)
            .score(rows)
            .map((score) => -score),
      }),
    }),
  },
  'explains-what-was-planted': {
    'always the first column': twin({
      open: (state) => ({
        ...openLive(state),
        explain: ({ data, columns }) => data.map((_, i) => (i % columns.length === 0 ? 1 : 0)),
      }),
    }),
  },
  'rows-do-not-depend-on-rows-beside-them': {
    'scaled by the batch': twin({
      open: (state) => ({
        ...openLive(state),
        score(rows) {
          const scores = openLive(state).score(rows)
          return scores.map((score) => score / (1 + Math.max(...scores)))
        },
      }),
    }),
  },
  'scoring-does-not-learn': {
    'teaches itself what it scores': twin({
      open(state) {
        const live = openLive(state)
        const score = (rows: Parameters<typeof live.score>[0]) => {
          const scores = live.score(rows)
          live.learn(rows, new Float64Array(rows.count).fill(1))
          return scores
        }
        return { ...live, score }
      },
    }),
  },
  'trust-0-changes-no-belief': {
    'trusts everyone': twin({
      open(state) {
        const live = openLive(state)
        return {
          ...live,
          learn: (rows, trust) =>
            live.learn(
              rows,
              trust.map(() => 1),
            ),
        }
      },
    }),
  },
  'follow-equals-itself-at-any-cut': {
    'asks for a block, then teaches the block': brokenModel((model) => ({
      follow(rows, trust) {
        const scores = model.score(rows)
        model.learn(rows, trust)
        return scores
      },
    })),
  },
  'the-seed-decides-everything': {
    'counts its fits': twin({ fit: (...given) => ({ ...(honest.fit(...given) as State), reach: 1 + ++fits / 1000 }) }),
  },
  'saved-and-loaded-scores-the-same': {
    'forgets how much it has seen': twin({
      open(state) {
        const live = openLive(state)
        return { ...live, save: () => ({ ...live.save(), weight: 1 }) }
      },
    }),
    'saves in single precision': twin({
      open(state) {
        const live = openLive(state)
        return { ...live, save: () => ({ ...live.save(), means: live.save().means.map(Math.fround) }) }
      },
    }),
  },
  'each-older-version-loads': {
    'reads it wrongly': twin({
      upgrade: { 1: (older) => ({ ...(older as { means: Float64Array; weight: number }), reach: 2 }) },
    }),
    'has lost the way': twin({ upgrade: {} }),
    'kept no example': { detector: defineDetector(honest) },
  },
  'input-arrays-stay-whole': {
    'writes into the rows': twin({
      open: (state) => ({
        ...openLive(state),
        score(rows) {
          const scores = openLive(state).score(rows)
          rows.data.fill(0)
          return scores
        },
      }),
    }),
    'keeps the training rows': twin({
      fit: (rows) => ({ means: rows.data.subarray(0, rows.columns.length), weight: 1, reach: 1 }),
    }),
    'hands out its own memory': twin({ open: (state) => ({ ...openLive(state), save: () => state }) }),
  },
  'scores-are-finite': {
    'subtracts what overflows': twin({
      open: (state) => ({
        ...openLive(state),
        score: ({ data, columns, count }) =>
          Float64Array.from({ length: count }, (_, row) => Math.abs(2 * (data[row * columns.length] || 0))),
      }),
    }),
    'divides by the spread': twin({
      fit(rows) {
        const first = rows.data.filter((_, i) => i % rows.columns.length === 0)
        const spread = Math.max(...first) - Math.min(...first)
        return { means: first.slice(0, 1), weight: 1, reach: spread }
      },
      open: (state) => ({
        ...openLive(state),
        score: ({ data, columns, count }) =>
          Float64Array.from(
            { length: count },
            (_, row) => (data[row * columns.length]! - state.means[0]!) / state.reach,
          ),
      }),
    }),
  },
  'unsound-input-is-refused': {
    'looks at no labels': {
      ...subjectOf(honest),
      detector: {
        ...(defineDetector(honest) as Detector),
        fit: (rows, { params = {} } = {}) => (defineDetector(honest) as Detector).fit(rows, { params }),
      },
    },
    'takes what is infinite for nothing': brokenModel((model) => ({
      score: (rows) => model.score({ ...rows, data: rows.data.map((value) => (Number.isFinite(value) ? value : 0)) }),
    })),
  },
  'damaged-models-are-refused': {
    'makes do without': twin({
      open: ({ means, ...rest }) =>
        openLive({ ...rest, means: means instanceof Float64Array ? means : new Float64Array(9) }),
    }),
  },
  'a-stopped-fit-ends': {
    'works in one piece': twin({
      fit: (rows, lesson, values, random) => honest.fit(rows, lesson, values, random, quietJob()),
    }),
  },
  'memory-is-bounded': {
    'remembers every row': twin({
      open(state) {
        const live = openLive(state)
        let seen = state.means
        const learn = (rows: Parameters<typeof live.learn>[0], trust: Float64Array) => {
          live.learn(rows, trust)
          seen = Float64Array.from([...seen, ...rows.data])
        }
        return { ...live, learn, save: () => ({ ...live.save(), means: seen }) }
      },
    }),
  },
  'missing-values-as-declared': {
    'accepts them and cannot': twin({
      open: (state) => ({
        ...openLive(state),
        score: ({ data, columns, count }) =>
          Float64Array.from({ length: count }, (_, row) => data[row * columns.length]! - state.means[0]!),
      }),
    }),
    'rejects them and does not': { detector: { ...(defineDetector(honest) as Detector), missing: 'rejects' } },
  },
  'columns-by-name': {
    'reads columns by place': brokenModel((model) => ({
      score({ data, columns, count }) {
        const width = model.columns.length
        const first = data.filter((_, i) => i % columns.length < width)
        return model.score({ columns: model.columns, count, data: first })
      },
    })),
  },
  'fast-path-equals-slow-twin': {
    'one bit away': {
      ...subjectOf(honest),
      slowTwin: (saved, rows) =>
        openLive(saved.state as State)
          .score(rows)
          .map((score) => score * (1 + 2 ** -52)),
    },
  },
  'cites-its-source': {
    'no year': twin({ reference: 'Everybody knows it, really' }),
    'says nothing': twin({ summary: 'Means.' }),
  },
  'agrees-with-the-reference': {
    'another constant': { ...subjectOf(honest), vectors: { ...vectors, scores: Float64Array.of(0, 4.001) } },
    'nothing recorded': { detector: defineDetector(honest) },
  },
}
