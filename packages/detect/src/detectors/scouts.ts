/** The detectors that look first, and those that judge what the first ones left: see `auto`. */
import type { Seat } from '../calibrate/panel.ts'
import { prepared } from '../contracts/prepared.ts'
import { standardScaler } from '../prepare/standard-scaler.ts'
import { ecod } from './table/ecod.ts'
import { hbos } from './table/hbos.ts'
import { inne } from './table/inne.ts'
import { isolationForest } from './table/isolation-forest.ts'
import { kNearestNeighbours } from './table/k-nearest-neighbours.ts'
import { loda } from './table/loda.ts'

const scaledNeighbours = prepared(standardScaler, kNearestNeighbours)

/** Quick, and each sees rows differently. */
export const SCOUTS: readonly Seat[] = [
  { detector: isolationForest },
  { detector: prepared(standardScaler, inne) },
  { detector: prepared(standardScaler, loda) },
  { detector: ecod },
  { detector: hbos },
]

/** Sharp where few anomalies are learned: columns as they are, where a common unit means something, and each with a deviation of 1. */
export const JUDGES: readonly Seat[] = [{ detector: scaledNeighbours }, { detector: kNearestNeighbours }]
