import { failures } from '../features/failures.ts'
import { burst, CLUSTERED } from './burst.ts'

export const strangeFailures = burst({
  id: 'strange_failures',
  title: 'Failed log-ins from a network never proven',
  few: 'Failed log-in from a network never proven',
  techniques: ['T1110'],
  reads: failures,
  counted: ({ failed, strange, strangeShape, rate, lately }) =>
    failed > 0 ? { count: strange, shape: strangeShape, rate, exposure: lately, dispersion: CLUSTERED } : undefined,
  expected: (values) => ({ ...values, strange: 0 }),
})
