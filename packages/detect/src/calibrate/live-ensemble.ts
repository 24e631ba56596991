import type { Live } from '../contracts/algorithm.ts'
import type { LiveCalibration } from '../contracts/calibration.ts'
import { HeedfulError } from '../contracts/errors.ts'
import type { Detector, Model, SavedModel } from '../contracts/model.ts'
import type { Plain } from '../contracts/plain.ts'
import { type Rows, sliceRows } from '../contracts/rows.ts'
import { upgradeState } from '../contracts/saved-state.ts'
import { type ConformalState, conformal } from './conformal.ts'
import { fuse, type Rule, type Seats } from './fuse.ts'

/** A member as it is saved. */
export type Part = {
  readonly id: string
  readonly weight: number
  readonly bucket: number
  readonly model: SavedModel
  readonly reference: { readonly version: number; readonly state: Plain }
}

/** A member that could not be fitted. */
export type Failure = { readonly id: string; readonly why: string }

export type State = {
  readonly rule: Rule
  readonly members: readonly Part[]
  readonly failures: readonly Failure[]
}

/** Surprises beyond this are held here, so that sums of them are numbers. */
const MOST = 1e300

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A member at work. */
class Member {
  readonly id: string
  readonly weight: number
  readonly bucket: number
  readonly model: Model
  /** Why it gave no score for the first row for which it gave none. */
  failure: string | undefined
  private readonly reference: LiveCalibration<ConformalState>

  constructor(owner: string, part: Part, detectors: readonly Detector[]) {
    const { id, weight, bucket, model, reference } = part
    const detector = detectors.find((one) => one.id === id)
    if (!detector) {
      const known = detectors.map((one) => one.id).join(', ')
      throw new HeedfulError('model-foreign', `${owner} was saved with a member "${id}"; it now has: ${known}`)
    }
    this.id = id
    this.weight = weight
    this.bucket = bucket
    this.model = detector.load(model)
    this.reference = conformal.open(upgradeState(conformal, reference.version, reference.state) as ConformalState)
  }

  /** One a row, NaN where it gave none. A row that it cannot score costs other rows nothing where rows do not follow each other. */
  private scores(rows: Rows, ordered: boolean): Float64Array {
    try {
      return this.model.score(rows)
    } catch (error) {
      this.failure ??= reasonOf(error)
      const scores = new Float64Array(rows.count).fill(Number.NaN)
      if (ordered || rows.count === 1) return scores
      return scores.map((_, row) => this.scores(sliceRows(rows, row, row + 1), ordered)[0] as number)
    }
  }

  /** −ln p, one a row, NaN where it has none. */
  surprises(rows: Rows, ordered: boolean): Float64Array {
    const scores = this.scores(rows, ordered)
    return this.reference.calibrate(scores).map((surprise, row) => {
      if (Number.isNaN(scores[row])) return Number.NaN
      if (Number.isNaN(surprise)) this.failure ??= `its score ${scores[row]} has no p-value`
      return Math.min(surprise, MOST)
    })
  }

  /** One row; the reference takes its score, also where nobody trusts it. */
  learn(row: Rows, trust: Float64Array, ordered: boolean): void {
    const scores = this.scores(row, ordered)
    this.model.learn(row, trust)
    if (!Number.isNaN(scores[0])) this.reference.learn(scores, row.group)
  }

  save(): Part {
    const { id, weight, bucket } = this
    const reference = { version: conformal.version, state: this.reference.save() }
    return { id, weight, bucket, model: this.model.save(), reference }
  }
}

/** A fitted ensemble at work: see `ensemble`. */
export class LiveEnsemble implements Live<State> {
  readonly learn?: (rows: Rows, trust: Float64Array) => void
  private readonly owner: string
  private readonly ordered: boolean
  private readonly rule: Rule
  private readonly members: readonly Member[]
  private readonly seats: Seats
  private readonly failures: readonly Failure[]

  constructor(owner: string, detectors: readonly Detector[], ordered: boolean, state: State) {
    this.owner = owner
    this.ordered = ordered
    this.rule = state.rule
    this.failures = state.failures
    this.members = state.members.map((part) => new Member(owner, part, detectors))
    this.seats = {
      weights: Float64Array.from(state.members, ({ weight }) => weight),
      buckets: Int32Array.from(state.members, ({ bucket }) => bucket),
    }
    const learners = this.members.filter(({ model }) => model.learns)
    if (learners.length > 0) this.learn = (rows, trust) => this.teach(learners, rows, trust)
  }

  private teach(learners: readonly Member[], rows: Rows, trust: Float64Array): void {
    for (let row = 0; row < rows.count; row++) {
      const one = sliceRows(rows, row, row + 1)
      for (const member of learners) member.learn(one, trust.subarray(row, row + 1), this.ordered)
    }
  }

  score(rows: Rows): Float64Array {
    const said = this.members.map((member) => member.surprises(rows, this.ordered))
    const surprises = new Float64Array(said.length)
    return Float64Array.from({ length: rows.count }, (_, row) => {
      for (let i = 0; i < said.length; i++) surprises[i] = said[i]?.[row] as number
      const fused = fuse(this.rule, surprises, this.seats)
      return Number.isNaN(fused) ? this.refuse(row) : fused
    })
  }

  private refuse(row: number): never {
    const why = this.members.map(({ id, failure }) => `${id}: ${failure}`).join('; ')
    throw new HeedfulError('score-not-finite', `${this.owner}: no member could score row ${row} (${why})`)
  }

  notes(): readonly string[] {
    const unfitted = this.failures.map(({ id, why }) => `${id} was left out, as it could not be fitted: ${why}`)
    const silent = this.members.filter(({ failure }) => failure !== undefined)
    return [...unfitted, ...silent.map(({ id, failure }) => `${id} was left out where it gave no score: ${failure}`)]
  }

  save(): State {
    const failures = this.failures.map((failure) => ({ ...failure }))
    return { rule: this.rule, members: this.members.map((member) => member.save()), failures }
  }

  close(): void {
    for (const { model } of this.members) model.close()
  }
}
