/**
 * Online one-class SVM: the surface that holds all but a share ν of the rows, learned row by row, over random features of the
 * Gaussian kernel. Constant memory, whatever the number of rows.
 *
 * Rahimi and Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007, algorithm 1: √(2 / D) cos(ωᵀx + b). The primal
 * of Schölkopf et al. 2001, min ½‖w‖² − ρ + mean(max(0, ρ − wᵀφ(x))) / ν, by stochastic gradient descent with steps 1 / t
 * (Shalev-Shwartz et al., "Pegasos", 2011) and the mean of the iterates over the later half of the fit. The score is ρ − wᵀφ(x),
 * in units in which the weights of `one-class-svm` sum to 1.
 *
 * Use it when rows are many or come as a stream, and a smooth border about them is wanted in constant memory.
 *
 * Not when rows are few (`one-class-svm` is exact), or columns are many and γ is not known to fit: random features blur
 * then.
 *
 * Formula: ρ − wᵀφ(x), φ(x) = √(2 / D) cos(ωᵀx + b).
 *
 * Cost: D features: a fit takes steps × D × d, a score and a lesson D × d.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { flag, int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openProjection, type Projection } from '../../numerics/kernels/matrix.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'

const params = {
  nu: real(0.5, 0.001, 1, 'share of the rows that may lie outside (ν)'),
  gamma: real(0, 0, 1e6, 'γ of the Gaussian kernel; 0 takes 1 / columns'),
  features: int(256, 4, 8192, 'random features (D)'),
  steps: int(20_000, 100, 10_000_000, 'rows that the fit looks at, drawn again and again where there are fewer'),
  standardise: flag(true, 'give every column a mean of 0 and a deviation of 1, as in the training rows'),
}

type State = {
  readonly nu: number
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** columns × features, and one phase a feature. */
  readonly frequencies: Float64Array
  readonly phases: Float64Array
  readonly weights: Float64Array
  readonly rho: number
  /** Rows learned so far. */
  readonly seen: number
}

/** Steps begin as if this many rows had been learned. */
const EARLY = 100
/** Lessons weigh at least as much as those of a window of this many rows: what is learned later is not lost among what was. */
const WINDOW = 100_000

/** The random features of rows. */
class Features {
  readonly size: number
  private readonly projection: Projection
  private readonly phases: Float64Array
  private readonly factor: number

  constructor({ centre, scale, frequencies, phases }: Pick<State, 'centre' | 'scale' | 'frequencies' | 'phases'>) {
    this.size = phases.length
    this.phases = phases
    this.factor = Math.sqrt(2 / phases.length)
    const plan = { inputs: centre.length, outputs: phases.length, matrix: frequencies, centre, scale }
    this.projection = openProjection(plan)
  }

  /** Hands over the features of one row after the other; the array is written over. */
  each(data: Float64Array, use: (features: Float64Array, row: number) => void): void {
    const { size, phases, factor, projection } = this
    const features = new Float64Array(size)
    projection.each(data, (products, from, count) => {
      for (let i = 0; i < count; i++) {
        const at = i * projection.stride
        for (let f = 0; f < size; f++)
          features[f] = factor * Math.cos((products[at + f] as number) + (phases[f] as number))
        use(features, from + i)
      }
    })
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/** One step of the descent; changes `weights`, answers the new ρ. */
function step(weights: Float64Array, rho: number, features: Float64Array, nu: number, size: number): number {
  const outside = dot(weights, features) < rho
  const pull = outside ? size / nu : 0
  for (let f = 0; f < weights.length; f++)
    weights[f] = (weights[f] as number) * (1 - size) + pull * (features[f] as number)
  return rho + size * (1 - (outside ? 1 / nu : 0))
}

const stepSize = (seen: number): number => 1 / (EARLY + Math.min(seen, WINDOW))

class OnlineOneClassSvm implements Live<State> {
  private state: State
  private readonly features: Features
  private readonly weights: Float64Array

  constructor(state: State) {
    this.state = state
    this.weights = state.weights
    this.features = new Features(state)
  }

  score({ data, count }: Rows): Float64Array {
    const scores = new Float64Array(count)
    this.features.each(data, (features, row) => {
      scores[row] = this.state.rho - dot(this.weights, features)
    })
    return scores
  }

  learn({ data }: Rows, trust: Float64Array): void {
    this.features.each(data, (features, row) => {
      const own = trust[row] as number
      if (own === 0) return
      const { rho, nu, seen } = this.state
      const next = step(this.weights, rho, features, nu, own * stepSize(seen))
      this.state = { ...this.state, rho: next, seen: seen + own }
    })
  }

  save(): State {
    const { centre, scale, frequencies, phases } = this.state
    return {
      ...this.state,
      ...{ centre: centre.slice(), scale: scale.slice(), frequencies: frequencies.slice(), phases: phases.slice() },
      weights: this.weights.slice(),
    }
  }
}

/** Frequencies of the Gaussian kernel exp(−γ d²): normals of variance 2γ. */
function drawFeatures(width: number, size: number, gamma: number, random: Random) {
  const deviation = Math.sqrt(2 * gamma)
  return {
    frequencies: Float64Array.from({ length: width * size }, () => deviation * random.normal()),
    phases: Float64Array.from({ length: size }, () => 2 * Math.PI * random.next()),
  }
}

/** The rows of one pass, in a random order. */
function drawPass(rows: Rows, size: number, weights: Float64Array | undefined, random: Random): Float64Array {
  const width = rows.columns.length
  const drawn = createSampler(rows.count, size, weights)(random)
  for (let i = size - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const kept = drawn[i] as number
    drawn[i] = drawn[j] as number
    drawn[j] = kept
  }
  const data = new Float64Array(size * width)
  for (const [i, row] of drawn.entries()) data.set(rows.data.subarray(row * width, (row + 1) * width), i * width)
  return data
}

/** Rows between two looks at the signal. */
const TOGETHER = 1024

function* descend(
  start: State,
  rows: Rows,
  steps: number,
  lesson: Float64Array | undefined,
  random: Random,
): Steps<State> {
  const width = rows.columns.length
  const features = new Features(start)
  const weights = start.weights.slice()
  const mean = new Float64Array(weights.length)
  const size = Math.min(steps, drawableRows(rows.count, lesson))
  let [rho, meanRho, seen, averaged] = [0, 0, 0, 0]
  while (seen < steps) {
    const pass = drawPass(rows, size, lesson, random)
    const learn = (own: Float64Array) => {
      rho = step(weights, rho, own, start.nu, stepSize(seen++))
      if (seen < steps / 2) return
      averaged++
      meanRho += (rho - meanRho) / averaged
      for (let f = 0; f < mean.length; f++)
        mean[f] = (mean[f] as number) + ((weights[f] as number) - (mean[f] as number)) / averaged
    }
    for (let from = 0; from < pass.length; from += TOGETHER * width) {
      yield { done: seen, of: steps, note: 'descending' }
      features.each(pass.subarray(from, from + TOGETHER * width), learn)
    }
  }
  return { ...start, weights: mean, rho: meanRho, seen }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'online-one-class-svm',
  version: 1,
  summary: 'The one-class SVM over random features, learned row by row in constant memory. Learns on.',
  reference: 'Rahimi and Recht, NIPS 2007, algorithm 1; Schölkopf et al., Neural Computation 2001',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  exempt: { 'agrees-with-the-reference': 'its features are random; a test compares it with one-class-svm' },
  fit(rows, { weights }, { nu, gamma, features, steps, standardise }, random, job) {
    const width = rows.columns.length
    const { mean, deviation } = columnMoments(rows.data, width, weights)
    const centre = standardise ? mean : new Float64Array(width)
    const scale = standardise ? scaleOf(deviation) : new Float64Array(width).fill(1)
    const drawn = drawFeatures(width, features, gamma > 0 ? gamma : 1 / width, random.split('features'))
    const start = { nu, centre, scale, ...drawn, weights: new Float64Array(features), rho: 0, seen: 0 }
    return paced('online-one-class-svm', job, descend(start, rows, steps, weights, random.split('order')))
  },
  open: (state) => new OnlineOneClassSvm(state),
}

/**
 * Online one-class SVM (Schölkopf et al. 2001 over Rahimi and Recht 2007). Scores are below 0 inside, higher is stranger. Learns
 * on in constant memory; reads numbers without gaps. Memory: (columns + 3) × features numbers.
 *
 * @example `const model = onlineOneClassSvm.fitNow(rows, { params: { nu: 0.1 } }); model.follow(newRows)`
 */
export const onlineOneClassSvm = defineDetector(algorithm)
