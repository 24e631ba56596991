import { attempts } from '../features/attempts.ts'
import { burst } from './burst.ts'

export const passwordSpray = burst({
  id: 'password_spray',
  title: 'Many names fail from one address',
  few: 'Failures from an address where few fail',
  techniques: ['T1110.003', 'T1110.004'],
  reads: attempts,
  counted: ({ failed, names, shape, rate }) => (failed > 0 ? { count: names, shape, rate, exposure: 1 } : undefined),
  expected: (values) => ({ ...values, names: 0 }),
})
