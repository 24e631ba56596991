import { failures } from '../features/failures.ts'
import { burst, CLUSTERED } from './burst.ts'

export const failureBurst = burst({
  id: 'failure_burst',
  title: 'Burst of failed log-ins',
  few: 'Unusual failure to log in',
  techniques: ['T1110.001'],
  reads: failures,
  counted: ({ failed, burst, shape, rate }) =>
    failed > 0 ? { count: burst, shape, rate, exposure: 1 / 6, dispersion: CLUSTERED } : undefined,
  expected: (values) => ({ ...values, burst: 0 }),
})
