import type { Lesson } from './algorithm.ts'
import { createAligner } from './align-rows.ts'
import { checkLesson } from './check-lesson.ts'
import { HeedfulError } from './errors.ts'
import { paced, runToEnd, type Steps } from './paced.ts'
import { type ParamTable, resolveParams, type SomeValues, type Values } from './params.ts'
import type { Plain } from './plain.ts'
import type { FittedPreparer, LivePreparation, Preparation, Preparer } from './preparation.ts'
import { createRandom, type Random } from './random.ts'
import type { Column, Rows } from './rows.ts'
import { asRecord, checkOwner, openState, readColumns, readParams, upgradeState } from './saved-state.ts'
import { checkDescription, checkRows } from './training.ts'

function checkOutput(id: string, live: LivePreparation<Plain>, inputs: number): void {
  const { columns, origins } = live
  if (origins.length !== columns.length) {
    throw new HeedfulError(
      'detector-invalid',
      `${id} gives ${origins.length} lists of origins for ${columns.length} columns`,
    )
  }
  const foreign = origins.flat().find(({ column }) => !(column >= 0 && column < inputs))
  if (foreign)
    throw new HeedfulError('detector-invalid', `${id} names origin ${foreign.column} of ${inputs} input columns`)
}

function openPreparer<P extends ParamTable, S extends Plain>(
  preparation: Preparation<P, S>,
  inputs: readonly Column[],
  params: Values<P>,
  state: S,
): FittedPreparer {
  const { id, version, missing } = preparation
  const live = preparation.open(state, inputs)
  const { columns, origins } = live
  checkOutput(id, live, inputs.length)
  const align = createAligner({ owner: id, columns: inputs, missing, ordered: false })
  return {
    ...{ preparer: id, inputs, columns, origins },
    prepare: (rows) => ({ ...rows, columns, data: live.prepare(align(rows)) }),
    save: () => ({ preparer: id, version, columns: inputs, params, state: live.save() }),
  }
}

/** Plain data has no functions in it, so no state is taken for steps. */
function isSteps<S extends Plain>(made: S | Steps<S>): made is Steps<S> {
  return typeof made === 'object' && made !== null && 'next' in made && typeof made.next === 'function'
}

/** Makes a preparer of a preparation: the same validation, columns by name, parameters, versions and saving as a detector's. */
export function definePreparer<P extends ParamTable, S extends Plain>(preparation: Preparation<P, S>): Preparer<P> {
  checkDescription(preparation)
  const {
    id,
    version,
    summary,
    reference,
    params: table,
    columns,
    missing,
    upgrade,
    fillsMissing = false,
    learnsFrom = 'unlabelled',
  } = preparation

  function* fitted(rows: Rows, lesson: Lesson, given: SomeValues<P>, random: Random): Steps<FittedPreparer> {
    const params = resolveParams(id, table, given)
    const aligned = checkRows(preparation, rows, false)
    checkLesson({ id, learnsFrom, leastRows: 0 }, aligned, lesson)
    const made = preparation.fit(aligned, lesson, params, random)
    const state = isSteps(made) ? yield* made : made
    return openPreparer(preparation, aligned.columns, params, state)
  }
  return {
    ...{ id, version, summary, reference, params: table, columns, missing, fillsMissing, learnsFrom },
    ...(upgrade && { upgrade }),
    train: (rows, lesson, given, random, job) => paced(id, job, fitted(rows, lesson, given, random)),
    fit: (rows, { params = {}, seed = 0, lesson = {} } = {}) =>
      runToEnd(fitted(rows, lesson, params, createRandom(seed).split(id))),
    load(saved) {
      const record = asRecord(id, saved)
      checkOwner(id, record['preparer'])
      const inputs = readColumns(id, record['columns'])
      const params = readParams(id, table, record['params'])
      const state = openState(id, () => upgradeState(preparation, record['version'], record['state'] ?? null)) as S
      return openState(id, () => openPreparer(preparation, inputs, params, state))
    },
  }
}
