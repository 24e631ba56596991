import type { Lesson } from '../contracts/algorithm.ts'
import type { Detector, Model, SavedModel } from '../contracts/model.ts'
import type { Plain } from '../contracts/plain.ts'
import type { Rows } from '../contracts/rows.ts'

/** Data in which something was planted. */
export interface Scenario {
  /** Normal rows to learn from. */
  readonly train: Rows
  readonly lesson?: Lesson
  /** Further rows of the same make. */
  readonly normal: Rows
  /** Rows with one strange value each … */
  readonly planted: Rows
  /** … in this column, one a row. */
  readonly plantedIn: Int32Array
}

/** What a reference implementation answered: recorded, with where it came from. */
export interface RecordedVectors {
  /** Which implementation, which version, how. */
  readonly source: string
  readonly train: Rows
  /** What was known of the training rows. */
  readonly lesson?: Lesson
  readonly params?: { readonly [name: string]: number | string | boolean }
  readonly queries: Rows
  readonly scores: Float64Array
  /** How far a score may be from the recorded one, one a query; 0 where nothing is random. */
  readonly tolerance: Float64Array
}

/** What an older version saved, and what it scored. */
export interface OlderModel {
  readonly version: number
  readonly saved: Plain
  readonly rows: Rows
  readonly scores: Float64Array
}

/** A detector under test, with what only its author can know. */
export interface Subject {
  readonly detector: Detector
  /** Parameters to test with; small bounds make "memory is bounded" quick. */
  readonly params?: { readonly [name: string]: number | string | boolean }
  /** Planted data; without it the suite plants in tables of numbers, categories or both. */
  readonly scenario?: (seed: number) => Scenario
  /** The same scores by the slow, clear way, of a saved model. Detectors without a fast path have none. */
  readonly slowTwin?: (saved: SavedModel, rows: Rows) => Float64Array
  readonly vectors?: RecordedVectors
  /** One of each older version. */
  readonly older?: readonly OlderModel[]
  /** Made of other detectors: what is recorded of implementations and versions is proved of its members. */
  readonly composed?: boolean
}

/** What a check may use: the subject, its planted data, and ways to get a model. */
export interface Trial {
  readonly subject: Subject
  readonly detector: Detector
  readonly scenario: Scenario
  /** Fits on the training rows of the scenario. */
  fit(seed?: number): Promise<Model>
}
