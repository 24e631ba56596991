/**
 * COF: how long the chain is that links a row to its neighbours, beside the chains of these neighbours. Unlike LOF it sees
 * rows that leave a line or a surface without leaving the dense part of the space.
 *
 * Tang, Chen, Fu and Cheung, "Enhancing Effectiveness of Outlier Detections for Low Density Patterns", PAKDD 2002,
 * definitions 3 to 6: the average chaining distance. Neighbours join the chain in the order of their distance from the row,
 * as in PyOD. A row that equals a training row leaves one such row out; chains of training rows alone are compared with.
 *
 * Use it when ordinary rows lie along lines or surfaces, and what leaves them may still be among many others.
 *
 * Not when rows are more than some ten thousand, or speed counts: `lof` is much cheaper and mostly as good.
 *
 * Formula: average chaining distance of x / mean of those of its k neighbours.
 *
 * Cost: a fit takes n² × d + n × k² × d, a score n × d + k² × d.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inParts, paced, type Steps } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import { type Neighbourhood, type Neighbours, neighboursOfAll, openNeighbours } from '../../numerics/neighbours.ts'
import { copyPoints, keepPoints, neighboursAmong, type Points } from '../../numerics/saved-points.ts'

const params = {
  k: int(20, 1, 200, 'neighbours; at most all other training rows'),
}

type State = {
  readonly points: Points
  readonly k: number
  /** Average chaining distance, one a training row. */
  readonly chains: Float64Array
}

/** Added to chains, so that those of equal rows can be compared. */
const LEAST = 1e-10

function squaredDistance({ data, width }: Points, a: number, b: number): number {
  let sum = 0
  for (let j = 0; j < width; j++) {
    const away = (data[a * width + j] as number) - (data[b * width + j] as number)
    sum += away * away
  }
  return sum
}

/** Definition 6: Σ over the steps h of the chain of 2 (k + 1 − h) / (k (k + 1)) × cost of step h. */
function chainOf(points: Points, { rows, squares }: Neighbourhood, i: number, k: number): number {
  let sum = 0
  for (let step = 0; step < k; step++) {
    const next = rows[i * k + step] as number
    let cost = squares[i * k + step] as number
    for (let before = 0; before < step; before++)
      cost = Math.min(cost, squaredDistance(points, next, rows[i * k + before] as number))
    sum += ((2 * (k - step)) / (k * (k + 1))) * Math.sqrt(cost)
  }
  return sum
}

function* fitPoints(points: Points, asked: number): Steps<State> {
  const k = neighboursAmong(points, asked)
  const all = yield* neighboursOfAll(points.data, points.width, k)
  const count = points.data.length / points.width
  const chains = new Float64Array(count)
  yield* inParts(count, 1024, 'linking chains', (from, to) => {
    for (let i = from; i < to; i++) chains[i] = chainOf(points, all, i, k)
  })
  return { points, k, chains }
}

class Cof implements Live<State> {
  private readonly state: State
  private readonly neighbours: Neighbours

  constructor(state: State) {
    this.state = state
    this.neighbours = openNeighbours(state.points.data, state.points.width, state.k)
  }

  score({ data, count }: { data: Float64Array; count: number }): Float64Array {
    const { points, k, chains } = this.state
    const scores = new Float64Array(count)
    this.neighbours.each(data, (found, from, size) => {
      for (let i = 0; i < size; i++) {
        let sum = 0
        for (let at = i * k; at < (i + 1) * k; at++) sum += chains[found.rows[at] as number] as number
        scores[from + i] = (chainOf(points, found, i, k) + LEAST) / (sum / k + LEAST)
      }
    })
    return scores
  }

  save(): State {
    const { points, k, chains } = this.state
    return { points: copyPoints(points), k, chains: chains.slice() }
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'cof',
  version: 1,
  summary: 'Connectivity-based outlier factor: how long the chain to the neighbours is, beside the chains of these.',
  reference: 'Tang, Chen, Fu and Cheung, "Outlier Detections for Low Density Patterns", PAKDD 2002, definitions 3 to 6',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit: (rows, { weights }, { k }, _random, job) =>
    paced('cof', job, fitPoints(keepPoints('cof', rows, weights, job.memoryBytes), k)),
  open: (state) => new Cof(state),
}

/**
 * Connectivity-based outlier factor (Tang et al. 2002), for new rows. Scores are near 1 where a row's chain is as long as those
 * of its neighbours, higher is stranger. Frozen; reads numbers without gaps; rows of weight 0 are left out, other weights
 * count alike. The model keeps the training rows: 16 bytes a value; the fit costs time in proportion to the square of their
 * number, and each row k² distances more.
 *
 * @example `const model = cof.fitNow(rows); model.score(newRows)`
 */
export const cof = defineDetector(algorithm)
