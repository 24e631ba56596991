import { numberRows } from '../contracts/rows.ts'
import { averagePathLengths } from '../numerics/average-path.ts'
import type { RecordedVectors } from './subject.ts'

/** 400 rows of three columns, by a formula that any language repeats. */
const data = Float64Array.from({ length: 1200 }, (_, at) => {
  const [i, j] = [Math.floor(at / 3), at % 3]
  const value = ((i * i * 31 + i * (17 + j * 13) + j * 7) % 997) / 997
  return j === 2 ? value * value : value
})
const queries = [
  [0.5, 0.5, 0.25],
  [0.1, 0.9, 0.5],
  [0, 0, 0],
  [1, 1, 1],
  [2, 0.5, 0.25],
  [0.5, 0.5, -1],
  [5, 5, 5],
  [0.3, 0.3, 0.02],
]
/** Mean path length over 4,000 trees, and its deviation from tree to tree. */
const paths = [8.489, 6.171, 5.524, 4.556, 6.803, 8.007, 4.556, 7.843]
const deviations = [1.916, 2.055, 2.1, 1.776, 2.21, 2.055, 1.776, 2.008]
const TREES = 2000
const SUB_SAMPLE = 64

const average = averagePathLengths(SUB_SAMPLE)[SUB_SAMPLE] as number
const scores = Float64Array.from(paths, (path) => Math.exp((-Math.LN2 * path) / average))
/** Five standard errors of the difference of the two means, as a difference of scores. */
const tolerance = scores.map((score, i) => {
  const error = (deviations[i] as number) * Math.sqrt(1 / TREES + 1 / 4000)
  return (5 * error * score * Math.LN2) / average
})

export const scikitForest: RecordedVectors = {
  source: 'scikit-learn 1.9.1, IsolationForest(max_samples=64), depth of decision_path plus exact c(n) of the leaf',
  train: numberRows(['a', 'b', 'c'], data),
  params: { trees: TREES, subSample: SUB_SAMPLE },
  queries: numberRows(['a', 'b', 'c'], Float64Array.from(queries.flat())),
  ...{ scores, tolerance },
}
