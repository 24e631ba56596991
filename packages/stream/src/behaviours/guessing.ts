import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { attempts } from '../features/attempts.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const guessing = behaviour({
  id: 'guessing',
  family: 'pace',
  title: 'Many failures from one address',
  techniques: ['T1110.001'],
  needsHabit: false,
  reads: attempts,
  score: (values) =>
    values.failed > 0
      ? -logGammaPoissonTail(Math.round(values.failures), values.failuresShape, values.rate, 1)
      : Number.NaN,
  surprise: (values) =>
    Math.min(OWN_SURPRISE, -logGammaPoissonTail(Math.round(values.failures), values.failuresShape, values.rate, 1)),
  expected: (values) => ({ ...values, failures: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Many failures from one address: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
