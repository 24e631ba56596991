/**
 * XGBOD: boosted trees that read the columns and, beside them, what unsupervised detectors say of the row.
 *
 * Zhao and Hryniewicki, "XGBOD: Improving Supervised Outlier Detection with Unsupervised Representation Learning", IJCNN 2018,
 * section III. The scores come from five quick detectors, fitted on all rows whether labelled or not, and enter as −ln p, so
 * that they keep their meaning where a new row is stranger than all that was learned. The trees are those of
 * gradient-boosting. Where rows are labelled as normal, the trees learn labelled rows alone; where only anomalies are
 * labelled, all other rows count as normal, together as much as the anomalies (Elkan and Noto, KDD 2008).
 *
 * Use it when tens of anomalies or more are labelled, and new ones may look different: what is merely strange counts, too.
 *
 * Not when fewer are labelled than a person can count (auto weighs labels and strangeness by how many there are).
 *
 * Formula: Σ over trees of the learning rate × the value of the leaf that (x, −ln p₁(x), …, −ln p₅(x)) falls into.
 *
 * Cost: a fit takes rounds × n × d × ln leaves steps over bytes, and the five fits; a score rounds × depth, and five scores.
 */
import { enrich } from '../../calibrate/enrich.ts'
import { shareOf } from '../../calibrate/in-turn.ts'
import { openPanel, type PanelState, teachPanel } from '../../calibrate/panel.ts'
import type { Algorithm } from '../../contracts/algorithm.ts'
import { defineDetector } from '../../contracts/define-detector.ts'
import type { SavedModel } from '../../contracts/model.ts'
import { paced, type Steps } from '../../contracts/paced.ts'
import { int, real } from '../../contracts/params.ts'
import { pickRows, type Rows } from '../../contracts/rows.ts'
import { settle } from '../../contracts/training.ts'
import { drawLabelled } from '../../numerics/draw-labelled.ts'
import { unlabelledAsNormal } from '../../numerics/unlabelled-as-normal.ts'
import { SCOUTS } from '../scouts.ts'
import { gradientBoosting } from './gradient-boosting.ts'

const params = {
  rounds: int(100, 1, 5000, 'trees'),
  learningRate: real(0.1, 0.001, 1, 'share of each tree that is added'),
  leaves: int(16, 2, 1024, 'leaves of a tree, at most'),
  leastRows: int(5, 1, 100_000, 'rows of a leaf, at least; at most as many as there are labelled anomalies'),
  sample: int(5000, 50, 100_000, 'rows that the unsupervised detectors learn, drawn at random where there are more'),
}

type State = { readonly scouts: PanelState; readonly trees: SavedModel }

function* enrichOnce(scouts: PanelState, rows: Rows): Steps<Rows> {
  const panel = openPanel('xgbod', SCOUTS, scouts)
  const said = yield* panel.askEach(rows)
  panel.close()
  return enrich(rows, said)
}

const algorithm: Algorithm<typeof params, State> = {
  id: 'xgbod',
  version: 1,
  summary: 'Learns from labels: boosted trees over the columns and the scores of unsupervised detectors.',
  reference:
    'Zhao and Hryniewicki, "XGBOD: Improving Supervised Outlier Detection with Unsupervised Representation Learning", IJCNN 2018, section III',
  kind: 'table',
  learnsFrom: 'labels',
  columns: 'number',
  missing: 'rejects',
  leastRows: 2,
  params,
  exempt: { 'agrees-with-the-reference': 'its members are ours; the trees alone are compared, as gradient-boosting' },
  fit(rows, lesson, { sample, ...choices }, random, job) {
    const { weights } = lesson
    const known = lesson.labels?.includes(0) ? lesson : unlabelledAsNormal(rows.count, lesson)
    const anomalies = lesson.labels?.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0) ?? 0
    const drawn = drawLabelled(rows.count, weights ? { weights } : {}, sample, random.split('sample'))
    const taught = pickRows(rows, drawn)
    const looked = teachPanel('xgbod', SCOUTS, { taught, asked: taught }, random.split('scouts'), shareOf(job, 0, 2))
    const inner = { ...choices, leastRows: Math.min(choices.leastRows, anomalies) }
    const part = shareOf(job, 1, 2)
    return settle(looked, (scouts) =>
      settle(paced('xgbod', part, enrichOnce(scouts, rows)), (enriched) =>
        settle(gradientBoosting.train(enriched, known, inner, random.split('trees'), part), (trees): State => {
          const saved = trees.save()
          trees.close()
          return { scouts, trees: saved }
        }),
      ),
    )
  },
  open(state) {
    const panel = openPanel('xgbod', SCOUTS, state.scouts)
    const trees = gradientBoosting.load(state.trees)
    return {
      score: (rows) => trees.score(enrich(rows, panel.surprises(rows))),
      notes: () => panel.notes(),
      save: () => ({ scouts: panel.save(), trees: trees.save() }),
      close() {
        panel.close()
        trees.close()
      },
    }
  },
}

/**
 * XGBOD (Zhao and Hryniewicki 2018). Scores are log-odds of an anomaly, higher is stranger. Learns from labels, 1 and 0 or 1
 * alone (NaN is not labelled); frozen; reads numbers without gaps. Memory of the fit: that of gradient-boosting with five more
 * columns.
 *
 * @example `const model = xgbod.fitNow(rows, { lesson: { labels } }); model.score(newRows)`
 */
export const xgbod = defineDetector(algorithm)
