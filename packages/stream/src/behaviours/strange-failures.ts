import { failures } from '../features/failures.ts'
import { burst } from './burst.ts'

export const strangeFailures = burst({
  id: 'strange_failures',
  title: 'Failed log-ins from a network never proven',
  techniques: ['T1110'],
  reads: failures,
  counted: ({ failed, strange }) => (failed > 0 ? { count: strange, shape: 0.3, rate: 6, exposure: 1 } : undefined),
  expected: (values) => ({ ...values, strange: 0 }),
})
