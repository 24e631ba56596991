import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { attempts } from '../features/attempts.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const successFromSprayer = behaviour({
  id: 'success_from_sprayer',
  family: 'pace',
  title: 'Success from an address where other names fail',
  techniques: ['T1110.003', 'T1110.004', 'T1078'],
  needsHabit: false,
  reads: attempts,
  score: (values) =>
    values.failed === 0 ? -logGammaPoissonTail(values.namesOfDay, values.shape, values.rate, 2) : Number.NaN,
  surprise: (values) => Math.min(OWN_SURPRISE, -logGammaPoissonTail(values.namesOfDay, values.shape, values.rate, 2)),
  expected: (values) => ({ ...values, namesOfDay: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Success from an address where other names fail: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
