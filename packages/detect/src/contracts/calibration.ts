import type { ParamTable, Values } from './params.ts'
import type { Plain } from './plain.ts'
import type { Random } from './random.ts'

/**
 * Turns scores into surprise, −ln p, comparable across detectors. Its reference is no belief about what is normal: it
 * learns every score, capped per entity, so that filtered anomalies do not make the rest look rarer than it is.
 */
export interface Calibration<P extends ParamTable, S extends Plain> {
  readonly id: string
  readonly version: number
  readonly summary: string
  readonly reference: string
  readonly params: P
  /** `scores` of rows that the detector was not fitted on; `group`, one a score: whose, where it is known. */
  fit(scores: Float64Array, group: Int32Array | undefined, params: Values<P>, random: Random): S
  open(state: S): LiveCalibration<S>
  readonly upgrade?: { readonly [version: number]: (older: Plain) => Plain }
}

export interface LiveCalibration<S extends Plain> {
  /** −ln p, at least 0, one a score; never falls when the score rises. Learns nothing. */
  calibrate(scores: Float64Array): Float64Array
  learn(scores: Float64Array, group: Int32Array | undefined): void
  /** Copies out. */
  save(): S
}
