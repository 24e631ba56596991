/**
 * xStream: how few rows share the bins of a row, in chains of ever finer bins over random projections. Learns on.
 *
 * Manzoor, Lamba and Akoglu, "xStream: Outlier Detection in Feature-Evolving Data Streams", KDD 2018: sparse projections of ±1
 * (section 3.1: density 1/3), half-space chains of randomly drawn, randomly shifted bins that halve each time a feature is
 * drawn again (section 3.2, equations 4 and 5), counts in a count-min sketch (section 3.2.2), the score min over the depth of
 * 2^depth × count (equation 6). Here the score is −log₂ of the mean over the chains, so that higher is stranger. Counts are of
 * the training rows and of all rows taught since; every `window` rows they are halved.
 *
 * Use it when rows come as a stream of many columns, and constant memory is wanted.
 *
 * Not when the table is at hand and still, or columns are few: an isolation forest finds more and is faster.
 *
 * Formula: −log₂ of the mean over chains of min over the depth of 2^depth × count.
 *
 * Cost: c chains of depth D over k projections: asking and teaching a row takes d × k + c × D.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { inParts, paced, type Steps } from '../../contracts/paced.ts'
import { int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { type Rows, sliceRows } from '../../contracts/rows.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openProjection, type Projection } from '../../numerics/kernels/matrix.ts'

const params = {
  projections: int(50, 1, 1000, 'random projections (K)'),
  chains: int(50, 1, 1000, 'half-space chains (M)'),
  depth: int(10, 1, 30, 'bins on the way down a chain (D)'),
  slots: int(4096, 64, 1_048_576, 'counters of a level of a chain; rows whose bins meet in one are counted together'),
  window: int(10_000, 10, 100_000_000, 'rows of trust 1 after which all counts are halved'),
}

type State = {
  readonly depth: number
  readonly slots: number
  readonly window: number
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** columns × projections. */
  readonly signs: Float64Array
  /** chains × depth: the projection that is cut, width of its bins there, and their shift. */
  readonly feature: Int32Array
  readonly width: Float64Array
  readonly shift: Float64Array
  /** chains × depth × slots. */
  readonly counts: Float32Array
  /** Trust that was counted, and since the last halving. */
  readonly total: number
  readonly fresh: number
}

/** ±√3 for a third of the columns each way of ±, else 0: section 3.1. */
function drawSigns(width: number, projections: number, random: Random): Float64Array {
  const size = Math.sqrt(3 / projections)
  return Float64Array.from({ length: width * projections }, () => {
    const drawn = random.integer(6)
    return drawn === 0 ? size : drawn === 1 ? -size : 0
  })
}

/** Rows between two looks at the signal. */
const TOGETHER = 1024

/** Range of every projection over the training rows. */
function* rangesOf(projection: Projection, projections: number, { data, count, columns }: Rows): Steps<Float64Array> {
  const least = new Float64Array(projections).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(projections).fill(Number.NEGATIVE_INFINITY)
  const look = (products: Float64Array, _: number, size: number) => {
    for (let i = 0; i < size; i++) {
      for (let p = 0, at = i * projection.stride; p < projections; p++, at++) {
        least[p] = Math.min(least[p] as number, products[at] as number)
        most[p] = Math.max(most[p] as number, products[at] as number)
      }
    }
  }
  yield* inParts(count, TOGETHER, 'projecting', (from, to) =>
    projection.each(data.subarray(from * columns.length, to * columns.length), look),
  )
  return most.map((end, p) => {
    const range = end - (least[p] as number)
    return range > 0 ? range : 1
  })
}

/** Equation 4: half the range at first, then halved each time the projection is drawn again; shifted by a random part of it. */
function drawChains(chains: number, depth: number, ranges: Float64Array, random: Random) {
  const feature = new Int32Array(chains * depth)
  const [width, shift] = [new Float64Array(chains * depth), new Float64Array(chains * depth)]
  for (let chain = 0; chain < chains; chain++) {
    const own = random.split(chain)
    const offsets = ranges.map((range) => (range / 2) * own.next())
    const times = new Int32Array(ranges.length)
    for (let level = 0; level < depth; level++) {
      const at = chain * depth + level
      const drawn = own.integer(ranges.length)
      times[drawn] = (times[drawn] as number) + 1
      feature[at] = drawn
      width[at] = (ranges[drawn] as number) / 2 / (1 << ((times[drawn] as number) - 1))
      shift[at] = offsets[drawn] as number
    }
  }
  return { feature, width, shift }
}

class XStream implements Live<State> {
  private state: State
  private readonly projection: Projection
  private readonly chains: number

  constructor(state: State) {
    const { centre, scale, signs, feature, depth } = state
    const outputs = signs.length / centre.length
    this.state = state
    this.chains = feature.length / depth
    this.projection = openProjection({ inputs: centre.length, outputs, matrix: signs, centre, scale })
  }

  score({ data, count }: Rows): Float64Array {
    const { depth, slots, counts, total } = this.state
    const scores = new Float64Array(count)
    this.each(data, (row, places) => {
      let sum = 0
      for (let chain = 0; chain < this.chains; chain++) {
        let least = Number.POSITIVE_INFINITY
        for (let level = 0, scale = 2; level < depth; level++, scale *= 2) {
          const at = chain * depth + level
          least = Math.min(least, (counts[at * slots + (places[at] as number)] as number) * scale)
        }
        sum += least
      }
      scores[row] = -Math.log2((sum / this.chains + 1) / (total + 1))
    })
    return scores
  }

  learn({ data }: Rows, trust: Float64Array): void {
    const { slots, counts } = this.state
    this.each(data, (row, places) => {
      const own = trust[row] as number
      if (own === 0) return
      for (let at = 0; at < places.length; at++) {
        const slot = at * slots + (places[at] as number)
        counts[slot] = (counts[slot] as number) + own
      }
      this.age(own)
    })
  }

  save(): State {
    const { centre, scale, signs, feature, width, shift, counts } = this.state
    return {
      ...this.state,
      ...{ centre: centre.slice(), scale: scale.slice(), signs: signs.slice(), feature: feature.slice() },
      ...{ width: width.slice(), shift: shift.slice(), counts: counts.slice() },
    }
  }

  private age(trust: number): void {
    const { total, fresh, window, counts } = this.state
    const since = fresh + trust
    if (since < window) {
      this.state = { ...this.state, total: total + trust, fresh: since }
      return
    }
    for (let slot = 0; slot < counts.length; slot++) counts[slot] = (counts[slot] as number) / 2
    this.state = { ...this.state, total: (total + trust) / 2, fresh: 0 }
  }

  /** The slot of a row at every level of every chain: a hash of all bins down to there. The list is written over. */
  private each(data: Float64Array, use: (row: number, places: Int32Array) => void): void {
    const { depth, slots, feature, width, shift } = this.state
    const { projection } = this
    const places = new Int32Array(feature.length)
    projection.each(data, (products, from, count) => {
      for (let i = 0; i < count; i++) {
        for (let at = 0, hash = 0; at < places.length; at++) {
          if (at % depth === 0) hash = 0x9e3779b9
          const value = products[i * projection.stride + (feature[at] as number)] as number
          const bin = Math.floor((value + (shift[at] as number)) / (width[at] as number))
          hash = Math.imul(hash ^ (bin | 0) ^ Math.imul((feature[at] as number) + 1, 0x85ebca6b), 0xc2b2ae35)
          hash ^= hash >>> 15
          places[at] = (hash >>> 0) % slots
        }
        use(from + i, places)
      }
    })
  }
}

interface Choices {
  readonly projections: number
  readonly chains: number
  readonly depth: number
  readonly slots: number
  readonly window: number
}

function* teach(rows: Rows, weights: Float64Array | undefined, choices: Choices, random: Random): Steps<State> {
  const { projections, chains, depth, slots, window } = choices
  const columns = rows.columns.length
  const { mean, deviation } = columnMoments(rows.data, columns, weights)
  const scale = scaleOf(deviation)
  const signs = drawSigns(columns, projections, random.split('signs'))
  const projection = openProjection({ inputs: columns, outputs: projections, matrix: signs, centre: mean, scale })
  const ranges = yield* rangesOf(projection, projections, rows)
  const cut = drawChains(chains, depth, ranges, random.split('chains'))
  const start = { depth, slots, window: Math.max(window, rows.count + 1), centre: mean, scale, signs, ...cut }
  const live = new XStream({ ...start, counts: new Float32Array(chains * depth * slots), total: 0, fresh: 0 })
  const trust = weights?.map((weight) => Math.min(1, weight)) ?? new Float64Array(rows.count).fill(1)
  yield* inParts(rows.count, TOGETHER, 'taking rows in', (from, to) =>
    live.learn(sliceRows(rows, from, to), trust.subarray(from, to)),
  )
  return { ...live.save(), window, fresh: 0 }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'xstream',
  version: 1,
  summary: 'How few rows share the bins of a row, in chains of ever finer bins over random projections. Learns on.',
  reference: 'Manzoor, Lamba and Akoglu, "xStream", KDD 2018, sections 3.1 and 3.2, equations 4 to 6',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  exempt: {
    'agrees-with-the-reference':
      'its projections and chains are random, and no reference installs beside current NumPy',
  },
  fit: (rows, { weights }, choices, random, job) => paced('xstream', job, teach(rows, weights, choices, random)),
  open: (state) => new XStream(state),
}

/**
 * xStream (Manzoor, Lamba and Akoglu 2018). Scores are −log₂ of a share, higher is stranger. Learns on in constant memory; reads
 * numbers without gaps. Memory: chains × depth × slots × 4 bytes.
 *
 * @example `const model = xstream.fitNow(rows); model.follow(newRows)`
 */
export const xstream = defineDetector(algorithm)
