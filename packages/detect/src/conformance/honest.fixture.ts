/** A small detector that keeps every promise: what the breaking twins are compared with. */
import type { Algorithm, Live } from '../contracts/algorithm.ts'
import { defineDetector } from '../contracts/define-detector.ts'
import { inOne, paced } from '../contracts/paced.ts'
import { real } from '../contracts/params.ts'
import { numberRows, type Rows } from '../contracts/rows.ts'
import type { RecordedVectors, Subject } from './subject.ts'

const params = { reach: real(1, 0.1, 10, 'distance that counts as one') }
export type State = { readonly means: Float64Array; readonly weight: number; readonly reach: number }
export type Honest = Algorithm<typeof params, State>

/** Sum of distances to the mean of each column; a missing value is no distance. */
export function distances({ data, columns, count }: Rows, { means, reach }: State): Float64Array {
  const scores = new Float64Array(count)
  for (let i = 0; i < data.length; i++) {
    const distance = Math.abs(data[i]! - means[i % columns.length]!) / reach
    const row = Math.floor(i / columns.length)
    if (!Number.isNaN(distance)) scores[row] = Math.min(Number.MAX_VALUE, scores[row]! + distance)
  }
  return scores
}

/** Moves the means towards the rows, as far as they are trusted. */
export function teach({ means, weight, reach }: State, { data, columns, count }: Rows, trust: Float64Array): State {
  const width = columns.length
  const moved = means.slice()
  let sum = weight
  for (let row = 0; row < count; row++) {
    sum += trust[row]!
    if (trust[row] === 0) continue
    for (let j = 0; j < width; j++) {
      const value = data[row * width + j]!
      if (!Number.isNaN(value)) moved[j]! += trust[row]! * (value / sum - moved[j]! / sum)
    }
  }
  return { means: moved, weight: sum, reach }
}

export function openLive(start: State): Live<State> & { learn(rows: Rows, trust: Float64Array): void } {
  let state = start
  return {
    score: (rows) => distances(rows, state),
    learn(rows, trust) {
      state = teach(state, rows, trust)
    },
    save: () => ({ ...state, means: state.means.slice() }),
  }
}

export const honest: Honest = {
  id: 'honest',
  version: 2,
  summary: 'Sum of distances to the mean of each column.',
  reference: 'Shewhart, Economic Control of Quality of Manufactured Product, 1931, chapter 20.',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'accepts',
  params,
  upgrade: { 1: (older) => ({ ...(older as { means: Float64Array; weight: number }), reach: 1 }) },
  fit(rows, { weights }, { reach }, _random, job) {
    const empty: State = { means: new Float64Array(rows.columns.length), weight: 0, reach }
    return paced(
      'honest',
      job,
      inOne(() => teach(empty, rows, weights ?? new Float64Array(rows.count).fill(1))),
    )
  },
  open: openLive,
}

const one = numberRows(['x'], Float64Array.of(3))
export const vectors: RecordedVectors = {
  source: 'by hand',
  train: numberRows(['x'], Float64Array.of(0, 2)),
  queries: numberRows(['x'], Float64Array.of(1, 5)),
  scores: Float64Array.of(0, 4),
  tolerance: new Float64Array(2),
}
const savedByVersion1 = {
  ...{ detector: 'honest', version: 1, params: {}, ordinary: Float64Array.of(1) },
  columns: [{ name: 'x', type: 'number' }],
  state: { means: Float64Array.of(1), weight: 2 },
}

/** A subject with everything that can be proved. */
export function subjectOf(algorithm: Honest): Subject {
  return {
    detector: defineDetector(algorithm),
    slowTwin: (saved, rows) => distances(rows, saved.state as State),
    vectors,
    older: [{ version: 1, saved: savedByVersion1, rows: one, scores: Float64Array.of(2) }],
  }
}
