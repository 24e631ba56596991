import { definePreparer } from '../contracts/define-preparer.ts'
import { labelledRows } from '../numerics/labelled-rows.ts'
import { countBelow, countUpTo } from '../numerics/quantile.ts'
import { anovaScores } from './anova-selector.ts'
import { forestImportance } from './forest-selector.ts'
import { informationOf } from './mutual-information-selector.ts'
import { eliminationOrder } from './recursive-elimination-selector.ts'
import { openSelection, SELECTION_PARAMS, type Selection, selectBest } from './selection.ts'

/** The defaults of the four selectors. */
const [BINS, TREES, PENALTY] = [16, 50, 1]

/**
 * Keeps the columns that four selectors rank highest on average: analysis of variance, mutual information, importance in a
 * forest, and recursive elimination, each with its defaults. Their scores are of different kinds, so only ranks are
 * averaged (equal scores share their mean rank): one selector's huge value cannot outvote the three others. Learns from
 * labelled rows; reads numbers without gaps. Errors: `lesson-value`, `fit-impossible`.
 *
 * @example `prepared(ensembleSelector, randomForest).fitNow(rows, { lesson: { labels } })`
 */
export const ensembleSelector = definePreparer<typeof SELECTION_PARAMS, Selection>({
  id: 'ensemble-selector',
  version: 1,
  summary: 'Keeps the columns that four selectors rank highest on average.',
  reference:
    'Saeys, Abeel and Van de Peer, "Robust Feature Selection Using Ensemble Feature Selection Techniques", 2008',
  params: SELECTION_PARAMS,
  columns: 'number',
  missing: 'rejects',
  learnsFrom: 'labels',
  *fit(rows, lesson, { most }, random) {
    const labelled = labelledRows('ensemble-selector', rows, lesson)
    const opinions = [
      anovaScores(labelled),
      yield* informationOf(labelled, BINS),
      yield* forestImportance(labelled, TREES, random),
      yield* eliminationOrder(labelled, PENALTY),
    ]
    return selectBest(meanRanks(opinions), most)
  },
  open: openSelection,
})

/** One a column: its rank from below, 1 the least, averaged over what each selector says. */
function meanRanks(opinions: readonly Float64Array[]): Float64Array {
  const ranks = opinions.map((scores) => {
    const sorted = scores.slice().sort()
    return scores.map((score) => (countBelow(sorted, score) + countUpTo(sorted, score) + 1) / 2)
  })
  return ranks[0]!.map((_, column) => ranks.reduce((sum, own) => sum + own[column]!, 0) / ranks.length)
}
