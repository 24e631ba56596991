import type { Live } from './algorithm.ts'
import { defineDetector } from './define-detector.ts'
import { joinParams, memberValues } from './member-params.ts'
import type { Detector, Model, SavedModel } from './model.ts'
import type { ParamTable } from './params.ts'
import type { FittedPreparer, Preparer, SavedPreparer } from './preparation.ts'
import type { Rows } from './rows.ts'
import { settle } from './training.ts'

type State = { readonly preparer: SavedPreparer; readonly detector: SavedModel }

/** Sends weights of prepared columns back to the columns that they were made of. */
function sendBack(weights: Float64Array, { origins, inputs }: FittedPreparer, count: number): Float64Array {
  const back = new Float64Array(count * inputs.length)
  for (let row = 0; row < count; row++) {
    for (const [j, from] of origins.entries()) {
      const weight = weights[row * origins.length + j] as number
      for (const { column, share } of from) {
        back[row * inputs.length + column] = (back[row * inputs.length + column] as number) + weight * share
      }
    }
  }
  return back
}

function openPrepared(preparer: FittedPreparer, model: Model): Live<State> {
  const live: Live<State> = {
    score: (rows) => model.score(preparer.prepare(rows)),
    explain: (rows) => sendBack(model.explain(preparer.prepare(rows)), preparer, rows.count),
    save: () => ({ preparer: preparer.save(), detector: model.save() }),
    notes: () => model.notes(),
    close: () => model.close(),
  }
  if (!model.learns) return live
  return { ...live, learn: (rows: Rows, trust: Float64Array) => model.learn(preparer.prepare(rows), trust) }
}

/**
 * A preparer and a detector as one detector, saved as one model: `prepared(robustScaler, isolationForest)`. Parameters are
 * `member.name`; explanations speak of the input columns. Where the preparer learns from labels, so does the whole.
 */
export function prepared<P extends ParamTable, Q extends ParamTable>(
  preparer: Preparer<P>,
  detector: Detector<Q>,
): Detector<ParamTable> {
  const { kind, leastRows, exempt } = detector
  const learnsFrom = preparer.learnsFrom === 'labels' ? 'labels' : detector.learnsFrom
  const lookahead = (params: { readonly [name: string]: number | string | boolean }) =>
    detector.lookahead(memberValues(detector, params) as never)
  const passes = preparer.fillsMissing || detector.missing === 'accepts'
  const acceptsMissing = preparer.missing === 'accepts' && passes
  return defineDetector<ParamTable, State>({
    id: `${preparer.id}+${detector.id}`,
    version: 1,
    summary: `${detector.summary} Before it: ${preparer.summary}`,
    reference: detector.reference,
    params: joinParams({}, [preparer, detector]),
    columns: preparer.columns,
    missing: acceptsMissing ? 'accepts' : 'rejects',
    ...{ kind, learnsFrom, lookahead },
    ...(leastRows !== undefined && { leastRows }),
    ...(exempt && { exempt }),
    fit(rows, lesson, params, random, job) {
      const outer = memberValues(preparer, params) as never
      const inner = memberValues(detector, params) as never
      const trainOn = (fitted: FittedPreparer) => {
        const trained = detector.train(fitted.prepare(rows), lesson, inner, random.split('detector'), job)
        return settle(trained, (model): State => ({ preparer: fitted.save(), detector: model.save() }))
      }
      const fitted = preparer.train(rows, lesson, outer, random.split('preparer'), job)
      return fitted instanceof Promise ? fitted.then(trainOn) : trainOn(fitted)
    },
    open: (state) => openPrepared(preparer.load(state.preparer), detector.load(state.detector)),
  })
}
