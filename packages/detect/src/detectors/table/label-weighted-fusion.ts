/**
 * Label-weighted fusion: the surprises of several unsupervised detectors, weighted by how strange each finds the rows that are
 * labelled as anomalies.
 *
 * A weighted mean over members, as Aggarwal and Sathe, "Outlier Ensembles: An Introduction", 2017, chapter 5, where a few labels
 * choose between members that learned none. A member's weight grows as exp(2 × the mean −ln p that it gives the labelled
 * anomalies), and is drawn towards that of all others while these are few: with k of them it is k / (k + 2) parts of that and
 * 2 / (k + 2) parts of the same for all. Members are the scouts and judges of auto, of which labelled anomalies learn none.
 *
 * Use it when a handful of anomalies is labelled and the score has to stay that of unsupervised detectors: labels only choose
 * whom to believe, so kinds that nobody labelled are still found.
 *
 * Not when tens are labelled, or what they share is worth more than being strange (auto, xgbod).
 *
 * Formula: Σ over members of w × −ln p; w = (k × softmax(2 × q) + 2 / members) / (k + 2), q the mean −ln p of labelled anomalies.
 *
 * Cost: that of auto, and one look at its sample.
 */
import { teachCleaned } from '../../calibrate/cleaning.ts'
import { shareOf } from '../../calibrate/in-turn.ts'
import { openPanel, type PanelState, type Seat } from '../../calibrate/panel.ts'
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import { pickRows, type Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { drawLabelled } from '../../numerics/draw-labelled.ts'
import { JUDGES, SCOUTS } from '../scouts.ts'

const params = {
  sample: int(5000, 50, 100_000, 'rows that are learned from, drawn at random where there are more'),
  leftOut: real(0.25, 0, 0.5, 'share of these rows, the strangest, that the judges do not learn'),
  sharpness: real(
    2,
    0,
    100,
    'how fast a weight grows with what labelled anomalies are worth to a member; 0 weighs all alike',
  ),
}

/** As much as so many labels: what draws the weights towards each other. */
const PRIOR = 2

const SEATS: readonly Seat[] = [...SCOUTS, ...JUDGES]

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** One a member, their sum 1. `said`: what each says of the labelled anomalies; a member that says nothing counts as one that finds them ordinary. */
function weigh(said: readonly Float64Array[], labelled: number, sharpness: number): number[] {
  const worth = said.map((own) => meanOf(own.map((value) => (Number.isNaN(value) ? 0 : value))))
  const most = Math.max(...worth)
  const grown = worth.map((own) => Math.exp(sharpness * (own - most)))
  const total = grown.reduce((sum, own) => sum + own, 0)
  return grown.map((own) => ((labelled * own) / total + PRIOR / said.length) / (labelled + PRIOR))
}

function* weighMembers(panel: PanelState, anomalies: Rows, sharpness: number): Steps<PanelState> {
  const live = openPanel('label-weighted-fusion', SEATS, panel)
  const weights = weigh(yield* live.askEach(anomalies), anomalies.count, sharpness)
  live.close()
  return { ...panel, members: panel.members.map((member, i) => ({ ...member, weight: weights[i] as number })) }
}

const algorithm: Algorithm<typeof params, PanelState> = {
  id: 'label-weighted-fusion',
  version: 1,
  summary: 'Several unsupervised detectors as one, weighted by how strange each finds the labelled anomalies.',
  reference: 'Aggarwal and Sathe, "Outlier Ensembles: An Introduction", Springer 2017, chapter 5',
  kind: 'table',
  learnsFrom: 'labels',
  columns: 'number',
  missing: 'rejects',
  leastRows: 3,
  params,
  exempt: { 'agrees-with-the-reference': 'no other implementation of it is known' },
  fit(rows, lesson, { sample, leftOut, sharpness }, random, job) {
    const drawn = drawLabelled(rows.count, lesson, sample, random.split('sample'))
    const labelled = drawn.filter((row) => lesson.labels?.[row] === 1)
    const others = drawn.filter((row) => lesson.labels?.[row] !== 1)
    const usual = others.length > 1 ? others : drawn
    const normal = (row: number) => lesson.labels?.[usual[row] as number] === 0
    const cleaning = { owner: 'label-weighted-fusion', scouts: SCOUTS, judges: JUDGES, leftOut }
    const cleaned = teachCleaned(cleaning, pickRows(rows, usual), normal, random.split('cleaned'), shareOf(job, 0, 2))
    return settle(cleaned, ({ scouts, judges }) => {
      const panel: PanelState = {
        members: [...scouts.members, ...judges.members],
        failures: [...scouts.failures, ...judges.failures],
      }
      // Rows of weight 0 may be all that are labelled: then nobody is preferred.
      if (labelled.length === 0) return panel
      return paced('label-weighted-fusion', job, weighMembers(panel, pickRows(rows, labelled), sharpness))
    })
  },
  open: (state) => openPanel('label-weighted-fusion', SEATS, state),
}

/**
 * Label-weighted fusion. Scores are weighted means of −ln p, from 0, higher is stranger. Learns from rows labelled as 1, at least
 * one, and from all others without their labels; frozen; reads numbers without gaps. Memory: that of auto.
 *
 * @example `const model = labelWeightedFusion.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const labelWeightedFusion = defineDetector(algorithm)
