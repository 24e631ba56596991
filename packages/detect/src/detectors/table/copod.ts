/**
 * COPOD: the tails of an empirical copula, added up over the columns.
 *
 * Li, Zhao, Botta, Ionescu and Hu, "COPOD: Copula-Based Outlier Detection", ICDM 2020, algorithm 1. The tail that the
 * skewness points to counts where it is larger than the mean of both, column by column, as in PyOD. (The largest of the
 * three sums over all columns, which the paper takes, is what ECOD's `largest: sum` answers; it finds less.) Ranks are those
 * among the training rows alone, so a row's score does not depend on the rows beside it (PyOD ranks training rows and batch
 * together).
 *
 * Use it for a first look without anything to set: fast, needs no scaling, says which column is strange and bears missing
 * values.
 *
 * Not when a row is strange only in how its columns go together, or in the middle of a distribution: each column is looked
 * at alone.
 *
 * Formula: Σ over columns of max(−ln of the tail that the skewness points to, mean of −ln of both tails).
 *
 * Cost: a fit takes n × ln n × d, a score ln n × d.
 */

import type { Algorithm, Live } from '../../contracts/algorithm.ts'
import { checkMemory } from '../../contracts/check-memory.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced } from '../../contracts/paced.ts'
import type { Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import {
  copyDistribution,
  type Distribution,
  eachColumn,
  fitDistributions,
  openTails,
  type TailBlock,
  type Tails,
  VALUE_BYTES,
} from '../../numerics/empirical.ts'
import { openOrder } from '../../numerics/kernels/order.ts'

type State = { readonly columns: readonly Distribution[] }

/**
 * The larger of the mean of both tails and of that which the skewness points to, one a row. Without skewness both tails
 * count (algorithm 1, line 13, and PyOD).
 */
function larger({ left, right }: TailBlock, skew: number): Float64Array {
  const terms = new Float64Array(left.length)
  const [useLeft, useRight] = [skew <= 0 ? 1 : 0, skew >= 0 ? 1 : 0]
  for (let i = 0; i < terms.length; i++) {
    const [l, r] = [left[i] as number, right[i] as number]
    terms[i] = Math.max(l * useLeft + r * useRight, (l + r) / 2)
  }
  return terms
}

class Copod implements Live<State> {
  private readonly tails: readonly Tails[]
  private readonly state: State

  constructor(state: State) {
    this.state = state
    this.tails = openTails(state.columns, openOrder())
  }

  score(rows: Rows): Float64Array {
    const scores = new Float64Array(rows.count)
    eachColumn(this.tails, rows, (block, column, from) => {
      const terms = larger(block, this.tails[column]?.skew ?? 0)
      for (let i = 0; i < terms.length; i++) scores[from + i] = (scores[from + i] as number) + (terms[i] as number)
    })
    return scores
  }

  /** The terms of the score: the weights of a row add up to it. */
  explain(rows: Rows): Float64Array {
    const width = this.tails.length
    const weights = new Float64Array(rows.count * width)
    eachColumn(this.tails, rows, (block, column, from) => {
      const terms = larger(block, this.tails[column]?.skew ?? 0)
      for (let i = 0; i < terms.length; i++) weights[(from + i) * width + column] = terms[i] as number
    })
    return weights
  }

  save(): State {
    return { columns: this.state.columns.map(copyDistribution) }
  }
}

const algorithm: Algorithm<Record<never, never>, State> = {
  id: 'copod',
  version: 1,
  summary: 'The tails of an empirical copula: far out in any column, weighed by skewness. Nothing to tune.',
  reference: 'Li, Zhao, Botta, Ionescu and Hu, "COPOD: Copula-Based Outlier Detection", ICDM 2020, algorithm 1',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'accepts',
  params: {},
  exempt: {
    'finds-what-was-planted':
      'beyond the short tail of a column only half of its rank counts: planted rows win 87 % of pairs, not 90 % (PyOD likewise)',
  },
  fit(rows, lesson, _params, _random, job) {
    const bytes = rows.count * rows.columns.length * VALUE_BYTES
    const remedy = 'fit on fewer rows, drawn at random'
    checkMemory({ owner: 'copod', what: 'the distributions', bytes, remedy }, job.memoryBytes)
    const columns = paced('copod', job, fitDistributions(rows, lesson, openOrder()))
    return settle(columns, (found): State => ({ columns: found }))
  },
  open: (state) => new Copod(state),
}

/**
 * COPOD (Li et al. 2020). Scores from 0, in nats, higher is stranger. Frozen; reads numbers; a missing value speaks
 * neither for nor against a row. Memory: 16 bytes a different value.
 *
 * @example `const model = copod.fitNow(rows); model.score(newRows)`
 */
export const copod = defineDetector(algorithm)
