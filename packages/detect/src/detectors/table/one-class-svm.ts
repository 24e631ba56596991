/**
 * One-class SVM: on which side, and how far, a row lies of the surface that holds all but a share ν of the training rows.
 *
 * Schölkopf, Platt, Shawe-Taylor, Smola and Williamson, "Estimating the support of a high-dimensional distribution", Neural
 * Computation 2001, equations 3.10 and 3.11: the score is ρ − Σ αᵢ K(xᵢ, x), LIBSVM's decision value with its sign turned.
 *
 * Use it when the training rows are clean, at most some twenty thousand, and the border about them is bent.
 *
 * Not when the training rows hold anomalies (they bend the border), or rows are many (`online-one-class-svm`).
 *
 * Formula: ρ − Σ αᵢ K(xᵢ, x).
 *
 * Cost: a fit takes between n² × d and n³, a score d a support vector, of which there are at least ν × n.
 */
import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { choice, flag, real } from '../../contracts/params.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { openKernelRows } from '../../numerics/kernel-rows.ts'
import { openSimilarity, type Similarity } from '../../numerics/kernels/similarity.ts'
import { solveOneClass } from '../../numerics/one-class-smo.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'
import { rowsThatCount } from '../../numerics/weighted-rows.ts'

const params = {
  nu: real(0.5, 0.001, 1, 'at most this share of the training rows lies outside, at least this share is kept (ν)'),
  kernel: choice('rbf', ['rbf', 'linear'], 'exp(−γ‖x − y‖²), or the product of the rows'),
  gamma: real(0, 0, 1e6, 'γ of the rbf kernel; 0 takes 1 / columns'),
  standardise: flag(true, 'give every column a mean of 0 and a deviation of 1 first'),
  tolerance: real(1e-3, 1e-9, 0.1, 'how far the worst pair may be from its optimum'),
}

type State = {
  /** 0 is the linear kernel. */
  readonly gamma: number
  readonly rho: number
  readonly centre: Float64Array
  readonly scale: Float64Array
  /** Support vectors, moved and scaled, and their α. */
  readonly vectors: Float64Array
  readonly alpha: Float64Array
}

/** Share of the fit's memory that kept rows of the kernel matrix may take. */
const KEPT = 0.25

interface Choices {
  readonly nu: number
  readonly gamma: number
  readonly standardise: boolean
  readonly tolerance: number
  readonly memoryBytes: number
}

function* fitRows({ data, columns }: Rows, choices: Choices): Steps<State> {
  const width = columns.length
  const { mean, deviation } = columnMoments(data, width)
  const { standardise, gamma } = choices
  const centre = standardise ? mean : new Float64Array(width)
  const scale = standardise ? scaleOf(deviation) : new Float64Array(width).fill(1)
  const points = standardiseRows(data, centre, scale)
  const kernel = openKernelRows(points, width, gamma, choices.memoryBytes * KEPT)
  const { alpha, rho } = yield* solveOneClass(kernel, choices.nu, choices.tolerance)
  const support = Array.from(alpha.keys()).filter((i) => (alpha[i] as number) > 0)
  const vectors = new Float64Array(support.length * width)
  for (const [place, i] of support.entries()) vectors.set(points.subarray(i * width, (i + 1) * width), place * width)
  return { gamma, rho, centre, scale, vectors, alpha: Float64Array.from(support, (i) => alpha[i] as number) }
}

class OneClassSvm implements Live<State> {
  private readonly state: State
  private readonly similarity: Similarity

  constructor(state: State) {
    this.state = state
    this.similarity = openSimilarity(state.vectors, state.centre.length)
  }

  score({ data }: Rows): Float64Array {
    const { gamma, rho, centre, scale, alpha } = this.state
    const sums = this.similarity.sum(standardiseRows(data, centre, scale), alpha, gamma)
    return sums.map((sum) => rho - Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, sum)))
  }

  save(): State {
    const { centre, scale, vectors, alpha } = this.state
    return {
      ...this.state,
      ...{ centre: centre.slice(), scale: scale.slice(), vectors: vectors.slice(), alpha: alpha.slice() },
    }
  }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'one-class-svm',
  version: 1,
  summary: 'How far outside a row lies of the surface that holds all but a share of the training rows.',
  reference: 'Schölkopf, Platt, Shawe-Taylor, Smola and Williamson, Neural Computation 2001, equations 3.10 and 3.11',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  fit(rows, { weights }, { nu, kernel, gamma, standardise, tolerance }, _random, job) {
    const used = rowsThatCount(rows, weights)
    const rbf = gamma > 0 ? gamma : 1 / used.columns.length
    const choices = { nu, standardise, tolerance, gamma: kernel === 'linear' ? 0 : rbf, memoryBytes: job.memoryBytes }
    return paced('one-class-svm', job, fitRows(used, choices))
  },
  open: (state) => new OneClassSvm(state),
}

/**
 * One-class support vector machine (Schölkopf et al. 2001). Scores are below 0 inside, higher is stranger. Frozen; reads
 * numbers without gaps; rows of weight 0 are left out, other weights count alike. The model keeps at least a share ν of the
 * training rows, and the fit costs time in proportion to between rows² and rows³: above some 20,000 rows take
 * `online-one-class-svm`.
 *
 * @example `const model = oneClassSvm.fitNow(rows, { params: { nu: 0.1 } }); model.score(newRows)`
 */
export const oneClassSvm = defineDetector(algorithm)
