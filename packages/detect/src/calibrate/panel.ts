/** Several fitted detectors, frozen, whose surprises are averaged: how they are taught, and what they say of rows together. */

import type { Lesson } from '../contracts/algorithm.ts'
import { HeedfulError } from '../contracts/errors.ts'
import type { Job } from '../contracts/job.ts'
import type { Detector, Model, SavedModel } from '../contracts/model.ts'
import { inParts, paced, runToEnd, type Steps } from '../contracts/paced.ts'
import type { ParamTable, SomeValues } from '../contracts/params.ts'
import type { Random } from '../contracts/random.ts'
import { type Rows, sliceRows } from '../contracts/rows.ts'
import { settle } from '../contracts/training.ts'
import { breathe, inTurn, jobOf } from './in-turn.ts'
import { type Failure, reasonOf } from './live-ensemble.ts'
import { freezeReference, type Reference, surprise } from './reference.ts'

/** A detector, how it is set, and how much it counts beside the others. */
export interface Seat {
  readonly detector: Detector
  /** Those of the detector, by its own names; its defaults where absent. */
  readonly params?: SomeValues<ParamTable>
  /** 1 where absent. */
  readonly weight?: number
}

/** What a panel learns from. */
export interface Course {
  /** What its members are fitted on. */
  readonly taught: Rows
  /** What is known of these rows. */
  readonly lesson?: Lesson
  /** Rows whose scores are the references of surprise. */
  readonly asked: Rows
}

type Part = {
  readonly id: string
  readonly weight: number
  readonly model: SavedModel
  readonly reference: Reference
}

export type PanelState = { readonly members: readonly Part[]; readonly failures: readonly Failure[] }

/** Rows between two looks at the signal. */
const TOGETHER = 8192

/** Surprises beyond this are held here, so that sums of them are numbers. */
const MOST = 1e300

function partOf({ detector, weight = 1 }: Seat, model: Model, { asked }: Course): Part {
  const reference = freezeReference(model.score(asked))
  const saved = model.save()
  model.close()
  return { id: detector.id, weight, model: saved, reference }
}

type Taught = Part | Failure

/** A member that cannot be fitted says why, unless the whole fit was stopped. */
function teach(seat: Seat, course: Course, random: Random, job: Job): Taught | Promise<Taught> {
  const { detector, params = {} } = seat
  const fail = (error: unknown): Failure => {
    if (job.signal.aborted) throw error
    return { id: detector.id, why: reasonOf(error) }
  }
  try {
    const trained = detector.train(course.taught, course.lesson ?? {}, params as never, random, job)
    const part = settle(trained, (model) => partOf(seat, model, course))
    return part instanceof Promise ? part.catch(fail) : part
  } catch (error) {
    return fail(error)
  }
}

/**
 * Fits the members, one after the other. One that cannot be fitted is left out, and named among the failures.
 * Errors: `fit-impossible` where none could be fitted, `fit-aborted`.
 */
export function teachPanel(
  owner: string,
  seats: readonly Seat[],
  course: Course,
  random: Random,
  job: Job,
): PanelState | Promise<PanelState> {
  const one = (place: number) => {
    const seat = seats[place] as Seat
    const own = jobOf(seat.detector, place, seats.length, job)
    return settle(breathe(owner, job, place, seats.length), () => teach(seat, course, random.split(place), own))
  }
  return settle(inTurn<Taught>(seats.length, one), (taught): PanelState => {
    const failures = taught.filter((part) => 'why' in part)
    const members = taught.filter((part) => 'model' in part)
    if (members.length > 0) return { members, failures }
    const why = failures.map((failure) => `${failure.id}: ${failure.why}`).join('; ')
    throw new HeedfulError('fit-impossible', `${owner}: no member could be fitted (${why})`)
  })
}

/** A member at work. */
class Member {
  readonly part: Part
  readonly model: Model
  /** Why it gave no score for the first row for which it gave none. */
  failure: string | undefined

  constructor(owner: string, part: Part, detectors: readonly Detector[]) {
    const detector = detectors.find(({ id }) => id === part.id)
    if (!detector) throw new HeedfulError('model-foreign', `${owner} has no member "${part.id}"`)
    this.part = part
    this.model = detector.load(part.model)
  }

  /** −ln p, one a row; NaN where it has no score. */
  surprises(rows: Rows): Float64Array {
    try {
      return this.model.score(rows).map((score) => Math.min(MOST, surprise(this.part.reference, score)))
    } catch (error) {
      this.failure ??= reasonOf(error)
      const said = new Float64Array(rows.count).fill(Number.NaN)
      if (rows.count === 1) return said
      return said.map((_, row) => this.surprises(sliceRows(rows, row, row + 1))[0] as number)
    }
  }

  save(): Part {
    const { id, weight, reference } = this.part
    const { scores, tail } = reference
    return {
      ...{ id, weight, model: this.model.save() },
      reference: { scores: scores.slice(), tail: tail && { ...tail } },
    }
  }
}

/** A fitted panel at work. `detectors`: all that a member may be of. Owns the state from here on. */
export class Panel {
  private readonly owner: string
  private readonly members: readonly Member[]
  private readonly failures: readonly Failure[]

  constructor(owner: string, detectors: readonly Detector[], { members, failures }: PanelState) {
    this.owner = owner
    this.members = members.map((part) => new Member(owner, part, detectors))
    this.failures = failures
  }

  /** −ln p, one array a member, one value a row; NaN where a member has no score. */
  surprises(rows: Rows): Float64Array[] {
    return runToEnd(this.askEach(rows))
  }

  /** The weighted mean of the members' surprises, one a row. A member is left out where it has no score. */
  score(rows: Rows): Float64Array {
    return runToEnd(this.ask(rows))
  }

  /** The same, member after member. */
  *ask(rows: Rows): Steps<Float64Array> {
    return this.average(yield* this.askEach(rows), rows.count)
  }

  /** What each says, member after member, some thousand rows at a time. */
  *askEach(rows: Rows): Steps<Float64Array[]> {
    const said = this.members.map(() => new Float64Array(rows.count))
    for (const [i, member] of this.members.entries()) {
      yield* inParts(rows.count, TOGETHER, `asking ${member.part.id}`, (from, to) =>
        said[i]?.set(member.surprises(sliceRows(rows, from, to)), from),
      )
    }
    return said
  }

  /** The same as `score`, of what the members said already. */
  average(surprises: readonly Float64Array[], count: number): Float64Array {
    const [sums, weights] = [new Float64Array(count), new Float64Array(count)]
    for (const [i, own] of surprises.entries()) {
      const { weight } = (this.members[i] as Member).part
      for (const [row, said] of own.entries()) {
        if (Number.isNaN(said)) continue
        sums[row] = (sums[row] as number) + weight * said
        weights[row] = (weights[row] as number) + weight
      }
    }
    const silent = weights.indexOf(0)
    if (silent >= 0) this.refuse(silent)
    return sums.map((sum, row) => sum / (weights[row] as number))
  }

  private refuse(row: number): never {
    const why = this.members.map(({ part, failure }) => `${part.id}: ${failure}`).join('; ')
    throw new HeedfulError('score-not-finite', `${this.owner}: no member could score row ${row} (${why})`)
  }

  notes(): readonly string[] {
    const unfitted = this.failures.map(({ id, why }) => `${id} was left out, as it could not be fitted: ${why}`)
    const silent = this.members.filter(({ failure }) => failure !== undefined)
    return [
      ...unfitted,
      ...silent.map(({ part, failure }) => `${part.id} was left out where it gave no score: ${failure}`),
    ]
  }

  save(): PanelState {
    return { members: this.members.map((member) => member.save()), failures: this.failures.map((one) => ({ ...one })) }
  }

  close(): void {
    for (const { model } of this.members) model.close()
  }
}

/** A panel at work, of members among these. */
export const openPanel = (owner: string, seats: readonly Seat[], state: PanelState): Panel =>
  new Panel(
    owner,
    seats.map(({ detector }) => detector),
    state,
  )

/** What a panel says of rows that are asked once, in a fit. Error: `fit-aborted`. */
export function askOnce(
  owner: string,
  seats: readonly Seat[],
  state: PanelState,
  rows: Rows,
  job: Job,
): Float64Array | Promise<Float64Array> {
  function* steps(): Steps<Float64Array> {
    const panel = openPanel(owner, seats, state)
    const scores = yield* panel.ask(rows)
    panel.close()
    return scores
  }
  return paced(owner, job, steps())
}
