/**
 * `auto`: several detectors as one, with nothing to tune.
 *
 * Training rows hold anomalies, and a detector that learned them finds them ordinary. So a panel of scouts that see rows
 * differently (by isolation, balls, projections, tails, histograms) says first which rows look strangest. Without
 * those, the distance to the nearest neighbours, which anomalies among the training rows spoil most, is the sharpest judge that
 * we measured: the judges are fitted on the rest, look at all rows again, and are fitted a last time on what they themselves
 * find ordinary, once leaving out few rows and once more. They see the columns as they are, where a common unit means
 * something, and each with a deviation of 1.
 *
 * Fitting, leaving out what is farthest and fitting again is the C-step of Rousseeuw and Van Driessen (Technometrics 1999, section 2);
 * ensembles in sequence: Aggarwal and Sathe, "Theoretical Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations
 * 2015, section 2.
 *
 * Where some rows are labelled as anomalies, two learners stand beside the judges, who then never learn these rows: a penalised
 * logistic regression, which is worth something from the first label on, and boosted trees, whose part grows with the labels. Both
 * read the columns and what scouts and judges say (Zhao and Hryniewicki, "XGBOD", IJCNN 2018); rows without a label count as
 * normal (Elkan and Noto, KDD 2008). Rows labelled as normal are never left out.
 *
 * Use it when nothing or little is known of the anomalies, or there may be many of them among the rows that are learned: on labelled public
 * tables it finds more than any single detector does.
 *
 * Not when rows are strange only by values far out in single columns (ecod, copod and pca find more then), when a score has to come
 * within microseconds or the model has to be small (isolation-forest), or when a formula has to say why (mahalanobis, ecod).
 *
 * Formula: mean over judges of −ln p; p is the share of the sample's distances to the k-th neighbour that are as large. With k
 * labelled anomalies: (1 − a) × ((k + 1) × judges + k × regression) / (2k + 1) + a × trees, a = k / (k + 20), each as −ln p.
 *
 * Cost: of a sample of m rows, at most 5,000: a fit takes about 10 × m² × d, a score 4 × m × d; the model keeps 4 × m × d numbers.
 */
import { type Cleaned, type Cleaning, teachCleaned } from '../../calibrate/cleaning.ts'
import { enrich } from '../../calibrate/enrich.ts'
import { shareOf } from '../../calibrate/in-turn.ts'
import { openPanel, type Panel, type PanelState, type Seat, teachPanel } from '../../calibrate/panel.ts'
import type { Algorithm, Lesson, Live } from '../../contracts/algorithm.ts'
import { pickLesson } from '../../contracts/check-lesson.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import type { Job } from '../../contracts/job.ts'
import { paced, runToEnd, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import { clonePlain } from '../../contracts/plain.ts'
import type { Random } from '../../contracts/random.ts'
import { pickRows, type Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { drawLabelled } from '../../numerics/draw-labelled.ts'
import { unlabelledAsNormal } from '../../numerics/unlabelled-as-normal.ts'
import { JUDGES, SCOUTS } from '../scouts.ts'
import { gradientBoosting } from './gradient-boosting.ts'
import { logisticRegression } from './logistic-regression.ts'

const params = {
  sample: int(5000, 50, 100_000, 'rows that are learned from, drawn at random where there are more'),
  leftOut: real(
    0.25,
    0,
    0.5,
    'share of these rows, the strangest, that the judges do not learn; well above that of anomalies',
  ),
}

/** What labels add. */
type Taught = {
  readonly learners: PanelState
  /** How many rows were labelled as anomalies. */
  readonly anomalies: number
}

/** `taught` is null where no row was labelled as an anomaly. */
type State = { readonly cleaned: Cleaned; readonly taught: Taught | null }

/** How much judges, regression and trees count, by the number of labelled anomalies; the three make 2. */
function weighKnown(anomalies: number): { judges: number; regression: number; trees: number } {
  const trees = (2 * anomalies) / (anomalies + HALF_KNOWN)
  const regression = ((2 - trees) * anomalies) / (2 * anomalies + 1)
  return { judges: 2 - trees - regression, regression, trees }
}

/** From so many labelled anomalies on the trees count more than all others. */
const HALF_KNOWN = 20
/** Of regression, times the rows that it learns. */
const PENALTY = 0.03
/** Beyond so many columns the learners read what scouts and judges say, and no columns. */
const MOST_COLUMNS = 300

function learnersOf(rows: number, anomalies: number): readonly Seat[] {
  const { regression, trees } = weighKnown(anomalies)
  const leastRows = Math.min(20, anomalies)
  return [
    { detector: logisticRegression, params: { penalty: PENALTY * rows }, weight: regression },
    { detector: gradientBoosting, params: { leaves: 8, penalty: 1, leastRows }, weight: trees },
  ]
}

const NONE: Rows = { columns: [], count: 0, data: new Float64Array(0) }

/** Scouts and judges, and the columns that learners read of what they say. */
class Court {
  readonly judges: Panel
  readonly scouts: Panel

  constructor({ scouts, judges }: Cleaned) {
    this.judges = openPanel('auto', JUDGES, judges)
    this.scouts = openPanel('auto', SCOUTS, scouts)
  }

  *ask(rows: Rows): Steps<{ verdict: Float64Array; enriched: Rows }> {
    const judged = yield* this.judges.askEach(rows)
    const verdict = this.judges.average(judged, rows.count)
    const scouted = yield* this.scouts.askEach(rows)
    const columns = rows.columns.length > MOST_COLUMNS ? { ...NONE, count: rows.count } : rows
    return { verdict, enriched: enrich(columns, [verdict, ...judged, ...scouted]) }
  }

  close(): void {
    this.judges.close()
    this.scouts.close()
  }
}

function openUntaught(cleaned: Cleaned): Live<State> {
  const judges = openPanel('auto', JUDGES, cleaned.judges)
  return {
    score: (rows) => judges.score(rows),
    notes: () => judges.notes(),
    save: () => clonePlain({ cleaned, taught: null }),
    close: () => judges.close(),
  }
}

function openTaught(cleaned: Cleaned, taught: Taught): Live<State> {
  const { judges } = weighKnown(taught.anomalies)
  const court = new Court(cleaned)
  const learners = openPanel('auto', learnersOf(1, taught.anomalies), taught.learners)
  return {
    score(rows) {
      const { verdict, enriched } = runToEnd(court.ask(rows))
      const learned = learners.score(enriched)
      return verdict.map((said, row) => (judges * said + (2 - judges) * (learned[row] as number)) / 2)
    },
    notes: () => [court.judges, court.scouts, learners].flatMap((panel) => panel.notes()),
    save: () => clonePlain({ cleaned, taught }),
    close() {
      court.close()
      learners.close()
    },
  }
}

function* enrichOnce(cleaned: Cleaned, rows: Rows): Steps<Rows> {
  const court = new Court(cleaned)
  const { enriched } = yield* court.ask(rows)
  court.close()
  return enriched
}

/** What labels add to a cleaned panel; nothing where no row is labelled as an anomaly. */
function teach(cleaned: Cleaned, rows: Rows, lesson: Lesson, random: Random, job: Job): State | Promise<State> {
  const anomalies = lesson.labels?.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0) ?? 0
  if (anomalies === 0 || anomalies === rows.count) return { cleaned, taught: null }
  return settle(paced('auto', job, enrichOnce(cleaned, rows)), (enriched) => {
    const course = { taught: enriched, asked: enriched, lesson: unlabelledAsNormal(rows.count, lesson) }
    return settle(teachPanel('auto', learnersOf(rows.count, anomalies), course, random, job), (learners): State => {
      return { cleaned, taught: { learners, anomalies } }
    })
  })
}

/** Rows that nobody calls anomalies; all where there are none. */
function unsuspected({ count }: Rows, { labels }: Lesson): Int32Array {
  const all = Int32Array.from({ length: count }, (_, row) => row)
  const usual = all.filter((row) => labels?.[row] !== 1)
  return usual.length > 1 ? usual : all
}

function fitAuto(rows: Rows, lesson: Lesson, cleaning: Cleaning, random: Random, job: Job): State | Promise<State> {
  const usual = unsuspected(rows, lesson)
  const labels = pickLesson(lesson, usual).labels
  const normal = (row: number) => labels?.[row] === 0
  const part = shareOf(job, 0, 2)
  return settle(teachCleaned(cleaning, pickRows(rows, usual), normal, random.split('cleaned'), part), (cleaned) =>
    teach(cleaned, rows, lesson, random.split('learners'), shareOf(job, 1, 2)),
  )
}

const algorithm: Algorithm<typeof params, State> = {
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
  fit(rows, lesson, { sample, leftOut }, random, job) {
    const drawn = drawLabelled(rows.count, lesson, sample, random.split('sample'))
    const { labels } = pickLesson(lesson, drawn)
    const cleaning = { owner: 'auto', scouts: SCOUTS, judges: JUDGES, leftOut }
    return fitAuto(pickRows(rows, drawn), labels ? { labels } : {}, cleaning, random, job)
  },
  open: ({ cleaned, taught }) => (taught === null ? openUntaught(cleaned) : openTaught(cleaned, taught)),
}

/**
 * An ensemble that needs no tuning: of rows without labels, or with few. Scores are means of −ln p of its members, from 0, higher
 * is stranger. Frozen; reads numbers without gaps; rows of weight 0 are never learned, others are drawn by their weight where
 * there are more than `sample`. A label of 1 is an anomaly, 0 a normal row, NaN nothing: such a row may be either. Memory of
 * the model: four times the sample, 16 bytes a value.
 *
 * @example `const model = auto.fitNow(rows); model.score(newRows)`
 */
export const auto = defineDetector(algorithm)
