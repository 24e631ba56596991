/**
 * INNE: balls about a few random rows, each as wide as the next of them is far; a row is strange where only wide balls, or none,
 * hold it.
 *
 * Bandaragoda, Ting, Albrecht, Liu, Zhu and Wells, "Isolation-based anomaly detection using nearest-neighbor ensembles",
 * Computational Intelligence 2018, section 3, equations 1 to 3: 1 − τ(nearest of c) / τ(c) of the smallest ball that holds the
 * row, 1 where none does, the mean over all sets. τ is the radius (the paper), or by default its square, as in PyOD, which
 * finds more: plain radii lose .005 of the mean ROC-AUC of 24 ADBench sets.
 *
 * Use it when strange rows lie just outside of dense groups of different density: local, as LOF, at the price of a forest.
 *
 * Not when columns differ in their units and are not scaled, or most of them say nothing: distances are of all columns.
 *
 * Formula: mean over sets of 1 − τ(nearest of c) / τ(c), c the smallest ball that holds x; 1 where none does.
 *
 * Cost: t sets of ψ rows: a fit takes t × ψ² × d, a score t × ψ × d.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inOne, paced } from '../../contracts/paced.ts'
import { choice, int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { columnMoments } from '../../numerics/column-moments.ts'
import { openProjection, type Projection } from '../../numerics/kernels/matrix.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'

const params = {
  sets: int(200, 1, 2000, 'sets of balls'),
  subSample: int(8, 2, 256, 'balls of a set: rows drawn without replacement (ψ)'),
  radii: choice(
    'squared',
    ['squared', 'plain'],
    'what is compared: the squares of the radii (PyOD), or the radii (the paper)',
  ),
}

type State = {
  readonly subSample: number
  /** Mean of the training rows: what distances are reckoned from, so that their digits last. */
  readonly mean: Float64Array
  /** Centres less the mean, (sets × subSample) × columns. */
  readonly centres: Float64Array
  /** Squared radii, and 1 − τ(nearest) / τ, one a ball. */
  readonly squares: Float64Array
  readonly isolation: Float64Array
}

/** Squared distances within one set, the nearest other of each. */
function nearestOther(centres: Float64Array, width: number, ball: number, first: number, size: number) {
  let [nearest, square] = [-1, Number.POSITIVE_INFINITY]
  for (let other = first; other < first + size; other++) {
    if (other === ball) continue
    let sum = 0
    for (let j = 0; j < width; j++) {
      const away = (centres[ball * width + j] as number) - (centres[other * width + j] as number)
      sum += away * away
    }
    if (sum < square) [nearest, square] = [other, sum]
  }
  return { nearest, square: Math.min(square, Number.MAX_VALUE) }
}

function measureBalls(centres: Float64Array, width: number, size: number, squared: boolean) {
  const count = centres.length / width
  const found = Array.from({ length: count }, (_, ball) =>
    nearestOther(centres, width, ball, ball - (ball % size), size),
  )
  const squares = Float64Array.from(found, ({ square }) => square)
  const isolation = Float64Array.from(found, ({ nearest, square }) => {
    const ratio = square === 0 || nearest < 0 ? 1 : (squares[nearest] as number) / square
    return 1 - (squared ? ratio : Math.sqrt(ratio))
  })
  return { squares, isolation }
}

function drawCentres(rows: Rows, weights: Float64Array | undefined, sets: number, size: number, random: Random) {
  const width = rows.columns.length
  const { mean } = columnMoments(rows.data, width, weights)
  const draw = createSampler(rows.count, size, weights)
  const centres = new Float64Array(sets * size * width)
  for (let set = 0; set < sets; set++) {
    for (const [i, row] of draw(random.split(set)).entries()) {
      for (let j = 0; j < width; j++)
        centres[(set * size + i) * width + j] = (rows.data[row * width + j] as number) - (mean[j] as number)
    }
  }
  return { mean, centres }
}

class Inne implements Live<State> {
  private readonly state: State
  private readonly projection: Projection
  private readonly balls: number
  /** Of the balls as they are asked, the smallest of a set first: squared radius less squared length of the centre, and isolation. */
  private readonly reach: Float64Array
  private readonly own: Float64Array

  constructor(state: State) {
    const { mean, centres, squares, isolation, subSample } = state
    const [width, balls] = [mean.length, squares.length]
    const matrix = new Float64Array(width * balls)
    const order = ascending(squares, subSample)
    this.state = state
    this.balls = balls
    this.own = Float64Array.from(order, (ball) => isolation[ball] as number)
    this.reach = Float64Array.from(order, (ball, place) => {
      let length = 0
      for (let j = 0; j < width; j++) {
        const value = centres[ball * width + j] as number
        matrix[j * balls + place] = value
        length += value * value
      }
      return (squares[ball] as number) - length
    })
    this.projection = openProjection({ inputs: width, outputs: balls, matrix, centre: mean })
  }

  score({ data, count }: Rows): Float64Array {
    const { mean, subSample } = this.state
    const width = mean.length
    const { stride } = this.projection
    const scores = new Float64Array(count)
    this.projection.each(data, (products, from, size) => {
      for (let i = 0; i < size; i++) {
        let length = 0
        for (let j = 0; j < width; j++) {
          const away = (data[(from + i) * width + j] as number) - (mean[j] as number)
          length += away * away
        }
        scores[from + i] = this.meanIsolation(products, i * stride, Math.min(length, Number.MAX_VALUE), subSample)
      }
    })
    return scores
  }

  save(): State {
    const { subSample, mean, centres, squares, isolation } = this.state
    return {
      subSample,
      mean: mean.slice(),
      centres: centres.slice(),
      squares: squares.slice(),
      isolation: isolation.slice(),
    }
  }

  /** Equations 2 and 3, of a row of squared length `length` whose products with all centres begin at `at`. */
  private meanIsolation(products: Float64Array, at: number, length: number, size: number): number {
    const { reach, own, balls } = this
    let sum = 0
    for (let first = 0; first < balls; first += size) {
      let found = 1
      for (let ball = first; ball < first + size; ball++) {
        // Where lengths overflow, no ball holds the row: what is no number is not at most anything.
        if (!(length - 2 * (products[at + ball] as number) <= (reach[ball] as number))) continue
        found = own[ball] as number
        break
      }
      sum += found
    }
    return (sum * size) / balls
  }
}

/** The balls of every set, the smallest first, of equal ones the first. */
function ascending(squares: Float64Array, size: number): Int32Array {
  const order = Int32Array.from(squares.keys())
  for (let first = 0; first < squares.length; first += size)
    order.subarray(first, first + size).sort((a, b) => (squares[a] as number) - (squares[b] as number) || a - b)
  return order
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'inne',
  version: 1,
  summary: 'Isolation by nearest neighbours: strange is what only wide balls about random rows hold, or none.',
  reference:
    'Bandaragoda et al., "Isolation-based anomaly detection using nearest-neighbor ensembles", 2018, section 3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  fit(rows, { weights }, { sets, subSample, radii }, random, job) {
    const size = Math.min(subSample, Math.max(2, drawableRows(rows.count, weights)))
    const drawn = paced(
      'inne',
      job,
      inOne(() => drawCentres(rows, weights, sets, size, random)),
    )
    return settle(
      drawn,
      ({ mean, centres }): State => ({
        ...{ subSample: size, mean, centres },
        ...measureBalls(centres, rows.columns.length, size, radii === 'squared'),
      }),
    )
  },
  open: (state) => new Inne(state),
}

/**
 * Isolation using nearest-neighbour ensembles (Bandaragoda et al. 2018). Scores from 0 to 1, higher is stranger. Frozen; reads
 * numbers without gaps. Memory: sets × subSample × (columns + 3) numbers.
 *
 * @example `const model = inne.fitNow(rows); model.score(newRows)`
 */
export const inne = defineDetector(algorithm)
