/** Detectors made of detectors, by fusing what their members say. */
import type { Lesson } from '../contracts/algorithm.ts'
import { pickLesson } from '../contracts/check-lesson.ts'
import { defineDetector } from '../contracts/define-detector.ts'
import { HeedfulError } from '../contracts/errors.ts'
import { type Held, holdOut } from '../contracts/hold-out.ts'
import type { Job } from '../contracts/job.ts'
import { memberValues } from '../contracts/member-params.ts'
import type { Detector, Model } from '../contracts/model.ts'
import type { ParamTable } from '../contracts/params.ts'
import type { Random } from '../contracts/random.ts'
import { pickRows, type Rows } from '../contracts/rows.ts'
import { settle } from '../contracts/training.ts'
import { createSampler } from '../numerics/sample-rows.ts'
import { conformal } from './conformal.ts'
import { describeTogether, weightOf } from './ensemble-members.ts'
import type { Rule } from './fuse.ts'
import { inTurn, jobOf } from './in-turn.ts'
import { type Failure, LiveEnsemble, type Part, reasonOf, type State } from './live-ensemble.ts'

export interface EnsembleOptions {
  /** Kebab-case; made of the members' ids if absent. */
  readonly id?: string
  /** One a member, the defaults of `MEMBER.weight`; 1 each if absent. */
  readonly weights?: readonly number[]
}

type Params = { readonly [name: string]: number | string | boolean }

/** Everything that the fit of each member is given. */
interface Schooling extends Held {
  readonly rows: Rows
  readonly lesson: Lesson
  readonly params: Params
  readonly random: Random
  /** Whether `held` was kept from the members, so that those that learn on go on with it. */
  readonly apart: boolean
}

/** Rows that the references may be made of: they weigh something, and nobody says that they are anomalies. */
function usualRows(count: number, { labels, weights }: Lesson): Int32Array {
  const all = Int32Array.from({ length: count }, (_, row) => row)
  const usual = all.filter((row) => labels?.[row] !== 1 && weights?.[row] !== 0)
  return usual.length > 0 ? usual : all
}

/** At most `most` of the rows, ascending. */
function someOf(rows: Int32Array, most: number, random: Random): Int32Array {
  if (rows.length <= most) return rows
  return createSampler(
    rows.length,
    most,
    undefined,
  )(random)
    .map((at) => rows[at] as number)
    .sort()
}

/** Which rows the members are taught, and of which the references are made: all, or some held out of the usual ones. */
function divide(
  rows: Rows,
  lesson: Lesson,
  params: Params,
  ordered: boolean,
  random: Random,
): Held & { apart: boolean } {
  const usual = usualRows(rows.count, lesson)
  const share = params['holdout'] as number
  if (share === 0 || usual.length < 2) {
    const most = ordered ? rows.count : (params['capacity'] as number)
    const taught = Int32Array.from({ length: rows.count }, (_, row) => row)
    return { taught, held: someOf(usual, most, random), apart: false }
  }
  const cut = holdOut(usual.length, share, ordered, random)
  const held = cut.held.map((at) => usual[at] as number)
  const kept = new Set(held)
  const taught = Int32Array.from({ length: rows.count }, (_, row) => row).filter((row) => !kept.has(row))
  return { taught, held, apart: true }
}

/** The fitted member and its reference. */
function partOf(member: Detector, model: Model, { rows, held, apart, params, random }: Schooling): Part {
  const asked = pickRows(rows, held)
  const scores = apart && model.learns ? model.follow(asked) : model.score(asked)
  const state = conformal.fit(
    scores,
    asked.group,
    { capacity: params['capacity'] as number, cap: params['cap'] as number },
    random.split('conformal').split(member.id),
  )
  const saved = model.save()
  model.close()
  const weight = params[weightOf(member)] as number
  return { id: member.id, weight, bucket: 0, model: saved, reference: { version: conformal.version, state } }
}

/** A member that cannot be fitted says why, unless the whole fit was stopped. */
function train(member: Detector, schooling: Schooling, job: Job): Part | Failure | Promise<Part | Failure> {
  const fail = (error: unknown): Failure => {
    if (job.signal.aborted) throw error
    return { id: member.id, why: reasonOf(error) }
  }
  const { rows, lesson, taught, params, random } = schooling
  try {
    const inner = memberValues(member, params) as never
    const own = random.split(member.id)
    const trained = member.train(pickRows(rows, taught), pickLesson(lesson, taught), inner, own, job)
    const part = settle(trained, (model) => partOf(member, model, schooling))
    return part instanceof Promise ? part.catch(fail) : part
  } catch (error) {
    return fail(error)
  }
}

/** Members are dealt into buckets of `size` in random order. */
function deal(parts: readonly Part[], size: number, random: Random): Part[] {
  const left = parts.map((_, i) => i)
  const dealt = [...parts]
  for (let place = 0; left.length > 0; place++) {
    const [i] = left.splice(random.integer(left.length), 1) as [number]
    dealt[i] = { ...(parts[i] as Part), bucket: Math.floor(place / size) }
  }
  return dealt
}

/** The state of those that could be fitted. Error: `fit-impossible` where none could. */
function gather(id: string, trained: readonly (Part | Failure)[], params: Params, random: Random): State {
  const failures = trained.filter((one) => 'why' in one)
  const parts = trained.filter((one) => 'model' in one)
  if (parts.length === 0) {
    const why = failures.map((failure) => `${failure.id}: ${failure.why}`).join('; ') || 'all have a weight of 0'
    throw new HeedfulError('fit-impossible', `${id}: no member could be fitted (${why})`)
  }
  const members = deal(parts, params['bucket'] as number, random.split('buckets'))
  return { rule: params['rule'] as Rule, members, failures }
}

/**
 * Several detectors as one: `ensemble([isolationForest, kNearestNeighbours, mcd])`. Each member's score becomes a surprise,
 * −ln p, against the scores of training rows (never against the rows that are asked about), and `rule` makes one number of
 * them (`fuse.ts`). It is a statistic, not a surprise, as members agree with each other: `calibrated(ensemble(…), conformal)`
 * makes it one. A copy of a member changes a maximum not at all, and averages as much as a doubled weight would.
 *
 * A member that fails in its fit, or on a row, is left out there, and the others share its weight; `model.notes()` names it and
 * says why. Parameters: `rule`, `bucket`, `holdout`, `MEMBER.weight`, `MEMBER.NAME`, `capacity` and `cap` of the references. Where a member learns on,
 * its reference learns every score. Memory: that of the members, and `capacity` scores each.
 * Errors: `detector-invalid` where members do not go together; in the fit `fit-impossible` where all members failed, in a score
 * `score-not-finite` where none could score a row.
 *
 * @example `const model = ensemble([isolationForest, mcd]).fitNow(rows, { params: { rule: 'rank', 'mcd.weight': 2 } })`
 */
export function ensemble(members: readonly Detector[], { id, weights }: EnsembleOptions = {}): Detector {
  const description = describeTogether(members, weights)
  const ordered = description.kind !== 'table'
  const name = id ?? `ensemble-of-${members.map((member) => member.id).join('+')}`
  return defineDetector<ParamTable, State>({
    ...description,
    id: name,
    version: 1,
    summary: `Several detectors as one, by their calibrated surprise: ${members.map((member) => member.id).join(', ')}.`,
    reference:
      'Aggarwal and Sathe, "Theoretical Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations 17(1), 2015',
    exempt: { 'trust-0-changes-no-belief': 'references of members that learn take every score, capped per entity' },
    lookahead: (params) => Math.max(...members.map((one) => one.lookahead(memberValues(one, params) as never))),
    fit(rows, lesson, params, random, job) {
      const asked = members.filter((member) => (params[weightOf(member)] as number) > 0)
      const divided = divide(rows, lesson, params, ordered, random.split('holdout'))
      const schooling: Schooling = { ...divided, rows, lesson, params, random }
      const one = (place: number) => {
        const member = asked[place] as Detector
        return train(member, schooling, jobOf(member, place, asked.length, job))
      }
      return settle(inTurn(asked.length, one), (trained) => gather(name, trained, params, random))
    },
    open: (state) => new LiveEnsemble(name, members, ordered, state),
  })
}
