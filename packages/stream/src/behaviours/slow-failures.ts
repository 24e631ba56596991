import { failures } from '../features/failures.ts'
import { burst, CLUSTERED } from './burst.ts'

export const slowFailures = burst({
  id: 'slow_failures',
  title: 'Many failed log-ins within hours',
  few: 'Failures to log in within hours',
  techniques: ['T1110.001'],
  reads: failures,
  counted: ({ failed, slow, shape, rate, lately }) =>
    failed > 0 ? { count: slow, shape, rate, exposure: Math.max(2, lately), dispersion: CLUSTERED } : undefined,
  expected: (values) => ({ ...values, slow: 0 }),
})
