import { failures } from '../features/failures.ts'
import { burst } from './burst.ts'

/** From where a person is known, failures are typing errors, an expired password, a script that was forgotten. */
const MOST = [Number.POSITIVE_INFINITY, 5, 2.5]

/** One log-in in twenty begins with a typing error, and whoever mistyped once does so again half of the time. */
const mistyped = (failures: number): number => Math.log(20) + Math.LN2 * Math.max(0, failures - 1)

export const successAfterFailures = burst({
  id: 'success_after_failures',
  title: 'Success after failures',
  few: 'Success after a failure or two',
  techniques: ['T1110', 'T1078'],
  reads: failures,
  counted: ({ failed, before, shape, rate, known }) =>
    failed === 0
      ? { count: before, shape, rate, exposure: 0.5, most: Math.min(MOST[known] as number, mistyped(before)) }
      : undefined,
  expected: (values) => ({ ...values, before: 0 }),
})
