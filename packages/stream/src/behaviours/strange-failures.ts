import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { failures } from '../features/failures.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const strangeFailures = behaviour({
  id: 'strange_failures',
  family: 'pace',
  title: 'Failed log-ins from a network never proven',
  techniques: ['T1110'],
  needsHabit: false,
  reads: failures,
  score: (values) => (values.failed > 0 ? -logGammaPoissonTail(Math.round(values.strange), 0.3, 6, 1) : Number.NaN),
  surprise: (values) => Math.min(OWN_SURPRISE, -logGammaPoissonTail(Math.round(values.strange), 0.3, 6, 1)),
  expected: (values) => ({ ...values, strange: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Failed log-ins from a network never proven: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
