import type { Remote, RemoteAlgorithm } from './algorithm.ts'
import { createAligner } from './align-rows.ts'
import { checkScores, describe, type Parts, readSaved } from './define-detector.ts'
import { HeedfulError } from './errors.ts'
import { quietJob } from './job.ts'
import { askLater, leaveOneOut, ordinaryValues } from './leave-one-out.ts'
import type { FitOptions, RemoteDetector, RemoteModel, SavedModel } from './model.ts'
import type { ParamTable } from './params.ts'
import type { Plain } from './plain.ts'
import { createRandom } from './random.ts'
import type { Rows } from './rows.ts'
import { checkDescription, checkTraining } from './training.ts'

async function openRemote<P extends ParamTable, S extends Plain>(
  algorithm: RemoteAlgorithm<P, S>,
  parts: Parts<P>,
  state: S,
): Promise<RemoteModel> {
  const { id, version, missing, kind } = algorithm
  const { columns, params, ordinary } = parts
  const lookahead = algorithm.lookahead?.(params) ?? 0
  const align = createAligner({ owner: id, columns, missing, ordered: kind !== 'table' })
  let remote: Remote<S> | undefined = await algorithm.open(state)
  const opened = () => {
    if (remote) return remote
    throw new HeedfulError('model-closed', `${id}: this model was closed; load it again`)
  }
  const scoreAligned = async (rows: Rows) => checkScores(id, await opened().score(rows), rows.count)
  return {
    ...{ detector: id, version, columns, params, lookahead },
    score: async (rows) => scoreAligned(align(rows)),
    async explain(rows) {
      const aligned = align(rows)
      const { explain } = opened()
      if (explain) return explain.call(remote, aligned)
      const alone = kind === 'table' ? undefined : { lookahead }
      return askLater(leaveOneOut(aligned, ordinary, alone), scoreAligned)
    },
    save: (): SavedModel => ({
      detector: id,
      version,
      columns,
      params,
      ordinary: ordinary.slice(),
      state: opened().save(),
    }),
    clone: async () => openRemote(algorithm, parts, opened().save()),
    async close() {
      const closing = remote
      remote = undefined
      await closing?.close()
    },
  }
}

/** As `defineDetector`, for algorithms whose models answer later. */
export function defineRemoteDetector<P extends ParamTable, S extends Plain>(
  algorithm: RemoteAlgorithm<P, S>,
): RemoteDetector<P> {
  checkDescription(algorithm)
  return {
    ...describe(algorithm),
    async fit(rows, { params, seed = 0, lesson = {}, job }: FitOptions<P> = {}) {
      const watched = quietJob(job)
      const training = checkTraining(algorithm, rows, lesson, params, watched)
      const random = createRandom(seed).split(algorithm.id)
      const state = await algorithm.fit(training.rows, training.lesson, training.params, random, watched)
      const { columns } = training.rows
      return openRemote(algorithm, { columns, params: training.params, ordinary: ordinaryValues(training.rows) }, state)
    },
    async load(saved) {
      const { state, ...parts } = readSaved<P, S>(algorithm, saved)
      return openRemote(algorithm, parts, state)
    },
    lookahead: (params) => algorithm.lookahead?.(params) ?? 0,
  }
}
