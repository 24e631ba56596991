import { attempts } from '../features/attempts.ts'
import { burst } from './burst.ts'

export const successFromSprayer = burst({
  id: 'success_from_sprayer',
  title: 'Success from an address where other names fail',
  techniques: ['T1110.003', 'T1110.004', 'T1078'],
  reads: attempts,
  // Where many people share an address, somebody always fails.
  counted: ({ failed, namesOfDay, shape, rate, hoursOfDay, holders }) =>
    failed === 0 && holders < 10 ? { count: namesOfDay, shape, rate, exposure: hoursOfDay } : undefined,
  expected: (values) => ({ ...values, namesOfDay: 0 }),
})
