/**
 * GMM: how unlikely a row is under a mixture of Gaussians fitted to the training rows.
 *
 * Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", 1977; Bishop, "Pattern Recognition
 * and Machine Learning", 2006, section 9.2.2. Full covariances of standardised columns, with a ridge; the score is −ln of the
 * density in the units of the columns.
 *
 * Use it when ordinary rows come in some groups, each of its own size and slant.
 *
 * Not when rows are few beside columns² (the covariances cannot be known), or groups are far from Gaussian.
 *
 * Formula: −ln Σ over components of π · N(x; μ, Σ).
 *
 * Cost: a fit takes n × d² × components a step of EM, a score d² × components.
 */
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import type { Rows } from '../../contracts/rows.ts'
import { columnMoments, scaleOf } from '../../numerics/column-moments.ts'
import { type Component, fitMixture, openMixture } from '../../numerics/gaussian-mixture.ts'
import { standardiseRows } from '../../numerics/standardise-rows.ts'
import { rowsThatCount } from '../../numerics/weighted-rows.ts'

const params = {
  components: int(1, 1, 200, 'Gaussians, at most'),
  ridge: real(1e-6, 0, 10, 'added to the variance of every standardised column'),
}

type State = {
  readonly centre: Float64Array
  readonly scale: Float64Array
  readonly components: readonly Component[]
}

function* fitRows({ data, columns }: Rows, count: number, ridge: number, random: Random): Steps<State> {
  const width = columns.length
  const { mean, deviation } = columnMoments(data, width)
  const scale = scaleOf(deviation)
  const components = yield* fitMixture(standardiseRows(data, mean, scale), width, count, ridge, random)
  return { centre: mean, scale, components }
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'gmm',
  version: 1,
  summary: 'How unlikely a row is under a mixture of Gaussians.',
  reference: 'Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", 1977',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  params,
  fit: (rows, { weights }, { components, ridge }, random, job) =>
    paced('gmm', job, fitRows(rowsThatCount(rows, weights), components, ridge, random)),
  open(state) {
    const { centre, scale, components } = state
    /** The same Gaussians, of rows as they are. */
    const own = components.map((one) => ({
      ...one,
      scale,
      centre: centre.map((middle, j) => middle + (one.centre[j] as number) / (scale[j] as number)),
    }))
    const density = openMixture(own, centre.length)
    const units = scale.reduce((sum, factor) => sum + Math.log(factor), 0)
    return {
      score: ({ data }) => density(data).map((log) => -(log + units)),
      save: () => ({
        centre: centre.slice(),
        scale: scale.slice(),
        components: components.map((one) => ({ centre: one.centre.slice(), white: one.white.slice(), peak: one.peak })),
      }),
    }
  },
}

/**
 * Gaussian mixture (Dempster et al. 1977). Scores are −ln of a density, higher is stranger. Frozen; reads numbers without gaps;
 * rows of weight 0 are left out, other weights count alike. Memory: components × columns² numbers. Error: with a ridge of 0
 * `fit-impossible`.
 *
 * @example `const model = gmm.fitNow(rows, { params: { components: 4 } }); model.score(newRows)`
 */
export const gmm = defineDetector(algorithm)
