/**
 * Fast ABOD: a row from which its neighbours are seen under ever the same angle lies outside.
 *
 * Kriegel, Schubert and Zimek, "Angle-Based Outlier Detection in High-dimensional Data", KDD 2008, definition 3 (the
 * approximation by neighbours): the variance over pairs of neighbours of ⟨a, b⟩ / (‖a‖² ‖b‖²), unweighted as in PyOD. The score
 * is −ln of it. A neighbour that equals the row gives no angle and is passed over.
 *
 * Use it when columns are many (tens to hundreds) and of like units, and strange rows lie outside of the cloud of the
 * others.
 *
 * Not when strange rows lie between clusters, many rows are equal, or rows are more than some ten thousand: every score
 * looks at all of them.
 *
 * Formula: −ln Var over pairs a, b of neighbours of ⟨a − x, b − x⟩ / (‖a − x‖² ‖b − x‖²).
 *
 * Cost: n training rows of d columns: a fit keeps them, n × d; a score finds k neighbours, n × d, and looks at k² × d.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inOne, paced } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import { type Neighbours, openNeighbours } from '../../numerics/neighbours.ts'
import { copyPoints, keepPoints, neighboursAmong, type Points } from '../../numerics/saved-points.ts'

const params = {
  k: int(5, 2, 100, 'neighbours; at most all other training rows'),
}

type State = { readonly points: Points; readonly k: number }

/** Variances are held within these. */
const [LEAST, MOST] = [1e-300, 1e300]

function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, width: number): number {
  let sum = 0
  for (let j = 0; j < width; j++) sum += (a[atA + j] as number) * (b[atB + j] as number)
  return sum
}

/** Variance of the terms of all pairs among `count` differences. Without a pair the row lies among its equals: as inside as can be. */
function varianceOf(away: Float64Array, squares: Float64Array, count: number, width: number): number {
  let [pairs, mean, sum] = [0, 0, 0]
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const product = dot(away, a * width, away, b * width, width)
      const term = product / (squares[a] as number) / (squares[b] as number)
      const off = term - mean
      mean += off / ++pairs
      sum += off * (term - mean)
    }
  }
  return pairs === 0 || Number.isNaN(sum) ? MOST : sum / pairs
}

class Abod implements Live<State> {
  private readonly state: State
  private readonly k: number
  private readonly neighbours: Neighbours

  constructor(state: State) {
    this.state = state
    this.k = neighboursAmong(state.points, state.k)
    this.neighbours = openNeighbours(state.points.data, state.points.width, this.k)
  }

  score({ data, count }: { data: Float64Array; count: number }): Float64Array {
    const { points } = this.state
    const { width } = points
    const scores = new Float64Array(count)
    const away = new Float64Array(this.k * width)
    const squares = new Float64Array(this.k)
    this.neighbours.each(data, (found, from, size) => {
      for (let i = 0; i < size; i++) {
        let seen = 0
        for (let c = 0; c < this.k; c++) {
          const neighbour = (found.rows[i * this.k + c] as number) * width
          for (let j = 0; j < width; j++)
            away[seen * width + j] = (points.data[neighbour + j] as number) - (data[(from + i) * width + j] as number)
          squares[seen] = dot(away, seen * width, away, seen * width, width)
          if ((squares[seen] as number) > 0) seen++
        }
        const variance = varianceOf(away, squares, seen, width)
        scores[from + i] = -Math.log(Math.min(MOST, Math.max(LEAST, variance)))
      }
    })
    return scores
  }

  save(): State {
    return { k: this.state.k, points: copyPoints(this.state.points) }
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'abod',
  version: 1,
  summary: 'Fast angle-based outlier detection: outside is from where all neighbours are seen under like angles.',
  reference: 'Kriegel, Schubert and Zimek, "Angle-Based Outlier Detection", KDD 2008, definition 3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit: (rows, { weights }, { k }, _random, job) =>
    paced(
      'abod',
      job,
      inOne(() => ({ points: keepPoints('abod', rows, weights, job.memoryBytes), k })),
    ),
  open: (state) => new Abod(state),
}

/**
 * Fast angle-based outlier detection (Kriegel et al. 2008). Scores are −ln of a variance, higher is stranger. Frozen; reads
 * numbers without gaps; rows of weight 0 are left out, other weights count alike. The model keeps the training rows: 16 bytes
 * a value; a score costs time in proportion to their number.
 *
 * @example `const model = abod.fitNow(rows); model.score(newRows)`
 */
export const abod = defineDetector(algorithm)
