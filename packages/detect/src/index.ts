export { type EnsembleOptions, ensemble } from './calibrate/ensemble.ts'
export { type Cast, presetEnsemble, type WeightPreset, weightPresets } from './calibrate/weight-presets.ts'
export type * from './contracts/algorithm.ts'
export { calibrated } from './contracts/calibrated.ts'
export type * from './contracts/calibration.ts'
export type { CheckName, Exemptions } from './contracts/check-name.ts'
export { decode, encode } from './contracts/codec.ts'
export { defineDetector } from './contracts/define-detector.ts'
export { definePreparer } from './contracts/define-preparer.ts'
export { defineRemoteDetector } from './contracts/define-remote-detector.ts'
export { type ErrorCode, HeedfulError } from './contracts/errors.ts'
export { hostModels, inWorker, type Port } from './contracts/in-worker.ts'
export { type Job, quietJob, type Signal } from './contracts/job.ts'
export { later } from './contracts/later.ts'
export type * from './contracts/model.ts'
export {
  type ChoiceParam,
  choice,
  type FlagParam,
  flag,
  type IntParam,
  int,
  type NamesParam,
  names,
  type Param,
  type ParamTable,
  type ParamValue,
  type RealParam,
  real,
  resolveParams,
  type SomeValues,
  type Values,
} from './contracts/params.ts'
export { clonePlain, type Plain, type TypedArray } from './contracts/plain.ts'
export type * from './contracts/preparation.ts'
export { prepared } from './contracts/prepared.ts'
export { createRandom, type Random } from './contracts/random.ts'
export {
  type CategoryColumn,
  type Column,
  joinRows,
  type NumberColumn,
  numberRows,
  pickRows,
  type Rows,
  sliceRows,
} from './contracts/rows.ts'
export { detectors } from './detectors/registry.ts'
export { auto } from './detectors/table/auto.ts'
export { isolationForest } from './detectors/table/isolation-forest.ts'
export { rarity } from './detectors/table/rarity.ts'
