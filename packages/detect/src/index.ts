export type * from './contracts/algorithm.ts'
export type * from './contracts/calibration.ts'
export type { CheckName, Exemptions } from './contracts/check-name.ts'
export { decode, encode } from './contracts/codec.ts'
export { type ErrorCode, HeedfulError } from './contracts/errors.ts'
export { type Job, quietJob, type Signal } from './contracts/job.ts'
export type * from './contracts/model.ts'
export {
  type ChoiceParam,
  choice,
  type FlagParam,
  flag,
  type IntParam,
  int,
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
export { createRandom, type Random } from './contracts/random.ts'
export {
  type CategoryColumn,
  type Column,
  type NumberColumn,
  numberRows,
  pickRows,
  type Rows,
  sliceRows,
} from './contracts/rows.ts'
