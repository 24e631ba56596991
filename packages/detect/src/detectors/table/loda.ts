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
import { type Bins, FEW_VALUES, openBins, openRanges } from '../../numerics/kernels/bins.ts'
import { type BinPlan, sumBinsSlow } from '../../numerics/kernels/bins-slow.ts'
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

/** A place beyond the last edge by its rounding is in the last bin. */
const ROUNDING = 1e-12

/** Projections as columns of bins; those that fill the stride up hold nothing. */
function planOf(bins: number, stride: number, first: Float64Array, perUnit: Float64Array): BinPlan {
  const pad = (values: Float64Array) => {
    const padded = new Float64Array(stride)
    padded.set(values)
    return padded
  }
  return { columns: stride, bins, first: pad(first), perUnit: pad(perUnit), low: 0, high: bins * ROUNDING }
}

/** Rows between two looks at the signal. */
const TOGETHER = 8192

function* fitHistograms(
  { data, count, columns: { length: width } }: Rows,
  lesson: Float64Array | undefined,
  projections: number,
  bins: number,
  least: number,
  random: Random,
): Steps<State> {
  const { mean } = columnMoments(data, width, lesson)
  const weights = drawWeights(width, projections, random)
  const projection = openProjection({ inputs: width, outputs: projections, matrix: weights, centre: mean })
  const { stride } = projection
  const ranges = openRanges(stride)
  const project = (start: number, end: number, take: (products: Float64Array, own?: Float64Array) => void) =>
    projection.each(data.subarray(start * width, end * width), (products, from, size) =>
      take(products, lesson?.subarray(start + from, start + from + size)),
    )
  yield* inParts(count, TOGETHER, 'projecting', (start, end) => project(start, end, ranges.take))
  const [first, last] = [ranges.least.slice(0, projections), ranges.most.slice(0, projections)]
  widen(first, last)
  const perUnit = first.map((from, p) => bins / ((last[p] as number) - from))
  const counted = openBins(planOf(bins, stride, first, perUnit))
  yield* inParts(count, TOGETHER, 'counting', (start, end) => project(start, end, counted.count))
  const total = lesson ? lesson.reduce((sum, weight) => sum + weight, 0) : data.length / width
  const surprise = new Float64Array(projections * (bins + 1))
  for (let p = 0; p < projections; p++) {
    for (let bin = 0; bin <= bins; bin++) {
      const held = bin < bins ? (counted.table[p * (bins + 2) + 1 + bin] as number) : 0
      surprise[p * (bins + 1) + bin] = -Math.log(held / total + least)
    }
  }
  return { bins, mean, weights, first, perUnit, surprise }
}

class Loda implements Live<State> {
  private readonly state: State
  private readonly projection: Projection
  private readonly plan: BinPlan
  /** As bins are looked up: outside, the bins, outside, for each projection. */
  private readonly table: Float64Array
  private opened: Bins | undefined

  constructor(state: State) {
    const { bins, mean, weights, first, perUnit, surprise } = state
    this.state = state
    this.projection = openProjection({ inputs: mean.length, outputs: first.length, matrix: weights, centre: mean })
    const { stride } = this.projection
    this.plan = planOf(bins, stride, first, perUnit)
    this.table = new Float64Array(stride * (bins + 2))
    for (let p = 0; p < first.length; p++) {
      const [from, to] = [p * (bins + 1), p * (bins + 2)]
      this.table.set(surprise.subarray(from, from + bins + 1), to + 1)
      this.table[to] = surprise[from + bins] as number
    }
  }

  /** Equation 2. */
  score({ data, count }: Rows): Float64Array {
    const scores = new Float64Array(count)
    this.projection.each(data, (products, from) => this.sum(products, scores, from))
    const projections = this.state.first.length
    return scores.map((sum) => sum / projections)
  }

  private sum(products: Float64Array, scores: Float64Array, from: number): void {
    if (products.length < FEW_VALUES) return scores.set(sumBinsSlow(products, this.plan, this.table), from)
    if (!this.opened) {
      this.opened = openBins(this.plan)
      this.opened.table.set(this.table)
    }
    this.opened.sum(products, scores, from)
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
