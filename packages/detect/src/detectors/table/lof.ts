/**
 * LOF: how much thinner the training rows lie about a row than about its neighbours.
 *
 * Breunig, Kriegel, Ng and Sander, "LOF: Identifying Density-Based Local Outliers", SIGMOD 2000, definitions 3 to 7. Densities
 * are those of the training rows alone, and new rows change none (novelty detection): a row's score does not depend on the
 * rows beside it. A row that equals a training row leaves one such row out, so training rows are not their own neighbours.
 *
 * Use it when groups differ in how dense they are, and a stranger is one that lies thinner than its own neighbours do.
 *
 * Not when anomalies come in groups of more than k rows, which are then neighbours of each other, or rows are more than some
 * ten thousand.
 *
 * Formula: mean of the local reachability densities of the k neighbours / that of x.
 *
 * Cost: a fit takes n² × d (up to 5 columns about n × ln n by a tree), a score n × d.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import { type Neighbourhood, type Neighbours, neighboursOfAll, openNeighbours } from '../../numerics/neighbours.ts'
import { copyPoints, keepPoints, neighboursAmong, type Points } from '../../numerics/saved-points.ts'

const params = {
  k: int(20, 1, 1000, 'neighbours (MinPts); at most all other training rows'),
}

type State = {
  readonly points: Points
  readonly k: number
  /** Distance to the k-th neighbour, one a training row: definition 3. */
  readonly reach: Float64Array
  /** Local reachability density, one a training row: definition 6. */
  readonly density: Float64Array
}

/** Added to mean distances, so that many equal rows have a finite density; as scikit-learn does. */
const LEAST = 1e-10
/** Definition 6: one over the mean reachability distance to the neighbours `i × k …`. */
function densityOf({ rows, squares }: Neighbourhood, i: number, k: number, reach: Float64Array): number {
  let sum = 0
  for (let at = i * k; at < (i + 1) * k; at++)
    sum += Math.max(reach[rows[at] as number] as number, Math.sqrt(squares[at] as number))
  return 1 / (sum / k + LEAST)
}

function* fitPoints(points: Points, asked: number): Steps<State> {
  const { data, width } = points
  const count = data.length / width
  const k = neighboursAmong(points, asked)
  const all = yield* neighboursOfAll(data, width, k)
  const reach = Float64Array.from({ length: count }, (_, i) => Math.sqrt(all.squares[i * k + k - 1] as number))
  const density = Float64Array.from({ length: count }, (_, i) => densityOf(all, i, k, reach))
  return { points, k, reach, density }
}

class Lof implements Live<State> {
  private readonly state: State
  private readonly neighbours: Neighbours

  constructor(state: State) {
    this.state = state
    this.neighbours = openNeighbours(state.points.data, state.points.width, state.k)
  }

  /** Definition 7. */
  score({ data, count }: { data: Float64Array; count: number }): Float64Array {
    const { k, reach, density } = this.state
    const scores = new Float64Array(count)
    this.neighbours.each(data, (found, from, size) => {
      for (let i = 0; i < size; i++) {
        let sum = 0
        for (let at = i * k; at < (i + 1) * k; at++) sum += density[found.rows[at] as number] as number
        scores[from + i] = sum / k / densityOf(found, i, k, reach)
      }
    })
    return scores
  }

  save(): State {
    const { points, k, reach, density } = this.state
    return { points: copyPoints(points), k, reach: reach.slice(), density: density.slice() }
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'lof',
  version: 1,
  summary: 'Local outlier factor: how much thinner the training rows lie about a row than about its neighbours.',
  reference: 'Breunig, Kriegel, Ng and Sander, "LOF", SIGMOD 2000, definitions 3 to 7',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit: (rows, { weights }, { k }, _random, job) =>
    paced('lof', job, fitPoints(keepPoints('lof', rows, weights, job.memoryBytes), k)),
  open: (state) => new Lof(state),
}

/**
 * Local outlier factor (Breunig et al. 2000), for new rows. Scores are near 1 where a row lies as densely as its neighbours,
 * higher is stranger. Frozen; reads numbers without gaps; rows of weight 0 are left out, other weights count alike. The model
 * keeps the training rows: 16 bytes a value; the fit costs time in proportion to the square of their number.
 *
 * @example `const model = lof.fitNow(rows); model.score(newRows)`
 */
export const lof = defineDetector(algorithm)
