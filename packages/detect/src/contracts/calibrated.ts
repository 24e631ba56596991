import type { Live } from './algorithm.ts'
import type { Calibration, LiveCalibration } from './calibration.ts'
import { pickLesson } from './check-lesson.ts'
import { defineDetector } from './define-detector.ts'
import { holdOut, withoutLabelled } from './hold-out.ts'
import { joinParams, memberValues } from './member-params.ts'
import type { Detector, Model, SavedModel } from './model.ts'
import { type ParamTable, real } from './params.ts'
import type { Plain } from './plain.ts'
import { pickRows, type Rows, sliceRows } from './rows.ts'
import { checkOwner, upgradeState } from './saved-state.ts'
import { settle } from './training.ts'

type State = {
  readonly detector: SavedModel
  readonly calibration: { readonly id: string; readonly version: number; readonly state: Plain }
}

class CalibratedLive implements Live<State> {
  readonly learn?: (rows: Rows, trust: Float64Array) => void
  private readonly model: Model
  private readonly calibration: { readonly id: string; readonly version: number; readonly live: LiveCalibration<Plain> }

  constructor(model: Model, calibration: CalibratedLive['calibration']) {
    this.model = model
    this.calibration = calibration
    this.learn = (rows, trust) => {
      for (let row = 0; row < rows.count; row++)
        this.learnOne(sliceRows(rows, row, row + 1), trust.subarray(row, row + 1))
    }
  }

  /** Asked, then taught, both of them: the reference takes every score, also of rows that nobody trusts. */
  private learnOne(row: Rows, trust: Float64Array): void {
    const scores = this.model.follow(row, trust)
    this.calibration.live.learn(scores, row.group)
  }

  score(rows: Rows): Float64Array {
    return this.calibration.live.calibrate(this.model.score(rows))
  }

  explain(rows: Rows): Float64Array {
    return this.model.explain(rows)
  }

  save(): State {
    const { id, version, live } = this.calibration
    return { detector: this.model.save(), calibration: { id, version, state: live.save() } }
  }

  notes(): readonly string[] {
    return this.model.notes()
  }

  close(): void {
    this.model.close()
  }
}

/** How far a learning detector must be taught, and what its scores were, before the reference begins. */
function scoreHeldOut(model: Model, rows: Rows): Float64Array {
  return model.learns ? model.follow(rows) : model.score(rows)
}

/**
 * A detector whose scores are surprise, −ln p, comparable with those of any other: `calibrated(isolationForest, conformal)`.
 * A share of the rows is held out for the reference. Weights of an explanation stay those of the inner score.
 */
export function calibrated<P extends ParamTable, Q extends ParamTable, S extends Plain>(
  detector: Detector<P>,
  calibration: Calibration<Q, S>,
): Detector<ParamTable> {
  const own = { holdout: real(0.3, 0.01, 0.9, 'share of the rows that only the reference of scores is made of') }
  const { kind, learnsFrom, leastRows = 1, columns, missing } = detector
  return defineDetector<ParamTable, State>({
    id: `calibrated-${detector.id}`,
    version: 1,
    summary: `${detector.summary} Its scores are surprise: ${calibration.summary}`,
    reference: `${detector.reference} Calibration: ${calibration.reference}`,
    params: joinParams(own, [detector, calibration]),
    ...{ kind, learnsFrom, columns, missing, leastRows: leastRows + 1 },
    lookahead: (params) => detector.lookahead(memberValues(detector, params) as never),
    exempt: {
      ...detector.exempt,
      'trust-0-changes-no-belief': 'the reference of scores is no belief: it learns every score, capped per entity',
    },
    fit(rows, lesson, params, random, job) {
      const { taught, held } = holdOut(
        rows.count,
        params['holdout'] as number,
        kind !== 'table',
        random.split('holdout'),
      )
      const inner = memberValues(detector, params) as never
      const trained = detector.train(
        pickRows(rows, taught),
        pickLesson(lesson, taught),
        inner,
        random.split('detector'),
        job,
      )
      return settle(trained, (model): State => {
        const kept = pickRows(rows, withoutLabelled(held, lesson))
        const scores = scoreHeldOut(model, kept)
        const values = memberValues(calibration, params) as never
        const state = calibration.fit(scores, kept.group, values, random.split('calibration'))
        return { detector: model.save(), calibration: { id: calibration.id, version: calibration.version, state } }
      })
    },
    open(state) {
      checkOwner(calibration.id, state.calibration.id)
      const upgraded = upgradeState(calibration, state.calibration.version, state.calibration.state) as S
      const { id, version } = calibration
      return new CalibratedLive(detector.load(state.detector), { id, version, live: calibration.open(upgraded) })
    },
  })
}
