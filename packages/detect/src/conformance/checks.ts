import type { CheckName } from '../contracts/check-name.ts'
import { answerChecks } from './checks-answers.ts'
import { memoryChecks } from './checks-memory.ts'
import { recordChecks } from './checks-records.ts'
import { refusalChecks } from './checks-refusals.ts'
import type { Trial } from './subject.ts'

/** One promise. `run` throws where it is broken. */
export interface Check {
  readonly promise: string
  applies?(trial: Trial): boolean | Promise<boolean>
  run(trial: Trial): void | Promise<void>
}

/** Every promise has its check: a missing one does not compile. */
export const checks: { readonly [K in CheckName]: Check } = {
  ...answerChecks,
  ...memoryChecks,
  ...refusalChecks,
  ...recordChecks,
}
