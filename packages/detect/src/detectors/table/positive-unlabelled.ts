/**
 * Positive-unlabelled learning: forests that tell the labelled anomalies from ever other small draws of the unlabelled rows.
 *
 * Mordelet and Vert, "A bagging SVM to learn from positive and unlabeled examples", Pattern Recognition Letters 2014, algorithm 1:
 * a draw of unlabelled rows holds hardly any anomaly, and which ones it holds differs from draw to draw, so the mean over many
 * classifiers forgives them. Small random forests stand where the paper has support vector machines. A draw is twice as large as
 * the number of labelled anomalies, but at least 64, and both kinds count as much. Rows labelled as normal are drawn like the unlabelled.
 *
 * Use it when some anomalies are labelled, nobody says what is normal, and those to come will be like the labelled ones.
 *
 * Not when only one or two are labelled, or new kinds of anomalies have to be found (auto, xgbod).
 *
 * Formula: mean over draws of the share of trees' votes for an anomaly.
 *
 * Cost: t draws of ψ rows: a fit takes t × 10 × ψ × ln ψ × √d, a score t × 10 × depth.
 */

import { breathe, inTurn, shareOf } from '../../calibrate/in-turn.ts'
import type { Algorithm, Lesson } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { HeedfulError } from '../../contracts/errors.ts'
import type { Job } from '../../contracts/job.ts'
import type { Model, SavedModel } from '../../contracts/model.ts'
import { int } from '../../contracts/params.ts'
import type { Random } from '../../contracts/random.ts'
import { pickRows, type Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'
import { randomForest } from './random-forest.ts'

const params = {
  draws: int(30, 1, 1000, 'draws of unlabelled rows, each with a forest of its own'),
  trees: int(10, 1, 500, 'trees of a forest'),
}

type State = { readonly forests: readonly SavedModel[] }

/** A draw has at least so many unlabelled rows. */
const LEAST = 64

/** One a row: what it weighs where it is labelled as an anomaly (`wanted`), or is not; 0 elsewhere. */
const weightsOf = (count: number, { labels, weights }: Lesson, wanted: boolean): Float64Array =>
  Float64Array.from({ length: count }, (_, row) => ((labels?.[row] === 1) === wanted ? (weights?.[row] ?? 1) : 0))

interface Pool {
  readonly rows: Rows
  readonly anomalies: Int32Array
  readonly weights: Float64Array
  readonly draw: (random: Random) => Int32Array
}

function poolOf(rows: Rows, lesson: Lesson): Pool {
  const known = weightsOf(rows.count, lesson, true)
  const others = weightsOf(rows.count, lesson, false)
  const able = drawableRows(rows.count, others)
  const anomalies = Int32Array.from(known.keys()).filter((row) => (known[row] as number) > 0)
  if (able === 0 || anomalies.length === 0) {
    const way = 'leave some rows unlabelled (NaN), label one as 1, and give both a weight above 0'
    throw new HeedfulError(
      'lesson-value',
      `positive-unlabelled tells anomalies from other rows, and there is one kind only; ${way}`,
    )
  }
  const size = Math.min(able, Math.max(LEAST, 2 * anomalies.length))
  return { rows, anomalies, weights: known, draw: createSampler(rows.count, size, others) }
}

/** The labelled anomalies and one draw; both kinds count as much. */
function fitForest(
  { rows, anomalies, weights, draw }: Pool,
  trees: number,
  random: Random,
  job: Job,
): Model | Promise<Model> {
  const drawn = draw(random.split('draw'))
  const total = anomalies.reduce((sum, row) => sum + (weights[row] as number), 0)
  const count = anomalies.length + drawn.length
  const labels = Float64Array.from({ length: count }, (_, i) => (i < anomalies.length ? 1 : 0))
  const counts = labels.map((label, i) =>
    label === 1 ? ((weights[anomalies[i] as number] as number) * drawn.length) / total : 1,
  )
  const taught = pickRows(rows, Int32Array.from([...anomalies, ...drawn]))
  return randomForest.train(taught, { labels, weights: counts }, { trees }, random.split('forest'), job)
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'positive-unlabelled',
  version: 1,
  summary: 'Learns from labelled anomalies alone: forests that tell them from draws of the unlabelled rows.',
  reference:
    'Mordelet and Vert, "A bagging SVM to learn from positive and unlabeled examples", Pattern Recognition Letters 2014, algorithm 1',
  kind: 'table',
  learnsFrom: 'labels',
  columns: randomForest.columns,
  missing: randomForest.missing,
  leastRows: 2,
  params,
  exempt: { 'agrees-with-the-reference': 'its forests are compared as random-forest; the draws are random' },
  fit(rows, lesson, { draws, trees }, random, job) {
    const pool = poolOf(rows, lesson)
    const one = (place: number) =>
      settle(breathe('positive-unlabelled', job, place, draws), () =>
        settle(fitForest(pool, trees, random.split(place), shareOf(job, place, draws)), (model) => {
          const saved = model.save()
          model.close()
          return saved
        }),
      )
    return settle(inTurn<SavedModel>(draws, one), (forests): State => ({ forests }))
  },
  open({ forests }) {
    const models = forests.map((saved) => randomForest.load(saved))
    return {
      score(rows) {
        const sums = new Float64Array(rows.count)
        for (const model of models) {
          for (const [row, share] of model.score(rows).entries()) sums[row] = (sums[row] as number) + share
        }
        return sums.map((sum) => sum / models.length)
      },
      save: () => ({ forests: models.map((model) => model.save()) }),
      close() {
        for (const model of models) model.close()
      },
    }
  },
}

/**
 * Positive-unlabelled learning (Mordelet and Vert 2014). Scores are shares, 0 to 1, higher is stranger. Learns from rows labelled
 * as 1 and from all others; frozen. Memory: draws × (trees × nodes × 48 bytes + columns × 2 kB at most). Error: `lesson-value`
 * where all rows are labelled as 1.
 *
 * @example `const model = positiveUnlabelled.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const positiveUnlabelled = defineDetector(algorithm)
