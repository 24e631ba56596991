import { attempts } from '../features/attempts.ts'
import { burst } from './burst.ts'

export const guessing = burst({
  id: 'guessing',
  title: 'Many failures from one address',
  few: 'Unusual failure from one address',
  techniques: ['T1110.001'],
  reads: attempts,
  counted: ({ failed, failures, failuresShape, rate }) =>
    failed > 0 ? { count: failures, shape: failuresShape, rate, exposure: 1 } : undefined,
  expected: (values) => ({ ...values, failures: 0 }),
})
