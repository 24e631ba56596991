import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { failures } from '../features/failures.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const successAfterFailures = behaviour({
  id: 'success_after_failures',
  family: 'pace',
  title: 'Success after many failures',
  techniques: ['T1110', 'T1078'],
  needsHabit: false,
  reads: failures,
  score: (values) =>
    values.failed === 0
      ? -logGammaPoissonTail(Math.round(values.before), values.shape, values.rate, 1 / 2)
      : Number.NaN,
  surprise: (values) =>
    Math.min(OWN_SURPRISE, -logGammaPoissonTail(Math.round(values.before), values.shape, values.rate, 1 / 2)),
  expected: (values) => ({ ...values, before: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Success after many failures: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
