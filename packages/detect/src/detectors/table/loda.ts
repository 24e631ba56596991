/**
 * LODA: histograms of many random projections; a row is as strange as the bins that it falls into are empty.
 *
 * Pevný, "Loda: Lightweight on-line detector of anomalies", Machine Learning 2016, section 3: each projection takes √columns of
 * the columns with normal weights (equation 3); the score is the mean of −ln p (equation 2). A row is looked up in the bin in
 * which it was counted (PyOD looks one bin to the left); outside of all bins, and in empty ones, p is `least`.
 *
 * Use it when columns are many, and a cheap detector is wanted that also sees how columns go together.
 *
 * Not when columns differ in their units and are not scaled, or scores near each other have to be told apart.
 *
 * Formula: mean over projections w of −ln p(wᵀx), p by a histogram.
 *
 * Cost: p projections: a fit takes n × p × √d, a score p × √d.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inParts, paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments } from '../../numerics/column-moments.ts'
import { openProjection, type Projection } from '../../numerics/kernels/matrix.ts'

const params = {
  projections: int(100, 1, 2000, 'random projections'),
  bins: int(10, 2, 1000, 'bins of equal width a projection'),
  least: real(1e-12, 1e-15, 0.1, 'share that an empty bin is given'),
}

type State = {
  readonly bins: number
  /** Mean of the training rows, taken off first. */
  readonly mean: Float64Array
  /** columns × projections. */
  readonly weights: Float64Array
  /** Left edge of the first bin, and bins a unit, one a projection. */
  readonly first: Float64Array
  readonly perUnit: Float64Array
  /** −ln p, (bins + 1) a projection: the last one for what lies outside. */
  readonly surprise: Float64Array
}

/** √columns columns of each projection get a normal weight: equation 3. */
function drawWeights(width: number, projections: number, random: Random): Float64Array {
  const weights = new Float64Array(width * projections)
  const used = Math.max(1, Math.floor(Math.sqrt(width)))
  const columns = Int32Array.from({ length: width }, (_, j) => j)
  for (let p = 0; p < projections; p++) {
    for (let i = 0; i < used; i++) {
      const drawn = i + random.integer(width - i)
      const column = columns[drawn] as number
      columns[drawn] = columns[i] as number
      columns[i] = column
      weights[column * projections + p] = random.normal()
    }
  }
  return weights
}

/** A range that bins can divide: a constant projection becomes one unit wide. */
function widen(first: Float64Array, last: Float64Array): void {
  for (let p = 0; p < first.length; p++) {
    const [least, most] = [first[p] as number, last[p] as number]
    if (most - least > Math.abs(least) * 1e-14) continue
    const half = Math.max(0.5, Math.abs(least) * 1e-12)
    first[p] = least - half
    last[p] = most + half
  }
}

/** Rows between two looks at the signal. */
const TOGETHER = 8192

function* rangesOf(
  projection: Projection,
  projections: number,
  { data, count, columns }: Rows,
  weights: Float64Array | undefined,
): Steps<{ first: Float64Array; last: Float64Array }> {
  const first = new Float64Array(projections).fill(Number.POSITIVE_INFINITY)
  const last = new Float64Array(projections).fill(Number.NEGATIVE_INFINITY)
  const look = (products: Float64Array, from: number, size: number) => {
    for (let i = 0; i < size; i++) {
      if (weights?.[from + i] === 0) continue
      for (let p = 0, at = i * projection.stride; p < projections; p++, at++) {
        const value = products[at] as number
        if (value < (first[p] as number)) first[p] = value
        if (value > (last[p] as number)) last[p] = value
      }
    }
  }
  yield* inParts(count, TOGETHER, 'projecting', (start, end) => {
    const part = data.subarray(start * columns.length, end * columns.length)
    projection.each(part, (products, from, size) => look(products, start + from, size))
  })
  widen(first, last)
  return { first, last }
}

/** The bin, or `bins` outside of all; the last bin holds its right edge. */
function binOf(value: number, first: number, perUnit: number, bins: number): number {
  const place = (value - first) * perUnit
  if (place >= 0 && place < bins) return place | 0
  return place >= bins && place <= bins * (1 + 1e-12) ? bins - 1 : bins
}

function* fitHistograms(
  rows: Rows,
  lesson: Float64Array | undefined,
  projections: number,
  bins: number,
  least: number,
  random: Random,
): Steps<State> {
  const width = rows.columns.length
  const { mean } = columnMoments(rows.data, width, lesson)
  const weights = drawWeights(width, projections, random)
  const projection = openProjection({ inputs: width, outputs: projections, matrix: weights, centre: mean })
  const { first, last } = yield* rangesOf(projection, projections, rows, lesson)
  const perUnit = first.map((from, p) => bins / ((last[p] as number) - from))
  const surprise = new Float64Array(projections * (bins + 1))
  let total = 0
  const count = (products: Float64Array, from: number, size: number) => {
    for (let i = 0; i < size; i++) {
      const weight = lesson ? (lesson[from + i] as number) : 1
      total += weight
      if (weight === 0) continue
      for (let p = 0, at = i * projection.stride; p < projections; p++, at++) {
        const bin = p * (bins + 1) + binOf(products[at] as number, first[p] as number, perUnit[p] as number, bins)
        surprise[bin] = (surprise[bin] as number) + weight
      }
    }
  }
  yield* inParts(rows.count, TOGETHER, 'counting', (start, end) => {
    const part = rows.data.subarray(start * width, end * width)
    projection.each(part, (products, from, size) => count(products, start + from, size))
  })
  for (let at = 0; at < surprise.length; at++) surprise[at] = -Math.log((surprise[at] as number) / total + least)
  return { bins, mean, weights, first, perUnit, surprise }
}

class Loda implements Live<State> {
  private readonly state: State
  private readonly projection: Projection

  constructor(state: State) {
    const { mean, weights, first } = state
    this.state = state
    this.projection = openProjection({ inputs: mean.length, outputs: first.length, matrix: weights, centre: mean })
  }

  /** Equation 2. */
  score({ data, count }: Rows): Float64Array {
    const { bins, first, perUnit, surprise } = this.state
    const projections = first.length
    const scores = new Float64Array(count)
    this.projection.each(data, (products, from, size) => {
      for (let i = 0; i < size; i++) {
        let sum = 0
        for (let p = 0, at = i * this.projection.stride; p < projections; p++, at++) {
          const bin = binOf(products[at] as number, first[p] as number, perUnit[p] as number, bins)
          sum += surprise[p * (bins + 1) + bin] as number
        }
        scores[from + i] = sum / projections
      }
    })
    return scores
  }

  save(): State {
    const { bins, mean, weights, first, perUnit, surprise } = this.state
    return {
      ...{ bins, mean: mean.slice(), weights: weights.slice() },
      ...{ first: first.slice(), perUnit: perUnit.slice(), surprise: surprise.slice() },
    }
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'loda',
  version: 1,
  summary: 'Histograms of many random projections: a row is strange where it falls into empty bins.',
  reference: 'Pevný, "Loda: Lightweight on-line detector of anomalies", Machine Learning 2016, section 3',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  exempt: { 'agrees-with-the-reference': 'PyOD looks rows up one bin beside the one that they were counted in' },
  fit: (rows, { weights }, { projections, bins, least }, random, job) =>
    paced('loda', job, fitHistograms(rows, weights, projections, bins, least, random)),
  open: (state) => new Loda(state),
}

/**
 * LODA (Pevný 2016). Scores are means of −ln p, in nats, higher is stranger. Frozen; reads numbers without gaps; scale columns
 * of different units first. Memory: projections × (columns + bins) numbers.
 *
 * @example `const model = loda.fitNow(rows); model.score(newRows)`
 */
export const loda = defineDetector(algorithm)
