/**
 * k nearest neighbours: how far away the nearest training rows are.
 *
 * Ramaswamy, Rastogi and Shim, "Efficient algorithms for mining outliers from large data sets", SIGMOD 2000, section 2 (the
 * k-th distance); Angiulli and Pizzuti, "Fast outlier detection in high dimensional spaces", PKDD 2002 (the mean). A row that
 * equals a training row leaves one such row out, so training rows are not their own neighbours. Distances are in the units of
 * the columns: scale them first where these differ.
 *
 * Use it when rows are at most some ten thousand, columns have like units, and a stranger is one that is far from everybody.
 *
 * Not when ordinary rows are dense here and thin there (`lof`), or columns differ in their units and are not scaled.
 *
 * Formula: distance to the k-th nearest training row, or the mean or median of the k distances.
 *
 * Cost: n training rows of d columns: a fit keeps them, n × d (up to 5 columns n × ln n for a tree); a score takes n × d, or
 * about ln n with the tree.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inOne, paced } from '../../contracts/paced.ts'
import { choice, int } from '../../contracts/params.ts'
import { settle } from '../../contracts/training.ts'
import { type Neighbours, openNeighbours } from '../../numerics/neighbours.ts'
import { copyPoints, keepPoints, neighboursAmong, type Points } from '../../numerics/saved-points.ts'

const params = {
  k: int(5, 1, 1000, 'neighbours; at most all other training rows'),
  distance: choice('largest', ['largest', 'mean', 'median'], 'which of the k distances is the score'),
}

type State = { readonly points: Points; readonly k: number; readonly distance: string }

/** Of ascending distances. */
function chosen(distances: Float64Array, distance: string): number {
  const k = distances.length
  if (distance === 'largest') return distances[k - 1] as number
  if (distance === 'median') return ((distances[(k - 1) >> 1] as number) + (distances[k >> 1] as number)) / 2
  return distances.reduce((sum, value) => sum + value / k, 0)
}

class KNearestNeighbours implements Live<State> {
  private readonly state: State
  private readonly k: number
  private readonly neighbours: Neighbours

  constructor(state: State) {
    const { points, k } = state
    this.state = state
    this.k = neighboursAmong(points, k)
    this.neighbours = openNeighbours(points.data, points.width, this.k)
  }

  score({ data, count }: { data: Float64Array; count: number }): Float64Array {
    const { k, state } = this
    const scores = new Float64Array(count)
    this.neighbours.each(data, ({ squares }, from, size) => {
      const distances = squares.map(Math.sqrt)
      for (let i = 0; i < size; i++) scores[from + i] = chosen(distances.subarray(i * k, (i + 1) * k), state.distance)
    })
    return scores
  }

  save(): State {
    return { ...this.state, points: copyPoints(this.state.points) }
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'k-nearest-neighbours',
  version: 1,
  summary: 'How far away the nearest training rows are: the k-th distance, the mean or the median of k.',
  reference:
    'Ramaswamy, Rastogi and Shim, "Efficient algorithms for mining outliers from large data sets", SIGMOD 2000',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit(rows, { weights }, { k, distance }, _random, job) {
    const keep = () => keepPoints('k-nearest-neighbours', rows, weights, job.memoryBytes)
    return settle(paced('k-nearest-neighbours', job, inOne(keep)), (points): State => ({ points, k, distance }))
  },
  open: (state) => new KNearestNeighbours(state),
}

/**
 * k nearest neighbours (Ramaswamy et al. 2000). Scores are distances, from 0, higher is stranger. Frozen; reads numbers
 * without gaps; rows of weight 0 are left out, other weights count alike. The model keeps the training rows: 16 bytes a value;
 * a score costs time in proportion to their number.
 *
 * @example `const model = kNearestNeighbours.fitNow(rows, { params: { k: 10 } }); model.score(newRows)`
 */
export const kNearestNeighbours = defineDetector(algorithm)
