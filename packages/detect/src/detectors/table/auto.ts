/**
 * `auto`: several detectors as one, with nothing to tune.
 *
 * Training rows hold anomalies, and a detector that learned them finds them ordinary. So a panel of scouts that see rows
 * differently (by isolation, balls, projections, distances, tails, histograms) says first which rows look strangest. Without
 * those, the distance to the nearest neighbours, which anomalies among the training rows spoil most, is the sharpest judge that
 * we measured: the judges are fitted on the rest, look at all rows again, and are fitted a last time on what they themselves
 * find ordinary, once leaving out few rows and once more. They see the columns as they are, where a common unit means
 * something, and each with a deviation of 1.
 *
 * Fitting, leaving out what is farthest and fitting again is the C-step of Rousseeuw and Van Driessen (Technometrics 1999, section 2);
 * ensembles in sequence: Aggarwal and Sathe, "Theoretical Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations
 * 2015, section 2.
 *
 * Use it when nothing is known of the anomalies, or there may be many of them among the rows that are learned: on labelled public
 * tables it finds more than any single detector does.
 *
 * Not when a score has to come within microseconds or the model has to be small (isolation-forest), or a formula has to say why
 * (mahalanobis, ecod).
 *
 * Formula: mean over judges of −ln p; p is the share of the sample's distances to the k-th neighbour that are as large.
 *
 * Cost: of a sample of m rows, at most 5,000: a fit takes about 10 × m² × d, a score 4 × m × d; the model keeps 4 × m × d numbers.
 */
import { askOnce, Panel, type PanelState, type Seat, teachPanel } from '../../calibrate/panel.ts'
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import type { Job } from '../../contracts/job.ts'
import { int, real } from '../../contracts/params.ts'
import { prepared } from '../../contracts/prepared.ts'
import type { Random } from '../../contracts/random.ts'
import { pickRows, type Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { createSampler, drawableRows } from '../../numerics/sample-rows.ts'
import { rowsOfSmallest } from '../../numerics/select.ts'
import { standardScaler } from '../../prepare/standard-scaler.ts'
import { ecod } from './ecod.ts'
import { hbos } from './hbos.ts'
import { inne } from './inne.ts'
import { isolationForest } from './isolation-forest.ts'
import { kNearestNeighbours } from './k-nearest-neighbours.ts'
import { loda } from './loda.ts'

const params = {
  sample: int(5000, 50, 100_000, 'rows that are learned from, drawn at random where there are more'),
  leftOut: real(
    0.25,
    0,
    0.5,
    'share of these rows, the strangest, that the judges do not learn; well above that of anomalies',
  ),
}

const scaledNeighbours = prepared(standardScaler, kNearestNeighbours)

/** Quick, and each sees rows differently. */
const SCOUTS: readonly Seat[] = [
  { detector: isolationForest },
  { detector: prepared(standardScaler, inne) },
  { detector: prepared(standardScaler, loda) },
  { detector: scaledNeighbours, params: { 'k-nearest-neighbours.k': 20, 'k-nearest-neighbours.distance': 'mean' } },
  { detector: ecod },
  { detector: hbos },
]

const JUDGES: readonly Seat[] = [{ detector: scaledNeighbours }, { detector: kNearestNeighbours }]

/** The last fit leaves out this share of `leftOut` for one pair of judges, all of it for the other. */
const FEWER = 0.4

function drawSample(rows: Rows, weights: Float64Array | undefined, most: number, random: Random): Rows {
  const able = drawableRows(rows.count, weights)
  if (able === rows.count && able <= most) return rows
  return pickRows(rows, createSampler(rows.count, Math.min(most, able), weights)(random).sort())
}

/** The rows with the smallest scores, at least two. */
function withoutStrangest(rows: Rows, scores: Float64Array, share: number): Rows {
  const kept = Math.max(Math.min(2, rows.count), rows.count - Math.floor(rows.count * share))
  return pickRows(rows, rowsOfSmallest(scores, kept).sort())
}

/** One panel of several. */
const joinPanels = (panels: readonly PanelState[]): PanelState => ({
  members: panels.flatMap(({ members }) => members),
  failures: panels.flatMap(({ failures }) => failures),
})

/** A job of which this is one of three parts. */
const partOf = (job: Job, place: number): Job => ({
  ...{ signal: job.signal, memoryBytes: job.memoryBytes, due: () => job.due(), checkpoint: () => Promise.resolve() },
  tick: (done, of, note) => job.tick(place + done / Math.max(1, of), 4, note),
})

function fitAuto(rows: Rows, leftOut: number, random: Random, job: Job): PanelState | Promise<PanelState> {
  const judge = (scores: Float64Array, share: number, place: number) => {
    const course = { taught: withoutStrangest(rows, scores, share), asked: rows }
    return teachPanel('auto', JUDGES, course, random.split(place), partOf(job, place))
  }
  const scouts = teachPanel('auto', SCOUTS, { taught: rows, asked: rows }, random.split('scouts'), partOf(job, 0))
  const strange = settle(scouts, (panel) => askOnce('auto', SCOUTS, panel, rows, partOf(job, 0)))
  const first = settle(strange, (scores) => judge(scores, leftOut, 1))
  const left = settle(first, (panel) => askOnce('auto', JUDGES, panel, rows, partOf(job, 1)))
  return settle(left, (scores) =>
    settle(judge(scores, leftOut * FEWER, 2), (many) =>
      settle(judge(scores, leftOut, 3), (fewer) => joinPanels([many, fewer])),
    ),
  )
}

const algorithm: Algorithm<typeof params, PanelState> = {
  id: 'auto',
  version: 1,
  summary:
    'Several detectors as one, with nothing to tune: what looks strange is left out, and the rest is learned again.',
  reference:
    'Aggarwal and Sathe, "Theoretical Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations 2015, section 2',
  kind: 'table',
  learnsFrom: 'unlabelled',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  exempt: { 'agrees-with-the-reference': 'no other implementation of it is known' },
  fit: (rows, { weights }, { sample, leftOut }, random, job) =>
    fitAuto(drawSample(rows, weights, sample, random.split('sample')), leftOut, random, job),
  open(state) {
    const panel = new Panel(
      'auto',
      JUDGES.map(({ detector }) => detector),
      state,
    )
    return {
      score: (rows) => panel.score(rows),
      notes: () => panel.notes(),
      save: () => panel.save(),
      close: () => panel.close(),
    }
  },
}

/**
 * An unsupervised ensemble that needs no tuning. Scores are means of −ln p of its members, from 0, higher is stranger. Frozen;
 * reads numbers without gaps; rows of weight 0 are never learned, others are drawn by their weight where there are more than
 * `sample`. Memory of the model: four times the sample, 16 bytes a value.
 *
 * @example `const model = auto.fitNow(rows); model.score(newRows)`
 */
export const auto = defineDetector(algorithm)
