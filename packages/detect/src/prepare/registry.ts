import type { Preparer } from '../contracts/preparation.ts'
import { anovaSelector } from './anova-selector.ts'
import { calendarEncoder } from './calendar-encoder.ts'
import { categoryEncoder } from './category-encoder.ts'
import { ensembleSelector } from './ensemble-selector.ts'
import { forestSelector } from './forest-selector.ts'
import { hashingEncoder } from './hashing-encoder.ts'
import { imputer } from './imputer.ts'
import { minMaxScaler } from './min-max-scaler.ts'
import { mutualInformationSelector } from './mutual-information-selector.ts'
import { principalComponents } from './principal-components.ts'
import { quantileScaler } from './quantile-scaler.ts'
import { rankScaler } from './rank-scaler.ts'
import { recursiveEliminationSelector } from './recursive-elimination-selector.ts'
import { robustScaler } from './robust-scaler.ts'
import { signedLogarithm } from './signed-logarithm.ts'
import { standardScaler } from './standard-scaler.ts'

/** Every preparer: one file in this folder, one line here, by its id in the order of code units. */
export const preparers: readonly Preparer[] = [
  anovaSelector,
  calendarEncoder,
  categoryEncoder,
  ensembleSelector,
  forestSelector,
  hashingEncoder,
  imputer,
  minMaxScaler,
  mutualInformationSelector,
  principalComponents,
  quantileScaler,
  rankScaler,
  recursiveEliminationSelector,
  robustScaler,
  signedLogarithm,
  standardScaler,
]
