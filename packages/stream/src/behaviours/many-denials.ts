import { denials } from '../features/denials.ts'
import { burst } from './burst.ts'

export const manyDenials = burst({
  id: 'many_denials',
  title: 'Many accesses refused',
  few: 'Unusual refusal of access',
  techniques: ['T1083', 'T1135'],
  reads: denials,
  counted: ({ recent, shape, rate }) => ({ count: recent, shape, rate, exposure: 1 }),
  expected: (values) => ({ ...values, recent: 0 }),
})
