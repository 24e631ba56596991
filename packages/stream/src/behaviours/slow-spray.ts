import { attempts } from '../features/attempts.ts'
import { burst } from './burst.ts'

export const slowSpray = burst({
  id: 'slow_spray',
  title: 'Many names fail from one address within a day',
  few: 'Failures within a day from an address where few fail',
  techniques: ['T1110.003', 'T1110.004'],
  reads: attempts,
  counted: ({ failed, namesOfDay, shape, rate, hoursOfDay }) =>
    failed > 0 ? { count: namesOfDay, shape, rate, exposure: hoursOfDay } : undefined,
  expected: (values) => ({ ...values, namesOfDay: 0 }),
})
