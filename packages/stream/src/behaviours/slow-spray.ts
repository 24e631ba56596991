import { logGammaPoissonTail } from '@heedful/detect/numerics/count-distributions'
import { attempts } from '../features/attempts.ts'
import { behaviour } from './behaviour.ts'
import { OWN_SURPRISE } from './burst.ts'

export const slowSpray = behaviour({
  id: 'slow_spray',
  family: 'pace',
  title: 'Many names fail from one address within a day',
  techniques: ['T1110.003', 'T1110.004'],
  needsHabit: false,
  reads: attempts,
  score: (values) =>
    values.failed > 0 ? -logGammaPoissonTail(values.namesOfDay, values.shape, values.rate, 4) : Number.NaN,
  surprise: (values) => Math.min(OWN_SURPRISE, -logGammaPoissonTail(values.namesOfDay, values.shape, values.rate, 4)),
  expected: (values) => ({ ...values, namesOfDay: 0 }),
  explain: (_, { observed, expected }) => ({
    text: `Many names fail from one address within a day: ${observed}; ${expected}.`,
    observed,
    expected,
    normal: expected,
  }),
})
