import { failures } from '../features/failures.ts'
import { burst } from './burst.ts'

export const slowFailures = burst({
  id: 'slow_failures',
  title: 'Many failed log-ins within hours',
  techniques: ['T1110.001'],
  reads: failures,
  counted: ({ failed, slow, shape, rate }) => (failed > 0 ? { count: slow, shape, rate, exposure: 2 } : undefined),
  expected: (values) => ({ ...values, slow: 0 }),
})
