import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { failures } from '../features/failures.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const failureBurst = behaviour({
  id: 'failure_burst',
  family: 'pace',
  title: 'Burst of failed log-ins',
  techniques: ['T1110.001'],
  needsHabit: false,
  reads: failures,
  score: (values) =>
    values.failed > 0 ? -logGammaPoissonTail(Math.round(values.burst), values.shape, values.rate, 1 / 6) : Number.NaN,
  surprise: (values) =>
    Math.min(OWN_SURPRISE, -logGammaPoissonTail(Math.round(values.burst), values.shape, values.rate, 1 / 6)),
  expected: (values) => ({ ...values, burst: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Burst of failed log-ins: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
