import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { failures } from '../features/failures.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const slowFailures = behaviour({
  id: 'slow_failures',
  family: 'pace',
  title: 'Many failed log-ins within hours',
  techniques: ['T1110.001'],
  needsHabit: false,
  reads: failures,
  score: (values) =>
    values.failed > 0 ? -logGammaPoissonTail(Math.round(values.slow), values.shape, values.rate, 2) : Number.NaN,
  surprise: (values) =>
    Math.min(OWN_SURPRISE, -logGammaPoissonTail(Math.round(values.slow), values.shape, values.rate, 2)),
  expected: (values) => ({ ...values, slow: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Many failed log-ins within hours: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
