import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { attempts } from '../features/attempts.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const passwordSpray = behaviour({
  id: 'password_spray',
  family: 'pace',
  title: 'Many names fail from one address',
  techniques: ['T1110.003', 'T1110.004'],
  needsHabit: false,
  reads: attempts,
  score: (values) =>
    values.failed > 0 ? -logGammaPoissonTail(values.names, values.shape, values.rate, 1) : Number.NaN,
  surprise: (values) => Math.min(OWN_SURPRISE, -logGammaPoissonTail(values.names, values.shape, values.rate, 1)),
  expected: (values) => ({ ...values, names: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Many names fail from one address: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
