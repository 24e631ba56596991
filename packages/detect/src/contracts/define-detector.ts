import type { Algorithm, DetectorDescription, Live } from './algorithm.ts'
import { createAligner } from './align-rows.ts'
import { spreadTrust } from './check-lesson.ts'
import { checkIsRows, checkOptions } from './check-options.ts'
import { HeedfulError } from './errors.ts'
import { quietJob } from './job.ts'
import { askNow, leaveOneOut, ordinaryValues } from './leave-one-out.ts'
import type { Detector, FitOptions, Model, SavedModel } from './model.ts'
import type { ParamTable, Values } from './params.ts'
import type { Plain } from './plain.ts'
import { createRandom } from './random.ts'
import { type Column, type Rows, sliceRows } from './rows.ts'
import { asRecord, checkOwner, openState, readColumns, readParams, upgradeState } from './saved-state.ts'
import { checkDescription, checkTraining, settle } from './training.ts'

/** What a model is made of, beside the state. */
export interface Parts<P extends ParamTable> {
  readonly columns: readonly Column[]
  readonly params: Values<P>
  /** One a column; empty where the algorithm explains natively. */
  readonly ordinary: Float64Array
}

/** The fields of a description alone, without the functions of the author. */
export function describe<P extends ParamTable>(algorithm: DetectorDescription<P>): DetectorDescription<P> {
  const { id, version, summary, reference, params, columns, missing, kind, learnsFrom, leastRows, exempt, upgrade } =
    algorithm
  return {
    ...{ id, version, summary, reference, params, columns, missing, kind, learnsFrom },
    ...(leastRows !== undefined && { leastRows }),
    ...(exempt && { exempt }),
    ...(upgrade && { upgrade }),
  }
}

/** Scores as promised: one a row, all finite. Error: `score-not-finite`. */
export function checkScores(owner: string, scores: Float64Array, count: number): Float64Array {
  if (scores.length !== count)
    throw new HeedfulError('detector-invalid', `${owner} gave ${scores.length} scores for ${count} rows`)
  for (let row = 0; row < count; row++) {
    if (!Number.isFinite(scores[row])) {
      throw new HeedfulError(
        'score-not-finite',
        `${owner}: the score of row ${row} is ${scores[row]}; report it with this row`,
      )
    }
  }
  return scores
}

/** Scores an ordinary row and saves, so that a part that is missing is found when a model is opened, not when it is first used. */
function tryOut<S extends Plain>(live: Live<S>, { columns, ordinary }: Parts<ParamTable>): void {
  const data = ordinary.length === columns.length ? ordinary.slice() : new Float64Array(columns.length)
  const [score] = live.score({ columns, count: 1, data })
  if (!Number.isFinite(score)) throw new Error(`an ordinary row scores ${score}`)
  live.save()
}

class FittedModel<P extends ParamTable, S extends Plain> implements Model {
  readonly detector: string
  readonly version: number
  readonly columns: readonly Column[]
  readonly params: { readonly [name: string]: number | string | boolean }
  readonly lookahead: number
  readonly learns: boolean
  private readonly algorithm: Algorithm<P, S>
  private readonly ordinary: Float64Array
  private readonly align: (rows: Rows) => Rows
  private live: Live<S> | undefined

  constructor(algorithm: Algorithm<P, S>, { columns, params, ordinary }: Parts<P>, live: Live<S>) {
    this.algorithm = algorithm
    this.detector = algorithm.id
    this.version = algorithm.version
    this.columns = columns
    this.params = params
    this.ordinary = ordinary
    this.lookahead = algorithm.lookahead?.(params) ?? 0
    this.live = live
    this.learns = live.learn !== undefined
    this.align = createAligner({
      owner: algorithm.id,
      columns,
      missing: algorithm.missing,
      ordered: algorithm.kind !== 'table',
    })
  }

  private get opened(): Live<S> {
    if (this.live) return this.live
    throw new HeedfulError('model-closed', `${this.detector}: this model was closed; load it again`)
  }

  private scoreAligned(rows: Rows): Float64Array {
    return checkScores(this.detector, this.opened.score(rows), rows.count)
  }

  score(rows: Rows): Float64Array {
    return this.scoreAligned(this.align(rows))
  }

  learn(rows: Rows, trust: number | Float64Array = 1): void {
    const live = this.opened
    if (!live.learn) {
      const way = 'fit it again with the new rows, or choose a detector that learns'
      throw new HeedfulError('model-frozen', `${this.detector} learns by fit alone; ${way}`)
    }
    const values = spreadTrust(this.detector, trust, rows.count)
    live.learn(this.align(rows), values)
  }

  follow(rows: Rows, trust: number | Float64Array = 1): Float64Array {
    const live = this.opened
    const aligned = this.align(rows)
    const values = spreadTrust(this.detector, trust, rows.count)
    if (!live.learn) return this.scoreAligned(aligned)
    const scores = new Float64Array(rows.count)
    for (let row = 0; row < rows.count; row++) {
      const one = sliceRows(aligned, row, row + 1)
      scores[row] = this.scoreAligned(one)[0] as number
      live.learn(one, values.subarray(row, row + 1))
    }
    return scores
  }

  explain(rows: Rows): Float64Array {
    const live = this.opened
    const aligned = this.align(rows)
    if (live.explain) return live.explain(aligned)
    const alone = this.algorithm.kind === 'table' ? undefined : { lookahead: this.lookahead }
    return askNow(leaveOneOut(aligned, this.ordinary, alone), (altered) => this.scoreAligned(altered))
  }

  notes(): readonly string[] {
    return this.opened.notes?.() ?? []
  }

  save(): SavedModel {
    return {
      detector: this.detector,
      version: this.version,
      columns: this.columns,
      params: this.params,
      ordinary: this.ordinary.slice(),
      state: this.opened.save(),
    }
  }

  clone(): Model {
    const { columns, ordinary } = this
    const live = this.algorithm.open(this.opened.save())
    return new FittedModel(this.algorithm, { columns, ordinary, params: this.params as Values<P> }, live)
  }

  close(): void {
    this.live?.close?.()
    this.live = undefined
  }
}

/** The parts of a saved model, brought to this version. Errors: `model-foreign`, `model-version`, `model-damaged`. */
export function readSaved<P extends ParamTable, S extends Plain>(
  description: DetectorDescription<P>,
  saved: Plain,
): Parts<P> & { readonly state: S } {
  const { id, params } = description
  const record = asRecord(id, saved)
  checkOwner(id, record['detector'])
  const { ordinary, state } = record
  if (!(ordinary instanceof Float64Array) || state === undefined) {
    throw new HeedfulError('model-damaged', `${id}: the saved model is not whole; take an older copy, or fit again`)
  }
  return {
    columns: readColumns(id, record['columns']),
    params: readParams(id, params, record['params']),
    ordinary,
    state: openState(id, () => upgradeState(description, record['version'], state)) as S,
  }
}

/**
 * Makes a detector of an algorithm: validation, columns by name, parameter ranges, versions, cloning, saving, `follow` and a
 * default explanation are written here once. Error: `detector-invalid`.
 */
export function defineDetector<P extends ParamTable, S extends Plain>(algorithm: Algorithm<P, S>): Detector<P> {
  checkDescription(algorithm)
  const { id } = algorithm

  const train: Detector<P>['train'] = (rows, lesson, params, random, job) => {
    const training = checkTraining(algorithm, rows, lesson, params, job)
    const fitted = algorithm.fit(training.rows, training.lesson, training.params, random, job)
    return settle(fitted, (state) => {
      const live = algorithm.open(state)
      const ordinary = live.explain ? new Float64Array(0) : ordinaryValues(training.rows)
      return new FittedModel(algorithm, { columns: training.rows.columns, params: training.params, ordinary }, live)
    })
  }
  const start = (rows: Rows, options: FitOptions<P> = {}) => {
    checkIsRows(id, rows)
    checkOptions(id, algorithm.params, options)
    const { params = {}, seed = 0, lesson = {}, job } = options
    return train(rows, lesson, params, createRandom(seed).split(id), quietJob(job))
  }

  return {
    ...describe(algorithm),
    train,
    fit: async (rows, options) => start(rows, options),
    fitNow(rows, options) {
      const model = start(rows, options)
      if (!(model instanceof Promise)) return model
      model.then((late) => late.close()).catch(() => undefined)
      throw new HeedfulError('fit-takes-time', `${id} cannot be fitted at once; await fit(...)`)
    },
    load(saved) {
      const { state, ...parts } = readSaved<P, S>(algorithm, saved)
      return openState(id, () => {
        const live = algorithm.open(state)
        if (algorithm.kind === 'table') tryOut(live, parts)
        return new FittedModel(algorithm, parts, live)
      })
    },
    lookahead: (params) => algorithm.lookahead?.(params) ?? 0,
  }
}
