import { attempts } from '../features/attempts.ts'
import { burst } from './burst.ts'

export const successFromSprayer = burst({
  id: 'success_from_sprayer',
  title: 'Success from an address where other names fail',
  techniques: ['T1110.003', 'T1110.004', 'T1078'],
  reads: attempts,
  counted: ({ failed, namesOfDay, shape, rate }) =>
    failed === 0 ? { count: namesOfDay, shape, rate, exposure: 2 } : undefined,
  expected: (values) => ({ ...values, namesOfDay: 0 }),
})
