/** Small, honest examples of the contract, for its own tests. */
import type { Algorithm, Live, RemoteAlgorithm } from './algorithm.ts'
import type { Calibration } from './calibration.ts'
import { real } from './params.ts'
import type { Preparation } from './preparation.ts'
import type { Rows } from './rows.ts'

export type MeansState = { readonly means: Float64Array; weight: number }
const meansParams = { reach: real(1, 0.1, 10, 'distance that counts as one') }

function distances({ data, columns, count }: Rows, means: Float64Array, reach: number): Float64Array {
  const width = columns.length
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0
    for (let j = 0; j < width; j++) sum += Math.abs((data[row * width + j] as number) - (means[j] as number))
    return sum / reach
  })
}

/** Strangeness = distance from the running mean of each column. Learns. */
export const runningMeans: Algorithm<typeof meansParams, MeansState & { reach: number }> = {
  id: 'running-means',
  version: 2,
  summary: 'Distance from the mean.',
  reference: 'A toy.',
  kind: 'table',
  learnsFrom: 'normal',
  columns: 'number',
  missing: 'rejects',
  params: meansParams,
  upgrade: { 1: (older) => ({ ...(older as { means: Float64Array; weight: number }), reach: 1 }) },
  fit(rows, lesson, { reach }) {
    const width = rows.columns.length
    const means = new Float64Array(width)
    let weight = 0
    for (let row = 0; row < rows.count; row++) {
      const w = lesson.weights?.[row] ?? 1
      weight += w
      for (let j = 0; j < width; j++) means[j]! += w * rows.data[row * width + j]!
    }
    return { means: means.map((sum) => sum / weight), weight, reach }
  },
  open(state): Live<MeansState & { reach: number }> {
    const { means, reach } = state
    let { weight } = state
    return {
      score: (rows) => distances(rows, means, reach),
      learn({ data, columns, count }, trust) {
        for (let row = 0; row < count; row++) {
          const w = trust[row] as number
          if (w === 0) continue
          weight += w
          for (let j = 0; j < columns.length; j++)
            means[j]! += (w * (data[row * columns.length + j]! - means[j]!)) / weight
        }
      },
      save: () => ({ means: means.slice(), weight, reach }),
    }
  },
}

/** The same, answering later, and frozen. */
export const laterMeans: RemoteAlgorithm<typeof meansParams, MeansState & { reach: number }> = {
  ...runningMeans,
  id: 'later-means',
  open({ means, reach, weight }) {
    return {
      score: async (rows) => distances(rows, means, reach),
      save: () => ({ means: means.slice(), weight, reach }),
      close: async () => undefined,
    }
  },
}

/** Multiplies each column; adds the sum of all as a further column. */
export const doubling: Preparation<{ factor: ReturnType<typeof real> }, { factor: number }> = {
  id: 'doubling',
  version: 1,
  summary: 'Doubles.',
  reference: 'A toy.',
  columns: 'number',
  missing: 'rejects',
  params: { factor: real(2, 1, 10, 'what to multiply with') },
  fit: (_rows, _lesson, { factor }) => ({ factor }),
  open: ({ factor }, inputs) => ({
    columns: [...inputs, { name: 'sum', type: 'number' }],
    origins: [
      ...inputs.map((_, column) => [{ column, share: 1 }]),
      inputs.map((_, column) => ({ column, share: 1 / inputs.length })),
    ],
    prepare({ data, count }) {
      const width = inputs.length
      return Float64Array.from({ length: count * (width + 1) }, (_, i) => {
        const row = Math.floor(i / (width + 1))
        const j = i % (width + 1)
        const values = data.subarray(row * width, (row + 1) * width)
        return factor * (j < width ? (values[j] as number) : values.reduce((a, b) => a + b, 0))
      })
    },
    save: () => ({ factor }),
  }),
}

/** p = (1 + number of reference scores at least as high) / (n + 1). Learns every score. */
export const counting: Calibration<{ most: ReturnType<typeof real> }, { scores: Float64Array }> = {
  id: 'counting',
  version: 1,
  summary: 'Empirical p-values.',
  reference: 'A toy.',
  params: { most: real(1000, 1, 10000, 'scores kept') },
  fit: (scores) => ({ scores: scores.slice() }),
  open(state) {
    const kept = Array.from(state.scores)
    const p = (score: number) => (1 + kept.filter((known) => known >= score).length) / (kept.length + 1)
    return {
      calibrate: (scores) => scores.map((score) => -Math.log(p(score))),
      learn: (scores) => {
        kept.push(...scores)
      },
      save: () => ({ scores: Float64Array.from(kept) }),
    }
  },
}
